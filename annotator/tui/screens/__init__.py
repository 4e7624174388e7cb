"""Screens: they turn keys and messages into actions of the desk or the queue, and show what came of them."""
