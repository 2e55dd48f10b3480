"""What the figures add to the portal."""

from figures.retention import ABOUT_NOBODY, RULES
from partnership import retention

retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
