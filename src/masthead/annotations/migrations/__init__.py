"""Changes of the tables of annotations, in order."""
