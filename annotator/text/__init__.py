"""Arabic text: offsets, cleaning, order and shapes of letters, layout in cells. Pure functions of strings."""
