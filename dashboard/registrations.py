"""What the dashboard adds to the portal."""

from dashboard.own_page import tails_card
from dashboard.retention import ABOUT_NOBODY
from partnership import retention
from partnership.people import own_page

own_page.cards.add(tails_card, order=21)
retention.about_nobody.add(*ABOUT_NOBODY)
