"""What the room writes to chairs, speakers and coordinators. Importing it registers every kind."""

from talks.messages import afterwards, bookings, offers, wishes

__all__ = ["afterwards", "bookings", "offers", "wishes"]
