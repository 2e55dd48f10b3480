"""Talks in calendars: invitations by email, and feeds that phones subscribe to."""
