"""Input: one way to clean each kind of value that people type or that files contain."""
