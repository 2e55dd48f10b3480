"""Input: one way to clean each kind of thing that people type or that files bring."""
