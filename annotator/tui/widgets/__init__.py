"""Widgets: they draw view data and post what happened; they know neither services nor store."""
