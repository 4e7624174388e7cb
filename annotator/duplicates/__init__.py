"""Near-duplicate documents and passages, and the way of labels from one copy to another."""
