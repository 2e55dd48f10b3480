"""Files of neighbour helpers: their columns, reading them, and which of their lines can be added."""
