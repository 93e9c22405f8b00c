"""What staff lay on the pages of an edition, and how it finds its place again when the PDF is replaced."""
