"""An edition as an EPUB 3.3 book: reflowable, accessible, with the printed pages kept as marks."""
