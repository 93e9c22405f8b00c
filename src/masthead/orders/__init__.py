"""What a publication offers: its products, as pages show them."""
