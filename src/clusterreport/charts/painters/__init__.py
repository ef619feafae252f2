"""What the chart kinds draw with: a canvas, the colours of a theme, and pieces that several kinds share."""
