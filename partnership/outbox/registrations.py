"""What the outbox adds to the portal."""

from anymail.signals import tracking
from django.utils.translation import gettext_lazy as _

from partnership import database_roles, retention
from partnership.outbox import messages
from partnership.outbox.channels.homes import homes_of_waiting_letters
from partnership.outbox.channels.printed import consequences_for_letters, letters_to_take_out
from partnership.outbox.channels.ways import obstacle_in_words
from partnership.outbox.erasing import delete_messages
from partnership.outbox.kinds import kinds, words_of
from partnership.outbox.models import MessageStep
from partnership.outbox.own_data import NOT_GIVEN, SECTIONS
from partnership.outbox.own_page import messages_card, number_card, stopped_card
from partnership.outbox.preferences.hiding import (
    letters_withdrawn,
    own_letters_withdrawn,
    withdraw_letters,
)
from partnership.outbox.preferences.reaching import follow_correction, follow_own_change, has_gone_out
from partnership.outbox.retention import ABOUT_NOBODY, RULES
from partnership.outbox.returns.tracking import record
from partnership.outbox.staff import person_card
from partnership.people import changes, limits, own_page
from partnership.people.access import role_sees
from partnership.people.actions import erasing, moves
from partnership.people.models import Role
from partnership.people.own import reached
from partnership.people.own.sections import not_given, sections
from partnership.people.staff import cards
from partnership.people.staff.ended import ended, ended_by_oneself
from partnership.places.actions.typed_addresses import needed_elsewhere
from partnership.web import masking, menus
from partnership.web.menus import MenuEntry

menus.staff.add(MenuEntry(_("Messages"), "outbox:staff", role_sees(*Role.STAFF)), order=50)
own_page.cards.add(stopped_card, order=4)
own_page.cards.add(number_card, order=5)
own_page.cards.add(messages_card, order=80)
cards.person_cards.add(person_card.messages_card, order=70)
kinds.add(*words_of(messages))
masking.links.add("stop")
limits.limited_forms.add(limits.LimitedForm("outbox.number_code"))
changes.of_details.add(follow_own_change)
changes.of_corrections.add(follow_correction)
changes.of_hiding.add(withdraw_letters)
ended.add(letters_withdrawn)
ended_by_oneself.add(own_letters_withdrawn)
# After what each room says of its own letters.
ended.add(letters_to_take_out, order=90)
moves.gone_out.add(has_gone_out)
erasing.deletions.add(delete_messages)
erasing.consequences.add(consequences_for_letters)
reached.obstacles.add(obstacle_in_words)
needed_elsewhere.add(homes_of_waiting_letters)
database_roles.only_added.add(MessageStep)
sections.add(*SECTIONS, order=40)
not_given.add(*NOT_GIVEN)
retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
tracking.connect(record, dispatch_uid="outbox.tracking")
