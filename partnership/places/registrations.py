"""What places add to the portal."""

from partnership import retention, scale
from partnership.places.retention import ABOUT_NOBODY, RULES
from partnership.places.scale import make_places

retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
scale.makers.add(make_places, order=10)
