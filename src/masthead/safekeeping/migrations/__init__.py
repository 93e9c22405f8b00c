"""Changes of the tables of safekeeping, in order."""
