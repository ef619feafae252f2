"""The PDF renderer keeps its promises."""
