"""What people add to the portal."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from partnership import database_roles, retention, scale
from partnership.people import changes, limits
from partnership.people.access import LoggedInRequest, has_role, role_sees
from partnership.people.actions import erasing, moves
from partnership.people.actions.details import delete_postal_address, postal_address_of
from partnership.people.actions.duplicates import duplicates, sharing_a_mailbox
from partnership.people.actions.unproven import delete_unproven_of_hidden, delete_unproven_of_moved
from partnership.people.made_up.scale import make_people
from partnership.people.models import Consent, LookUp, PersonStep, Role
from partnership.people.own import homes, residents
from partnership.people.own.data import NOT_GIVEN, SECTIONS
from partnership.people.own.sections import not_given, sections
from partnership.people.retention import ABOUT_NOBODY, RULES
from partnership.people.scopes import people_in_view, postal_addresses, reached_by_letter_at
from partnership.people.staff import alike, call_desk, cards, confirming, details, searching
from partnership.people.staff.ended import ended, ended_by_oneself, unproven_to_staff, unproven_to_the_person
from partnership.web import menus
from partnership.web.menus import MenuEntry


def sees_duplicates(request: LoggedInRequest) -> bool:
    """Administrators, while there are any."""
    here = request.partnership
    if not has_role(request.user, here, Role.Kind.ADMINISTRATOR):
        return False
    return bool(duplicates(here) or sharing_a_mailbox(here) or alike.are_any(people_in_view(request.user, here), here))


menus.staff.add(MenuEntry(_("Find a person"), "people:search", role_sees(*Role.STAFF)), order=25)
menus.staff.add(MenuEntry(_("Duplicates"), "people:duplicates", sees_duplicates), order=60)
menus.main.add(MenuEntry(_("My page"), "people:me"), order=90)
cards.person_cards.add(call_desk.call_card, order=5)
cards.person_cards.add(cards.who_card, order=10)
cards.person_cards.add(details.steps_card, order=15)
cards.person_cards.add(cards.notes_card, order=40)
call_desk.tasks.add(details.correcting, order=75)
call_desk.tasks.add(confirming.confirming, order=70)
call_desk.tasks.add(call_desk.protecting, order=80)
call_desk.tasks.add(call_desk.erasing, order=85)
call_desk.tasks.add(call_desk.noting, order=90)
cards.person_cards.add(cards.consents_card, order=60)
cards.person_cards.add(cards.activities_card, order=50)
cards.person_cards.add(cards.look_ups_card, order=90)
# Administrators correct and give roles, perhaps many on one day, all from one office.
limits.limited_forms.add(
    limits.LimitedForm("people.administration", share=Fraction(10), by="mail_from_staff"),
    limits.LimitedForm("people.details", share=Fraction(10), by="mail_from_staff"),
)
erasing.deletions.add(delete_postal_address)
homes.finders.add(postal_address_of, order=50)
searching.homes.add(postal_addresses)
ended.add(unproven_to_staff)
ended_by_oneself.add(unproven_to_the_person)
moves.finders.add(moves.corrected_for_everybody)
changes.of_homes.add(delete_unproven_of_moved)
changes.of_hiding.add(delete_unproven_of_hidden)
residents.finders.add(reached_by_letter_at)
erasing.consequences.add(erasing.consequence_for_administration)
database_roles.only_added.add(LookUp, Consent, PersonStep)
sections.add(*SECTIONS)
not_given.add(*NOT_GIVEN)
retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
scale.makers.add(make_people, order=20)
