"""The people in the tests. Each has a name, a partnership and a reason to be there.

In Randers: Helle is a neighbour helper, Niels a Naboven, Ruth the chair of an association, Sven a speaker, Karen the
coordinator, Palle a police officer, Anne an administrator, Frede a stranger in the next area. In Kalmar: Kerstin is
the coordinator and Gunnar the chair of an association.
"""

import datetime as dt
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from entrance.sessions import SessionStore
from partnership.people.actions import organisations
from partnership.people.models import Organisation, Role, User
from partnership.places.models import Area, Partnership
from partnership.places.tests.builders import a_partnership, an_area
from partnership.tests.replaying import replayed
from talks.models import Slot, Speaker

# A Tuesday in winter, in the morning in Randers.
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def person(name: str, where: Partnership | None, **more: object) -> User:
    slug = where.slug if where else "portal"
    return User.objects.create_user(
        f"{name.lower()}@{slug}.example", name, partnership=where, language=where.language if where else "da", **more
    )


def with_role(name: str, where: Partnership, kind: str, in_area: Area | None = None) -> User:
    who = person(name, where)
    Role.objects.create(user=who, partnership=where, kind=kind, area=in_area)
    return who


def association(where: Area, chair: User, name: str = "Vorup Grundejerforening") -> Organisation:
    return organisations.known_or_new(
        chair=chair, partnership=where.partnership, area=where, name=name, kind="homeowners", homes=120
    )


def speaker(who: User, *formats: str) -> Speaker:
    return Speaker.objects.create(
        partnership=who.partnership, person=who, formats=list(formats) or ["burglary", "group_start", "online"]
    )


def slot(by: Speaker, days: int = 20, hour: int = 18, hours: int = 2) -> Slot:
    """Return a free slot `days` after NOW, from `hour` UTC."""
    starts = NOW.replace(hour=hour, minute=0) + dt.timedelta(days=days)
    return Slot.objects.create(
        partnership=by.partnership, speaker=by, starts_at=starts, ends_at=starts + dt.timedelta(hours=hours)
    )


@dataclass
class Cast:
    """Everyone, with the partnerships and areas they live in."""

    randers: Partnership
    kalmar: Partnership
    vorup: Area
    dronningborg: Area
    malmen: Area
    helle: User
    niels: User
    ruth: User
    frede: User
    sven: User
    karen: User
    palle: User
    anne: User
    kerstin: User
    gunnar: User
    speaker: Speaker
    association: Organisation
    kalmar_association: Organisation

    def everyone(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def assemble() -> Cast:
    """Return the whole cast, newly stored in the database."""
    return replayed(_assemble)


def _assemble() -> Cast:
    randers, kalmar = a_partnership("randers"), a_partnership("kalmar")
    vorup, dronningborg = an_area(randers), an_area(randers, "Dronningborg", "8101")
    malmen = an_area(kalmar, "Malmen", "K01")
    ruth, gunnar, sven = person("Ruth", randers), person("Gunnar", kalmar), person("Sven", randers)
    return Cast(
        randers=randers,
        kalmar=kalmar,
        vorup=vorup,
        dronningborg=dronningborg,
        malmen=malmen,
        helle=person("Helle", randers),
        niels=with_role("Niels", randers, Role.Kind.NABOVEN, vorup),
        ruth=ruth,
        frede=person("Frede", randers),
        sven=sven,
        karen=with_role("Karen", randers, Role.Kind.COORDINATOR),
        palle=with_role("Palle", randers, Role.Kind.POLICE),
        anne=with_role("Anne", randers, Role.Kind.ADMINISTRATOR),
        kerstin=with_role("Kerstin", kalmar, Role.Kind.COORDINATOR),
        gunnar=gunnar,
        speaker=speaker(sven),
        association=association(vorup, ruth),
        kalmar_association=association(malmen, gunnar, "BRF Malmen"),
    )


def visit(who: User | None, *, host: str = "", second_factor: bool = True) -> Client:
    """Return a browser under `host` (the person's own, unless given), logged in as `who` unless None."""
    home = f"{who.partnership.slug}.localhost" if who and who.partnership else "randers.localhost"
    client = Client(headers={"host": host or home})
    if who is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = log_in(who, second_factor=second_factor)
    return client


def log_in(who: User, *, second_factor: bool) -> str:
    """Return the key of a new session of somebody who is logged in. It does what `Client.force_login` does, which takes
    nineteen statements and half the time of many a test, in three.
    """
    known = {
        SESSION_KEY: str(who.pk),
        BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
        HASH_SESSION_KEY: who.get_session_auth_hash(),
    }
    if second_factor:
        known["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        known["account_authentication_methods_user"] = str(who.pk)
    session = SessionStore().create_model_instance(known)
    session.save(force_insert=True)
    who.last_login = timezone.now()
    User.objects.filter(pk=who.pk).update(last_login=who.last_login)
    return session.session_key
