"""Characters become words, lines, blocks in reading order, and articles."""
