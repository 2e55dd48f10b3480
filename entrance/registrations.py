"""What the entrance adds to the portal."""

from entrance.retention import RULES
from partnership import retention

retention.rules.add(*RULES)
