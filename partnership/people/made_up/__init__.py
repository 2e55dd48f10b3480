"""People who do not exist, for the demonstration and for measuring."""
