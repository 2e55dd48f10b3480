"""What the outbox adds to the portal."""

from anymail.signals import tracking
from django.utils.translation import gettext_lazy as _

from partnership import database_roles, retention
from partnership.outbox import messages
from partnership.outbox.channels.homes import finders
from partnership.outbox.erasing import delete_messages
from partnership.outbox.kinds import kinds, words_of
from partnership.outbox.models import MessageStep
from partnership.outbox.own_data import NOT_GIVEN, SECTIONS
from partnership.outbox.own_page import messages_card, number_card
from partnership.outbox.preferences.reaching import follow_correction, follow_own_change
from partnership.outbox.retention import ABOUT_NOBODY, RULES
from partnership.outbox.returns.tracking import record
from partnership.outbox.staff import person_card
from partnership.people import changes, limits, own_page
from partnership.people.access import role_sees
from partnership.people.actions import erasing
from partnership.people.actions.details import postal_address_of
from partnership.people.models import Role
from partnership.people.own.sections import not_given, sections
from partnership.people.staff import cards
from partnership.web import masking, menus
from partnership.web.menus import MenuEntry

menus.staff.add(MenuEntry(_("Messages"), "outbox:staff", role_sees(*Role.STAFF)), order=50)
own_page.cards.add(number_card, order=5)
own_page.cards.add(messages_card, order=80)
cards.person_cards.add(person_card.messages_card, order=70)
kinds.add(*words_of(messages))
masking.links.add("stop")
limits.limited_forms.add(limits.LimitedForm("outbox.number_code"))
changes.of_details.add(follow_own_change)
changes.of_corrections.add(follow_correction)
erasing.deletions.add(delete_messages)
finders.add(postal_address_of, order=50)
database_roles.only_added.add(MessageStep)
sections.add(*SECTIONS, order=40)
not_given.add(*NOT_GIVEN)
retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
tracking.connect(record, dispatch_uid="outbox.tracking")
