"""The staff pages about messages."""
