"""What must leave the house and may not be lost: kept with what caused it, and sent until it arrives."""
