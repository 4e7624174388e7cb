"""Benchmarks: each figure is taken beside a baseline in the same run, in turns, so that a busy machine slows both."""
