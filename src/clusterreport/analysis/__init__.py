"""Measures over any declared table: counts, sums, averages, ranks and changes, each with the rows that it rests on."""
