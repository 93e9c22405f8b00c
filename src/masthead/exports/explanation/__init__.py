"""Shows what was understood of a PDF: each page with its blocks, their order and roles drawn over its picture."""
