"""Writes editions, and whole archives, as folders of files that any web server serves under any address."""
