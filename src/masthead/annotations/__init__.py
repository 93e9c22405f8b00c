"""What readers add to editions for themselves: bookmarks, highlights, drawings and notes. Nobody else sees them."""
