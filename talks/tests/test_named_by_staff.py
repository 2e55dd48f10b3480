"""Somebody whom staff make a speaker or a chair is told what it means, or staff read that they must tell them."""

import pytest
from django.test import Client
from django.utils import translation

from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.tests.cast import Cast, visit
from talks.models import Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def said(kind: str, to: User) -> str:
    (message,) = Message.objects.filter(kind=kind, recipient=to)
    with translation.override("da"):
        words = kinds.kind(kind).write(message)
    return " ".join([words.subject, *words.paragraphs, words.button[1] if words.button else ""]) if words else ""


def make_speaker(cast: Cast, anne: Client, who: User, **more: str) -> str:
    typed = {"partnership": cast.randers.pk, "person": who.pk, "formats": ["burglary"], "is_active": "on", **more}
    return anne.post("/admin/talks/speaker/add/", typed, follow=True).content.decode()


def test_a_new_speaker_is_told_what_it_means_and_how_to_log_in(cast: Cast, anne: Client) -> None:
    assert "Helle får på e-mail at vide, hvad det betyder." in make_speaker(cast, anne, cast.helle)
    told = said("talks.speaker_named", cast.helle)
    assert "Du er foredragsholder hos" in told
    assert "Skriv denne e-mailadresse på siden" in told
    assert "/talks/evenings/" in told
    Speaker.objects.filter(person=cast.helle).update(is_active=False)
    assert said("talks.speaker_named", cast.helle) == ""


def test_one_whom_we_cannot_write_to_is_told_by_the_administrator(cast: Cast, anne: Client) -> None:
    User.objects.filter(pk=cast.helle.pk).update(email=None)
    assert "Ingen besked når frem til Helle" in make_speaker(cast, anne, cast.helle)


def make_association(cast: Cast, anne: Client, chair: User, deputy: User | None = None) -> str:
    typed = {"area": cast.vorup.pk, "name": "Nyvang", "kind": "homeowners", "homes": 40, "partnership": cast.randers.pk}
    contacts = [("chair", chair), *([("deputy", deputy)] if deputy else [])]
    typed |= {"contacts-TOTAL_FORMS": len(contacts), "contacts-INITIAL_FORMS": 0}
    for number, (role, who) in enumerate(contacts):
        typed |= {f"contacts-{number}-role": role, f"contacts-{number}-person": who.pk}
    return anne.post("/admin/people/organisation/add/", typed, follow=True).content.decode()


def test_the_chair_and_the_deputy_of_a_new_association_are_told_what_they_can_do(cast: Cast, anne: Client) -> None:
    page = make_association(cast, anne, cast.helle, cast.frede)
    assert "Helle får på e-mail at vide" in page
    assert "Frede får på e-mail at vide" in page
    told = said("talks.chair_named", cast.helle)
    assert "Nyvang" in told
    assert "gratis foredrag" in told
    assert "Nyvang" in said("talks.deputy_named", cast.frede)
    assert not Message.objects.filter(recipient=cast.karen).exists()


def test_a_chair_without_a_mailbox_reads_whom_to_call(cast: Cast, anne: Client) -> None:
    User.objects.filter(pk=cast.helle.pk).update(email=None)
    assert "Ingen besked når frem til Helle" in make_association(cast, anne, cast.helle)
    assert "Ring til os, når I vil bestille et foredrag" in said("talks.chair_named", cast.helle)
