"""What staff read of a request or a wish before they call, and of what was cancelled overnight."""

import datetime as dt
import re

from django.utils import translation

from partnership.outbox.queue.delivering import deliver
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, person, slot, visit
from talks.messages.about import facts_for_chair
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_access import at
from talks.tests.test_wishes import wished

NOTE = "Ring the second bell"


def facts_of_mail(kind: str, cast: Cast) -> str:
    return " ".join(value for _label, value in final_check(mail(kind, cast.karen)[0], NOW).words.facts)


def test_the_email_about_a_request_or_a_wish_says_whom_to_call_and_what_was_noted(cast: Cast) -> None:
    requested(cast, phone="+4520304050", note=NOTE)
    wished(cast, note=NOTE)
    for kind in ("to_answer", "wish_to_answer"):
        facts = facts_of_mail(kind, cast)
        assert "Ruth" in facts, kind
        assert "20\N{NO-BREAK SPACE}30" in facts, kind
        assert NOTE in facts, kind


def test_where_staff_are_told_to_call_they_see_the_numbers_and_both_pages_name_the_deputy(cast: Cast) -> None:
    User.objects.filter(pk=cast.sven.pk).update(phone="+4522334455")
    booking, deputy = requested(cast), person("Dora", cast.randers)
    deputise(cast.association, deputy)
    pages = [at("answer_wish", wished(cast).pk), at("answer", booking.pk)]
    texts = [visit(cast.karen).get(page).content.decode() for page in pages]
    assert 'href="tel:+4522334455"' in texts[0]
    assert all("Dora" in text for text in texts)


def test_nothing_is_promised_in_the_name_of_the_speaker(cast: Cast) -> None:
    with translation.override("en"):
        (screen,) = (
            value for label, value in facts_for_chair(confirmed(cast), cast.ruth) if label == "Screen or projector"
        )
    assert screen == "None, as you told us. We have asked the speaker to bring one."


def test_the_morning_email_says_which_talks_and_leads_to_each_also_once_the_chair_is_erased(cast: Cast, sink) -> None:
    talks = [confirmed(cast, slot(cast.speaker, days=days)) for days in (30, 31)]
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    deliver(urgent=False, now=NOW + dt.timedelta(days=1))
    (told,) = (one for one in sink.messages if one.to == [cast.karen.email])
    assert told.text.count("Fælleshuset") == 2
    assert "24.\N{NO-BREAK SPACE}december 2026" in told.text
    links = re.findall(r"/da/staff/talks/(\d+)/", told.text)
    assert set(links) == {str(talk.pk) for talk in talks}
    for link in links:
        assert visit(cast.karen).get(f"/da/staff/talks/{link}/").status_code == 200
