"""What readers hand on: the ways of sharing that a publisher allows, and the mails that the house sends for them."""
