"""Changes of the tables of comments, in order."""
