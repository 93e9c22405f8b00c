"""The search over all live editions: an index that can always be made anew, and the questions put to it."""
