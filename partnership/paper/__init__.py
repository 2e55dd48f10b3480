"""What is printed: a room's sheet becomes a PDF that everybody can read, with codes that a telephone reads."""
