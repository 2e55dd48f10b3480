"""Who is signed in where."""

from entrance.sessions import BrowserSession

__all__ = ["BrowserSession"]
