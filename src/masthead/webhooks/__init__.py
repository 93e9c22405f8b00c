"""Tells other programs what happens here: which want to know what, what they are told, and how it arrived."""
