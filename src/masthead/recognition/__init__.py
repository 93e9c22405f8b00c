"""Pages whose words the PDF does not tell: which they are, and their words as Tesseract reads them in the picture."""
