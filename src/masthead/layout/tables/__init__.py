"""Tables of a page: where they stand, their rows, columns and cells."""

from masthead.layout.tables.finding import FoundTable, find_tables, without_tables

__all__ = ["FoundTable", "find_tables", "without_tables"]
