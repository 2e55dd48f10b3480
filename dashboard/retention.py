"""What the dashboard keeps: goals and counts, about nobody."""

from dashboard.models import Goal, Snapshot
from partnership.retention import holds_nobody

holds_nobody(Goal, Snapshot)
