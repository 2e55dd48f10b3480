"""During a call the page of a person begins with what the caller may ask for, each with a sentence to read out."""

import pytest
from allauth.account.models import EmailAddress

from neighbours.actions.leaving import leave
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.actions.moves import wait_with_letters
from partnership.people.models import LookUp, User
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, visit


def call(cast: Cast, person: User, by: str = "karen", **more: str) -> str:
    page = look_up(visit(getattr(cast, by)), person, **more)
    return page.partition('id="call"')[2].partition("</section>")[0]


def test_what_a_helper_may_ask_for_is_in_the_order_of_the_keys(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    seen = call(cast, poul.person)
    pages = [f"/en/staff/helpers/{poul.pk}/{what}/" for what in ("correct", "card", "leave")]
    at_ground = [f"/en/staff/people/{poul.person_id}/{what}/" for what in ("code", "protection", "erase")]
    talks = [f"/en/staff/talks/for/{poul.person_id}/{what}/" for what in ("book", "wish")]
    links = [pages[0], "#first-things", *pages[1:], *talks, *at_ground, "#contacts"]
    positions = [seen.index(f'href="{link}" accesskey="{key}"') for key, link in enumerate(links, start=1)]
    assert positions == sorted(positions)
    assert seen.count("<q>") == 1 + len(links)


def test_who_is_no_helper_or_has_left_may_become_one(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    leave(helper=poul, by=cast.karen, medium="phone", now=clock.now())
    for person in (cast.frede, poul.person):
        seen = call(cast, person)
        assert f'href="/en/staff/slips/?person={person.pk}" accesskey="1"' in seen
        assert "/leave/" not in seen


@pytest.mark.parametrize("is_used", [True, False])
def test_a_number_or_mailbox_that_nobody_has_used_is_said_anew_by_who_becomes_a_helper(
    cast: Cast, is_used: bool
) -> None:
    """Otherwise one that a stranger had written down would count as said by who is on the phone."""
    phone, email = "20304050", "typed@mailbox.example"
    User.objects.filter(pk=cast.frede.pk).update(email=email, phone=phone, verified_phone=phone if is_used else "")
    frede = User.objects.get(pk=cast.frede.pk)
    if is_used:
        EmailAddress.objects.create(user=frede, email=email, verified=True, primary=True)
    call(cast, frede)
    form = visit(cast.karen).get(f"/en/staff/slips/?person={frede.pk}").content.decode()
    assert 'value="Frede"' in form
    assert (email in form, "20 30 40 50" in form or phone in form) == (is_used, is_used)


def test_somebody_with_a_role_is_not_offered_what_a_coordinator_may_not_do(cast: Cast) -> None:
    niels = make.helper(cast.niels, make.home(cast.vorup))
    assert f"/en/staff/helpers/{niels.pk}/correct/" not in call(cast, cast.niels)
    assert f"/en/staff/helpers/{niels.pk}/correct/" in call(cast, cast.niels, by="anne")


@pytest.mark.parametrize("purpose", [one for one in LookUp.Purpose.values if one != "call"])
def test_without_a_call_nothing_is_to_be_read_out(cast: Cast, purpose: str) -> None:
    assert call(cast, cast.frede, purpose=purpose) == ""


@pytest.mark.parametrize(
    ("purpose", "medium", "code"),
    [("call", "phone", "called_us"), ("letter_or_slip", "paper", "wrote"), ("visit", "person", "came_by"),
     ("email", "email", "wrote")],
)  # fmt: skip
def test_how_they_told_it_is_filled_in_from_why_the_page_was_opened(cast: Cast, purpose: str, medium, code) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    browser = visit(cast.karen)
    assert checked(look_up(browser, poul.person, purpose=purpose)) == code
    pages = [f"helpers/{poul.pk}/correct/", f"helpers/{poul.pk}/leave/", f"people/{poul.person_id}/erase/"]
    for page in pages:
        assert checked(browser.get(f"/en/staff/{page}").content.decode(), "medium") == medium


def checked(page: str, name: str = "code") -> str:
    """Return the value of the radio button that is chosen."""
    chosen = [one for one in page.split("<input")[1:] if f'name="{name}"' in one and "checked" in one.split(">")[0]]
    return chosen[0].split('value="')[1].split('"')[0] if chosen else ""


def test_what_waits_stays_in_the_list_with_the_day(cast: Cast) -> None:
    poul = make.slip(cast.karen, make.home(cast.vorup))
    wait_with_letters(poul.person, clock.now())
    seen = call(cast, poul.person)
    assert f"/en/staff/people/{poul.person_id}/code/" not in seen
    assert "Would like to see what we know about them: not yet" in seen
    assert "we can post you a letter with a code. Call us then." in seen


def test_who_logs_in_by_email_is_told_that_they_see_it_already(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    EmailAddress.objects.update_or_create(user=cast.helle, email=cast.helle.email, defaults={"verified": True})
    wait_with_letters(cast.helle, clock.now())
    seen = call(cast, cast.helle)
    assert "Would like to see what we know about them, by letter: not yet" in seen
    assert "on your own page when you log in by email" in seen
