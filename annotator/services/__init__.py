"""What the program does for its users, without a screen: importing, annotating, exporting, looking."""
