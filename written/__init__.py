"""What people write, read as it was meant. Pure functions that know neither the portal nor Django."""
