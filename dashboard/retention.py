"""What the dashboard keeps: goals and counts, about nobody."""

from dashboard.models import Goal, Snapshot

ABOUT_NOBODY = [Goal, Snapshot]
