"""Codes with which people change their email address, and see what we know about them without one."""
