"""Tables as CSV, as all faces write them."""

from masthead.faces.spreadsheets import csv_response, harmless

__all__ = ["csv_response", "harmless"]
