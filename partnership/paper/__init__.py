"""Printing: a room's typst template becomes an accessible PDF, with QR codes."""
