"""What paper adds to the portal."""

from partnership import retention
from partnership.paper.retention import RULES

retention.rules.add(*RULES)
