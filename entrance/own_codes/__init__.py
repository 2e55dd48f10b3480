"""Codes with which people change their e-mail address, and see what we know about them without one."""
