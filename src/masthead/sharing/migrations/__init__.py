"""Changes of the tables of sharing, in order."""
