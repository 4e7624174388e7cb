"""Models that learn from the labels so far: one of lines for page furniture, one of tokens for everything else."""
