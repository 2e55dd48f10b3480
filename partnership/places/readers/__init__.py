"""Readers of files of addresses and areas, line by line. Pure: no database."""
