"""The privacy page names every way that we write to people by, how long it leaves traces, and how it is stopped."""

import html

import pytest

from partnership.outbox.kinds import kind, names
from partnership.outbox.posting import KEPT
from partnership.outbox.staff.letter_batches import NOT_HANDED_OVER_KEPT, REPRINT
from partnership.tests.cast import Cast, visit

PAGES = {"da": ("sms", "brev"), "sv": ("sms", "brev"), "en": ("text message", "letter")}


@pytest.fixture(autouse=True)
def gateway(settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"


def page(language: str) -> str:
    return visit(None).get(f"/{language}/privacy/").content.decode()


@pytest.mark.parametrize("language", PAGES)
def test_texts_and_letters_are_named_with_how_they_are_stopped(cast: Cast, language: str) -> None:
    text = page(language)
    before, stop = text.lower().split('id="stop"')
    for word in PAGES[language]:
        assert word in before
        assert word in stop
    assert f'href="/{language}/me/messages/"' in stop


@pytest.mark.parametrize("language", PAGES)
def test_without_text_messages_the_page_does_not_speak_of_them(cast: Cast, language: str, settings) -> None:
    settings.SMS_URL = ""
    text = page(language).lower().partition("<main")[2].partition("</main")[0]
    assert PAGES[language][0] not in text
    assert PAGES[language][1] in text


def test_no_email_is_said_to_have_a_link_that_stops_it_while_no_kind_has_one(cast: Cast) -> None:
    ours = {name for name in names() if not name.startswith("test.")}
    assert not any(kind(name).consent for name in ours)
    assert "has a link that stops it" not in page("en")
    assert "we will stop it for you" in " ".join(page("en").split())


def test_it_says_the_limits_that_the_code_keeps(cast: Cast) -> None:
    text = page("en")
    assert f"{REPRINT.days} days after it was posted, or {NOT_HANDED_OVER_KEPT.days} days if it never is" in text
    assert f"The rest {KEPT.days} days" in text


# What the page tells, and the words for it in each language.
TOLD = {
    "what a Naboven sees": {
        "da": "der har sagt ja til det: deres navne, og hvilke af de tre første ting",
        "sv": "som har sagt ja till det: deras namn och vilka av de tre första sakerna",
        "en": "who have said yes to it: their names, and which of the first three things",
    },
    "what a speaker sees": {
        "da": "indtil dagen efter formandens navn, e-mail og telefon.",
        "sv": "till och med dagen efter ordförandens namn, e-post och telefon.",
        "en": "until the day after it the chair’s name, email and telephone.",
    },
    "what a chair and a deputy see": {
        "da": "foredragsholderens telefon, indtil foredraget er holdt",
        "sv": "föreläsarens telefon tills föredraget är över",
        "en": "the speaker’s telephone until the talk is over",
    },
    "what everybody sees": {"da": "Er alle inviteret", "sv": "Är alla inbjudna", "en": "to which everybody is invited"},
    "days on which a speaker gives no talks": {
        "da": "hvilke dage de ikke holder foredrag",
        "sv": "vilka dagar de inte håller föredrag",
        "en": "on which days they give no talks, but not",
    },
    "how long those are kept": {"da": "til dagen efter", "sv": "till dagen efter", "en": "until the day after"},
    "a deputy": {"da": "En stedfortræder:", "sv": "En ersättare:", "en": "A deputy:"},
    "no links in texts": {"da": "aldrig et link", "sv": "aldrig en länk", "en": "never has a link"},
    "log-ins": {"da": "Hvor du er logget ind", "sv": "Var du är inloggad", "en": "Your log-ins"},
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("what", TOLD)
def test_each_language_tells_the_same(cast: Cast, language: str, what: str) -> None:
    assert TOLD[what][language] in " ".join(html.unescape(page(language)).split())
