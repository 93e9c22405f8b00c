"""The face for staff: pages in which a publisher's editions are made and published."""
