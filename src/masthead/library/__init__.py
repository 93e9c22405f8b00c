"""Publications, shelves, editions and their builds: what is published, and when."""
