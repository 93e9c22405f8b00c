"""Changes of the tables of forms, in order."""
