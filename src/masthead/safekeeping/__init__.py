"""Copies of the whole house: backup, restore, and the check whether all is there."""
