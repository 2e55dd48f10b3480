"""What the library of advice adds to the portal."""

from advice.retention import ABOUT_NOBODY
from partnership import retention

retention.about_nobody.add(*ABOUT_NOBODY)
