"""What the figures add to the portal."""

from figures.own_data import SECTIONS
from figures.retention import ABOUT_NOBODY, RULES
from partnership import retention
from partnership.people.own.sections import sections

retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
sections.add(*SECTIONS, order=60)
