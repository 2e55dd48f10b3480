"""The forms of neighbour helpers, a file for each purpose."""
