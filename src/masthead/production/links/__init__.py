"""The links that a build found: switched off or corrected by staff, and asked whether they still answer."""
