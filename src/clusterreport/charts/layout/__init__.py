"""Where things stand on a chart: scales, labels beside marks, parts of a network; nothing is drawn here."""
