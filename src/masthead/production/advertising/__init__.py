"""Advertisements: what is in their areas, which were found on pages, and whether their links still answer."""
