"""The history of the room's tables."""
