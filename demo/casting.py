"""Makes the cast with their roles, homes and associations."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import translation

from demo.cast import CAST, Character
from demo.population import DRAWN_FROM
from neighbours.actions.steps import move
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN, consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper, State
from partnership import clock
from partnership.people.actions.consents import give_consent
from partnership.people.actions.roles import change_roles
from partnership.people.models import Activity, Medium, Role, User
from partnership.places.models import Address, Area, Household, Partnership

JOINED_DAYS_AGO = 40


@transaction.atomic
def bring_on_the_cast(*, partnership: Partnership, now: dt.datetime) -> int:
    """Make the members of the cast that do not exist yet; return how many."""
    known = set(User.objects.filter(partnership=partnership).values_list("email", flat=True))
    missing = [one for one in CAST if one.partnership == partnership.slug and one.email not in known]
    for character in missing:
        _enter(partnership, character, now)
    return len(missing)


def _enter(partnership: Partnership, character: Character, now: dt.datetime) -> None:
    person = User.objects.create_user(
        character.email,
        character.name,
        partnership=partnership,
        language=partnership.language,
        is_protected=character.is_protected,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if character.role:
        area = Area.objects.filter(partnership=partnership, code=character.role_area).first()
        role = Role(user=person, partnership=partnership, area=area, kind=character.role)
        change_roles(person=person, given=[role], now=now)
    if character.home:
        _move_in(partnership, person, *character.home, now)


def _move_in(partnership: Partnership, person: User, street: str, number: str, now: dt.datetime) -> None:
    address = Address.objects.filter(partnership=partnership, street=street, number=number).order_by("area__code")[0]
    joined_at = now - dt.timedelta(days=JOINED_DAYS_AGO)
    helper = Helper.objects.create(
        partnership=partnership,
        person=person,
        household=Household.objects.get_or_create(
            address=address, defaults={"partnership": partnership, "area_id": address.area_id}
        )[0],
        joined_at=joined_at,
        submission=uuid.uuid5(DRAWN_FROM, person.email or ""),
        made_person=True,
    )
    move(helper, State.PENDING, by=None, medium=Medium.WEB, now=joined_at)
    move(helper, State.CONFIRMED, by=person, medium=Medium.WEB, now=joined_at + dt.timedelta(hours=2))
    with translation.override(partnership.language):
        texts = {PURPOSE: consent_text(partnership), SHOWN_TO_NABOVEN: shown_text(partnership)}
    for purpose, text in texts.items():
        give_consent(
            person=person, purpose=purpose, text=text, language=partnership.language, medium="web", now=joined_at
        )
    Activity.objects.create(
        partnership=partnership,
        person=person,
        kind=FIRST_THINGS[0].kind,
        day=clock.local(joined_at, partnership.zone).date() + dt.timedelta(days=2),
    )
