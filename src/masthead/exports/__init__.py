"""From an edition folder to what leaves it: pages as HTML, later static sites and EPUB."""
