"""What neighbours add to the portal."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from neighbours import person_card, scopes
from neighbours.actions.cards import TAKEN_BACK
from neighbours.actions.correcting import record_own_change
from neighbours.actions.leaving import HELPER_HAS_LEFT
from neighbours.actions.steps import LINK_ENDED
from neighbours.call_desk import for_callers
from neighbours.erasing import delete_helper_and_home, delete_lines_about
from neighbours.first_things import FIRST_THINGS
from neighbours.home_address import corrected_by_staff, helpers_at, home_of_helper
from neighbours.messages import cards as cards_in_letters
from neighbours.messages import leaving, lists, membership
from neighbours.own_data import NOT_GIVEN, SECTIONS
from neighbours.own_page import helper_card, naboven_card
from neighbours.retention import RULES
from neighbours.rules import has_used_mailbox
from neighbours.scale import make_helpers
from partnership import retention, scale
from partnership.outbox.post import Reason, kinds, why_withdrawn, words_of
from partnership.people import activities, changes, limits, own_page
from partnership.people.access import role_sees
from partnership.people.actions import erasing, moves
from partnership.people.models import Role
from partnership.people.own import homes, residents
from partnership.people.own.sections import not_given, sections
from partnership.people.rules import used_mailboxes
from partnership.people.staff import call_desk, cards, details, searching
from partnership.web import address_forms, masking, menus, sitemap
from partnership.web.menus import MenuEntry
from partnership.web.sitemap import SitemapEntry

menus.main.add(MenuEntry(_("Become a neighbour helper"), "neighbours:overview"), order=10)
menus.staff.add(
    MenuEntry(_("List of helpers"), "neighbours:helpers", role_sees(*Role.STAFF, Role.Kind.NABOVEN)), order=30
)
menus.staff.add(MenuEntry(_("Enter a slip"), "neighbours:slip", role_sees(*Role.STAFF)), order=40)
address_forms.street_searches.add("neighbours:streets")
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
searching.homes.add(scopes.homes_of_helpers)
activities.names.add(*(activities.ActivityName(thing.kind, thing.title) for thing in FIRST_THINGS))
kinds.add(*words_of(membership, leaving, lists, cards_in_letters))
why_withdrawn.add(
    Reason(LINK_ENDED, _("The link is used, or there is a newer one.")),
    Reason(TAKEN_BACK, _("The card on which it was asked for was noted by mistake.")),
    Reason(HELPER_HAS_LEFT, _("The neighbour helper has left.")),
)
homes.finders.add(home_of_helper)
residents.finders.add(helpers_at)
moves.finders.add(corrected_by_staff)
used_mailboxes.add(has_used_mailbox)
masking.links.add("neighbours/confirm")
limits.limited_forms.add(
    limits.LimitedForm("neighbours.join"),
    # Staff type the slips of a whole evening, perhaps all from one office.
    limits.LimitedForm("neighbours.slip", share=Fraction(10), by="mail_from_staff"),
    limits.LimitedForm("neighbours.list", share=Fraction(2), by="mail_from_staff"),
    # A pile of cards, also faulty ones: those that are scanned come without the boxes first.
    limits.LimitedForm("neighbours.card", share=Fraction(20), by="cards_from_staff"),
    # Nobody moves often, and each move is a step that is kept.
    limits.LimitedForm("neighbours.own_address", share=Fraction(1, 3)),
    limits.LimitedForm("neighbours.correct", share=Fraction(10), by="mail_from_staff"),
)
changes.of_details.add(record_own_change)
erasing.deletions.add(delete_helper_and_home, delete_lines_about)
retention.rules.add(*RULES)
sections.add(*SECTIONS, order=20)
not_given.add(*NOT_GIVEN)
scale.makers.add(make_helpers, order=30)
