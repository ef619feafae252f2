"""What the chart kinds draw with: a canvas in millimetres, its texts, colours, scales, labels and sentences."""
