"""Every page that the journeys visit, with the way to it in any of the three languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from journeys.doing import (
    answers_the_two_questions,
    asks_for_an_online_talk,
    enter_contact,
    has_asked_for_a_code,
    has_asked_to_join,
    joins,
    lives_behind_one_of_several_doors,
    saves_no_name,
    says_why,
    sends,
    sends_nonsense,
    writes_a_day,
)
from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import connects_an_app, is_one_of_the_cast, signs_in_with_a_code
from partnership.people.links import make
from partnership.people.models import User
from talks import links

VISITOR = "visitor"
# Joins a row `b` of an association to the user row `u` of its chair.
OF_CHAIR = (
    "JOIN people_organisationcontact c ON c.organisation_id = b.association_id AND c.role = 'chair' "
    "JOIN people_user u ON u.id = c.person_id"
)
CAST = {"helle": "Helle Holm", "ruth": "Ruth Ravn", "sven": "Sven Skov", "karen": "Karen Koch", "anne": "Anne Ager"}


@dataclass
class Stage:
    """What the stops need: people with their browsers, addresses from emails, numbers of bookings."""

    readers: dict[str, Reader]
    places: dict[str, str] = field(default_factory=dict)

    def reader(self, who: str, language: str) -> Reader:
        """Return a reader, switched to this language."""
        reader = self.readers[who]
        reader.language = language
        return reader


@dataclass(frozen=True)
class Stop:
    """One page in one state: its reader, its address, and what they do there before it is checked."""

    name: str
    who: str
    path: str
    then: Callable[[Reader], None] | None = None
    languages: tuple[str, ...] = ("en", "da", "sv")

    def arrive(self, stage: Stage, language: str) -> Reader:
        reader = stage.reader(self.who, language)
        path = self.path.format(**stage.places)
        if self.who == VISITOR:
            reader.page.context.clear_cookies()
        if path.startswith(("/accounts/", "/dev/")):
            reader.goes_to(f"{reader.base}{path}?lang={language}")
        else:
            reader.opens(path)
        assert urlsplit(reader.page.url).path.endswith(urlsplit(path).path), (
            f"asked for {path} and was sent to {reader.page.url}"
        )
        if self.then:
            self.then(reader)
        return reader


# First, since five minutes after logging in these ask for the log-in again.
OF_THE_LOGGED_IN = (
    Stop("recovery-codes", "palle", "/accounts/2fa/recovery-codes/"),
    Stop("new-email", "helle", "/me/email/"),
    Stop("second-factor-connect", "karen", "/accounts/2fa/totp/activate/"),
    Stop("second-factor", "karen", "/accounts/2fa/"),
    Stop("second-factor-again", "palle", "/accounts/2fa/reauthenticate/"),
)
WITHOUT_A_FORM = (
    Stop("front", VISITOR, "/"),
    Stop("partnership", VISITOR, "/partnership/"),
    Stop("progress", VISITOR, "/progress/"),
    Stop("neighbours", VISITOR, "/neighbours/"),
    Stop("paper-slip", VISITOR, "/neighbours/slip/"),
    Stop("talks", VISITOR, "/talks/"),
    Stop("advice", VISITOR, "/advice/"),
    Stop("article", VISITOR, "/advice/doere-og-vinduer/"),
    Stop("search", VISITOR, "/advice/search/?q=alarm"),
    Stop("search-without-answer", VISITOR, "/advice/search/?q=zzzyxq"),
    Stop("privacy", VISITOR, "/privacy/"),
    Stop("accessibility", VISITOR, "/accessibility/"),
    Stop("logged-out", VISITOR, "/logged-out/"),
    Stop("without-account", VISITOR, "/me/without-account/"),
    Stop("letter-asked", VISITOR, "/me/without-account/letter/asked/"),
)
OF_A_VISITOR = (
    Stop("search-refused", VISITOR, "/advice/search/?q=0101701234"),
    Stop("join", VISITOR, "/neighbours/join/"),
    Stop("join-with-errors", VISITOR, "/neighbours/join/", sends_nonsense),
    Stop("join-which-door", VISITOR, "/neighbours/join/", lives_behind_one_of_several_doors),
    Stop("join-look-in-your-mailbox", VISITOR, "/neighbours/join/", has_asked_to_join),
    Stop("join-sent-elsewhere", VISITOR, "/neighbours/join/sent/"),
    Stop("finished", VISITOR, "/finished/"),
    Stop("confirm", VISITOR, "{confirm}"),
    Stop("confirm-used", VISITOR, "{used}"),
    Stop("confirm-unknown", VISITOR, "/neighbours/confirm/nonsense/"),
    Stop("book", VISITOR, "/talks/book/"),
    Stop("book-with-errors", VISITOR, "/talks/book/", sends),
    Stop("book-sent", VISITOR, "/talks/book/sent/"),
    Stop("verify", VISITOR, "{verify}"),
    Stop("verify-done", VISITOR, "{verified}"),
    Stop("cancel", VISITOR, "{cancel}"),
    Stop("cancelled", VISITOR, "{cancelled}"),
    Stop("change", VISITOR, "{change}"),
    Stop("change-with-errors", VISITOR, "{change}", sends),
    Stop("choose", VISITOR, "{choose}"),
    Stop("choose-with-errors", VISITOR, "{choose}", sends),
    Stop("open-talk", VISITOR, "/talks/open/{confirmed}/"),
    Stop("wish", VISITOR, "/talks/wish/"),
    Stop("wish-with-errors", VISITOR, "/talks/wish/", sends),
    Stop("wish-verify", VISITOR, "{wish}"),
    Stop("wish-verified", VISITOR, "{wished}"),
    Stop("association-still-right", VISITOR, "{association}"),
    Stop("feedback", VISITOR, "{feedback}"),
    Stop("feedback-with-errors", VISITOR, "{feedback}", sends),
    Stop("feedback-given", VISITOR, "{feedback}", answers_the_two_questions),
    Stop("log-in", VISITOR, "/accounts/login/"),
    Stop("log-in-ask-for-code", VISITOR, "/accounts/login/code/"),
    Stop("log-in-type-code", VISITOR, "/accounts/login/code/", has_asked_for_a_code),
    Stop("by-letter", VISITOR, "/me/without-account/letter/"),
    Stop("by-letter-with-errors", VISITOR, "/me/without-account/letter/", sends),
    Stop("printed-code", VISITOR, "/me/without-account/code/"),
    Stop("printed-code-with-errors", VISITOR, "/me/without-account/code/", sends),
    Stop("dev-cast", VISITOR, "/dev/", languages=("da",)),
)
OF_THE_CAST = (
    Stop("me-helper", "helle", "/me/"),
    Stop("me-language", "helle", "/me/language/"),
    Stop("me-protection", "helle", "/me/protection/"),
    Stop("me-erase", "helle", "/me/erase/"),
    Stop("me-data", "helle", "/me/data/"),
    Stop("me-details", "helle", "/me/details/"),
    Stop("address", "helle", "/neighbours/address/"),
    Stop("leave", "helle", "/neighbours/leave/"),
    Stop("me-chair", "ruth", "/me/"),
    Stop("booking-chair", "ruth", "/talks/bookings/{of_ruth}/"),
    Stop("deputy", "ruth", "/talks/associations/{ruths}/deputy/"),
    Stop("me-speaker", "sven", "/me/"),
    Stop("answers", "ruth", "/talks/bookings/{of_ruth}/answers/"),
    Stop("booking-speaker", "sven", "/talks/bookings/{confirmed}/"),
    Stop("call-off", "sven", "/talks/bookings/{confirmed}/call-off/"),
    Stop("evenings", "sven", "/talks/evenings/"),
    Stop("evenings-with-errors", "sven", "/talks/evenings/", lambda reader: reader.presses("Offer this evening")),
    Stop("me-staff", "karen", "/me/"),
    Stop("dashboard", "karen", "/dashboard/"),
    Stop("queue", "karen", "/staff/talks/"),
    Stop("answer-requested", "karen", "/staff/talks/{of_ruth}/"),
    Stop("answer-confirmed", "karen", "/staff/talks/{confirmed}/"),
    Stop("answer-offered", "karen", "/staff/talks/{offered}/"),
    Stop("answer-took-place", "karen", "/staff/talks/{took_place}/"),
    Stop("answer-wish", "karen", "/staff/talks/wishes/{of_wish}/"),
    Stop("afterwards", "karen", "/staff/talks/afterwards/"),
    Stop("slip", "karen", "/staff/slips/"),
    Stop("slip-with-errors", "karen", "/staff/slips/", lambda reader: reader.presses("Save the slip")),
    Stop("helpers", "karen", "/staff/helpers/"),
    Stop("person", "karen", "/staff/people/{person}/", says_why),
    Stop("people-with-errors", "karen", "/staff/people/", sends),
    Stop("letter-for", "karen", "/staff/people/{person}/code/"),
    Stop("person-why", "anne", "/staff/people/{person}/"),
    Stop("helper-corrected", "karen", "/staff/helpers/{helper}/correct/"),
    Stop("helper-corrected-with-errors", "karen", "/staff/helpers/{helper}/correct/", saves_no_name),
    Stop("helper-leaves", "karen", "/staff/helpers/{helper}/leave/"),
    Stop("helper-shown-to-the-naboven", "karen", "/staff/helpers/{helper}/shown/"),
    Stop("duplicates", "anne", "/staff/duplicates/"),
)
# Pages that a visitor can open without a link from an email need no preparation.
BEFORE_THE_STAGE = tuple(stop for stop in (*WITHOUT_A_FORM, *OF_A_VISITOR) if "{" not in stop.path)
ON_THE_STAGE = (*OF_THE_LOGGED_IN, *(stop for stop in OF_A_VISITOR if "{" in stop.path), *OF_THE_CAST)


def set_the_stage(portal: Portal, seating: Seating) -> Stage:
    """Log everybody in, and make a helper and a booking in each state that an email links to."""
    stage = Stage({name: seating() for name in (VISITOR, "palle", *CAST)})
    for name, whole_name in CAST.items():
        is_one_of_the_cast(stage.readers[name], whole_name)
    palle = stage.readers["palle"]
    signs_in_with_a_code(palle, portal, "palle@randers.example")
    connects_an_app(palle, portal, "palle@randers.example")
    _lets_people_join(stage, portal)
    _lets_associations_ask(stage, portal)
    _lets_an_association_wish(stage, portal)
    _lets_staff_answer(stage, portal)
    _lets_the_speaker_enter_free_evenings(stage.readers["sven"])
    _finds_links_of_the_past(stage, portal)
    # As older versions stored an address.
    portal.query(
        "UPDATE people_user SET is_duplicate = true, email = 'palle@randers.example\u00ad' WHERE name = 'Hanna Hav'"
    )
    [(of_ruth,)] = portal.query(
        f"SELECT b.id FROM talks_booking b {OF_CHAIR} WHERE u.email = %s AND b.state = 'requested'",
        "ruth@randers.example",
    )
    confirmed = portal.query(
        "SELECT b.id FROM talks_booking b JOIN places_partnership p ON p.id = b.partnership_id "
        "WHERE p.slug = 'randers' AND b.state = 'confirmed' AND b.starts_at > now() ORDER BY b.id"
    )[0][0]
    [(ruths,)] = portal.query(
        "SELECT c.organisation_id FROM people_organisationcontact c JOIN people_user u ON u.id = c.person_id "
        "WHERE u.email = %s AND c.role = 'chair'",
        "ruth@randers.example",
    )
    helper, person = portal.query(
        "SELECT h.id, h.person_id FROM neighbours_helper h JOIN places_partnership p ON p.id = h.partnership_id "
        "WHERE p.slug = 'randers' AND h.state = 'confirmed' ORDER BY h.id"
    )[0]
    stage.places |= {"of_ruth": of_ruth, "confirmed": confirmed, "ruths": ruths, "helper": helper, "person": person}
    return stage


def _lets_people_join(stage: Stage, portal: Portal) -> None:
    visitor = stage.readers[VISITOR]
    for state in ("confirm", "used"):
        email = f"{state}@nyhelper.example"
        visitor.opens("/neighbours/join/")
        joins(visitor, email, "Eksempelvej 16")
        link = portal.mailbox.received(email, visitor.words("One more step, and you are a neighbour helper")).link(
            "/da/"
        )
        stage.places[state] = _path(link)
    visitor.goes_to(link)
    visitor.presses("Yes, I will be a neighbour helper")
    visitor.stands_at("My page")
    visitor.page.context.clear_cookies()


def _lets_associations_ask(stage: Stage, portal: Portal) -> None:
    visitor, places = stage.readers[VISITOR], stage.places
    for state in ("verify", "verified", "change", "choose", "cancelled"):
        email = f"{state}@forening.example"
        visitor.opens("/talks/book/")
        # Not the last evening, which the booking journey picks.
        visitor.page.locator("[name=slot]").first.check()
        asks_for_an_online_talk(visitor, email)
        link = portal.mailbox.received(email, visitor.words("Confirm your request for a talk")).link("/verify/")
        places[state] = _path(link)
        if state == "verify":
            continue
        visitor.goes_to(link)
        visitor.presses("Confirm my request")
        message = portal.mailbox.received(email, visitor.words("We have your request for a talk"))
        if state in ("change", "choose"):
            continue
        places["cancel" if state == "verified" else state] = _path(message.link("/cancel/"))
    visitor.goes_to(message.link("/cancel/"))
    visitor.presses("Yes, withdraw it")
    visitor.stands_at("The request is withdrawn")


def _lets_an_association_wish(stage: Stage, portal: Portal) -> None:
    visitor, places = stage.readers[VISITOR], stage.places
    for state in ("wish", "wished"):
        email = f"{state}@forening.example"
        visitor.opens("/talks/wish/")
        for name, ahead in (("first", 40), ("second", 41)):
            writes_a_day(visitor, "main form", name, ahead)
        enter_contact(visitor, email)
        visitor.presses("Send our wishes")
        visitor.stands_at("Look in your mailbox")
        link = portal.mailbox.received(email, visitor.words("Confirm your wishes for a talk")).link("/verify/")
        places[state] = _path(link)
    visitor.goes_to(link)
    visitor.presses("Confirm my wishes")
    visitor.stands_at("Thank you. We have your wishes.")
    places["of_wish"] = _newest_of(portal, "talks_talkwish", email)


def _lets_staff_answer(stage: Stage, portal: Portal) -> None:
    """Confirm one talk, so that it can be moved by a link, and offer two evenings for another."""
    karen, visitor, places = stage.readers["karen"], stage.readers[VISITOR], stage.places
    karen.opens(f"/staff/talks/{_newest_of(portal, 'talks_booking', 'change@forening.example')}/")
    karen.presses("Confirm the talk")
    message = portal.mailbox.received("change@forening.example", visitor.words("The talk is confirmed"))
    places["change"] = _path(message.link("/change/"))

    places["offered"] = _newest_of(portal, "talks_booking", "choose@forening.example")
    karen.opens(f"/staff/talks/{places['offered']}/")
    offer = karen.page.locator("form[action$='/offer/']")
    karen.page.locator("details").filter(has=offer).locator("summary").click()
    for number in (-1, -2):
        offer.locator("[name=slots]").nth(number).check()
    offer.locator("[name=is_gone]").first.check()
    karen.presses("Offer these evenings")
    message = portal.mailbox.received("choose@forening.example", visitor.words("Choose another evening for the talk"))
    places["choose"] = _path(message.link("/choose/"))


def _lets_the_speaker_enter_free_evenings(sven: Reader) -> None:
    """So far ahead that the evenings for other journeys are not affected."""
    sven.opens("/talks/evenings/")
    pattern = "form[action$='/patterns/']"
    sven.page.locator("details").filter(has=sven.page.locator(pattern)).locator("summary").click()
    sven.page.locator(f"{pattern} [name=starts]").fill("10.00")
    sven.page.locator(f"{pattern} [name=ends]").fill("12.00")
    writes_a_day(sven, pattern, "first_on", 300)
    sven.page.locator(f"{pattern} [type=submit]").click()
    away = "form[action$='/away/']"
    sven.page.locator("details").filter(has=sven.page.locator(away)).locator("summary").click()
    for name, ahead in (("first_on", 310), ("last_on", 312)):
        writes_a_day(sven, away, name, ahead)
    sven.page.locator(f"{away} [type=submit]").click()
    sven.reads("Give talks after all")


def _finds_links_of_the_past(stage: Stage, portal: Portal) -> None:
    """Links from emails of months before or after today, signed here with the portal's key."""
    [(took_place, association, pk, email)] = portal.query(
        f"SELECT b.id, b.association_id, u.id, u.email FROM talks_booking b {OF_CHAIR} "
        "JOIN places_partnership p ON p.id = b.partnership_id "
        "WHERE p.slug = 'randers' AND b.state = 'held' ORDER BY b.starts_at DESC LIMIT 1"
    )
    chair = User(pk=pk, email=email)
    stage.places |= {
        "took_place": took_place,
        "feedback": f"/talks/feedback/{make(links.TOKENS, took_place, 'feedback', chair)}/",
        "association": f"/talks/association/{make(links.TOKENS, association, 'confirm_association', chair)}/",
    }


def _newest_of(portal: Portal, table: str, email: str) -> int:
    """Return the id of the newest row of the chair with this address."""
    [(number,)] = portal.query(f"SELECT max(b.id) FROM {table} b {OF_CHAIR} WHERE u.email = %s", email)
    return number


def _path(url: str) -> str:
    """Return what follows the language in an address."""
    return "/" + url.split("/", 4)[4]
