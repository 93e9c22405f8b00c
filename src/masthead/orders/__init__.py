"""What a publication sells: its products, what order forms ask, carts, and orders."""
