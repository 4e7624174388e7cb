"""Reports on agreement, in every form."""
