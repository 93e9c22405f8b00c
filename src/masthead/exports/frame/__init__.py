"""The frame around an edition's pages: semantic HTML that reads without scripts and that the reader enhances."""
