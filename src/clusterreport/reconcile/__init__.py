"""Published figures held against what the rows say: kinds of verdict, and how near two numbers are."""
