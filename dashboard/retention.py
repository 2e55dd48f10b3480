"""What the dashboard stores: goals and counts, not about people."""

from dashboard.models import Goal, Snapshot

ABOUT_NOBODY = [Goal, Snapshot]
