"""Reading and writing files: one module per format, no database, no screen."""
