"""What places add to the portal."""

from partnership import retention
from partnership.places.retention import ABOUT_NOBODY, RULES

retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
