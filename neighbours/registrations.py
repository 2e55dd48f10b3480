"""What neighbours add to the portal."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from neighbours import messages, person_card, scopes
from neighbours.actions.correcting import record_own_change
from neighbours.call_desk import for_callers
from neighbours.erasing import delete_helper_and_home
from neighbours.first_things import FIRST_THINGS
from neighbours.home_address import corrected_by_staff, helpers_at, home_of_helper
from neighbours.own_data import SECTIONS
from neighbours.own_page import helper_card, naboven_card
from neighbours.retention import RULES
from partnership import retention
from partnership.outbox.post import Reason, home_finders, kinds, why_withdrawn, words_of
from partnership.people import activities, changes, limits, own_page
from partnership.people.access import role_sees
from partnership.people.actions import erasing, moves
from partnership.people.models import Role
from partnership.people.own import residents
from partnership.people.own.sections import sections
from partnership.people.staff import call_desk, cards, details, searching
from partnership.people.staff.erasing import erased_in_rooms
from partnership.web import doors, masking, menus, sitemap
from partnership.web.menus import MenuEntry
from partnership.web.sitemap import SitemapEntry

menus.main.add(MenuEntry(_("Become a neighbour helper"), "neighbours:overview"), order=10)
menus.staff.add(
    MenuEntry(_("List of helpers"), "neighbours:helpers", role_sees(*Role.STAFF, Role.Kind.NABOVEN)), order=30
)
menus.staff.add(MenuEntry(_("Enter a slip"), "neighbours:slip", role_sees(*Role.STAFF)), order=40)
doors.street_searches.add("neighbours:streets")
sitemap.entries.add(
    SitemapEntry("neighbours:overview"),
    SitemapEntry("neighbours:join"),
    SitemapEntry("neighbours:paper_slip"),
    order=20,
)
own_page.cards.add(naboven_card, order=6)
own_page.cards.add(helper_card, order=10)
cards.person_cards.add(person_card.helper_card, order=20)
call_desk.tasks.add(for_callers, order=10)
details.corrected_in_rooms.add(person_card.page_to_correct)
erased_in_rooms.add(person_card.page_to_erase)
searching.homes.add(scopes.homes_of_helpers)
activities.names.add(*(activities.ActivityName(thing.kind, thing.title) for thing in FIRST_THINGS))
kinds.add(*words_of(messages))
why_withdrawn.add(
    Reason("the link is used or renewed", _("The link is used, or there is a newer one.")),
    Reason("the helper has left", _("The neighbour helper has left.")),
)
home_finders.add(home_of_helper)
residents.finders.add(helpers_at)
moves.finders.add(corrected_by_staff)
masking.links.add("neighbours/confirm")
limits.limited_forms.add(
    limits.LimitedForm("neighbours.join"),
    # Staff type the slips of a whole evening, perhaps all from one office.
    limits.LimitedForm("neighbours.slip", share=Fraction(10), by="mail_from_staff"),
    limits.LimitedForm("neighbours.correct", share=Fraction(10), by="mail_from_staff"),
)
changes.of_details.add(record_own_change)
erasing.deletions.add(delete_helper_and_home)
retention.rules.add(*RULES)
sections.add(*SECTIONS, order=20)
