"""What staff see of talks, and can do about them, when somebody calls."""
