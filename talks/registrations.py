"""What talks add to the portal."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from partnership import retention
from partnership.outbox.post import kinds, why_withdrawn, words_of
from partnership.people import changes, limits, own_page
from partnership.people.access import role_sees
from partnership.people.actions import erasing
from partnership.people.models import Role
from partnership.people.own.sections import sections
from partnership.people.rules import acts_for_others
from partnership.people.staff import call_desk, cards
from partnership.web import masking, menus, sitemap
from partnership.web.menus import MenuEntry
from partnership.web.sitemap import SitemapEntry
from talks.actions.associations import tell_of_contacts, tell_of_new_association
from talks.actions.calendars import end_with_mailbox
from talks.callers import person_card
from talks.callers.call_desk import for_callers
from talks.erasing import (
    consequences_for_talks,
    delete_invitations_to_deputy,
    end_talks_of_chair,
    lock_talks,
    remove_speaker_from_ended_talks,
)
from talks.messages import (
    afterwards,
    associations,
    bookings,
    by_telephone,
    instead,
    moves,
    offers,
    speakers,
    wishes,
    withdrawing,
)
from talks.own_data import SECTIONS
from talks.own_page import talks_card
from talks.retention import RULES
from talks.scopes import speaks

menus.main.add(MenuEntry(_("Talks"), "talks:overview"), order=20)
menus.staff.add(MenuEntry(_("Talks"), "talks:queue", role_sees(*Role.STAFF)), order=20)
sitemap.entries.add(SitemapEntry("talks:overview"), SitemapEntry("talks:book"), SitemapEntry("talks:wish"), order=30)
own_page.cards.add(talks_card, order=20)
cards.person_cards.add(person_card.talks_card, order=30)
call_desk.tasks.add(for_callers, order=20)
acts_for_others.add(speaks)
kinds.add(*words_of(afterwards, associations, bookings, by_telephone, instead, moves, offers, speakers, wishes))
why_withdrawn.add(*withdrawing.REASONS)
LINKS = ("association", "cancel", "change", "choose", "deputy", "feedback", "verify", "wish/verify")
masking.links.add("calendar", *(f"talks/{name}" for name in LINKS))
limits.limited_forms.add(
    # Six in two hours: each holds an evening for two hours, and few are made from one IP address.
    limits.LimitedForm("talks.book", share=Fraction(1, 10), hours=2),
    limits.LimitedForm("talks.wish"),
    limits.LimitedForm("talks.deputy"),
    # Staff answer the telephone all day, all from one office.
    limits.LimitedForm("talks.for_callers", share=Fraction(10), by="mail_from_staff"),
)
changes.of_mailbox.add(end_with_mailbox)
changes.of_contacts.add(tell_of_contacts)
changes.of_new_organisations.add(tell_of_new_association)
erasing.locked_before.add(lock_talks)
erasing.deletions.add(end_talks_of_chair, remove_speaker_from_ended_talks, delete_invitations_to_deputy)
erasing.consequences.add(consequences_for_talks)
retention.rules.add(*RULES)
sections.add(*SECTIONS, order=30)
