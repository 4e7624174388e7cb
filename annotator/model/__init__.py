"""What is annotated and how it may change: pure values, no I/O."""
