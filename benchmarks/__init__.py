"""The timed runs: what a cold build costs, as ratios to a floor measured in the same run."""
