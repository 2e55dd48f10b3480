"""Sending due messages: claiming them, the final check, delivery, and trying again."""
