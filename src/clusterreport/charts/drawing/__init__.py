"""What the chart kinds draw with: a sheet of paper in millimetres, its texts, colours, scales, labels and sentences."""
