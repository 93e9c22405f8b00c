"""Changes of the tables of the statistics, in order."""
