"""What the figures add to the portal."""

from figures.retention import ABOUT_NOBODY
from partnership import retention

retention.about_nobody.add(*ABOUT_NOBODY)
