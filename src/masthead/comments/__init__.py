"""What readers say under articles and editions: threads, and what moderators do with them."""
