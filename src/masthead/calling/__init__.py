"""Calls web addresses outside of the house for whoever named them, and never one inside of its network."""
