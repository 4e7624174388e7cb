"""The database of a project: the only place that knows SQL."""
