"""The stage of the journeys: people who are logged in, and cases in each state that an email links to."""

from dataclasses import dataclass, field

from journeys.doing import asks_for_an_online_talk, enter_contact, has_a_list_read, joins, writes_a_day
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
    """What the stops need: people with their browsers, and parts of addresses: links from emails, numbers of rows."""

    readers: dict[str, Reader]
    parts: dict[str, str] = field(default_factory=dict)

    def reader(self, who: str, language: str) -> Reader:
        """Return a reader, switched to this language."""
        reader = self.readers[who]
        reader.language = language
        return reader


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
    _lets_staff_bring_in_lists(stage)
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
    [(ruths, ruth)] = portal.query(
        "SELECT c.organisation_id, u.id FROM people_organisationcontact c JOIN people_user u ON u.id = c.person_id "
        "WHERE u.email = %s AND c.role = 'chair'",
        "ruth@randers.example",
    )
    helper, person = portal.query(
        "SELECT h.id, h.person_id FROM neighbours_helper h JOIN places_partnership p ON p.id = h.partnership_id "
        "WHERE p.slug = 'randers' AND h.state = 'confirmed' ORDER BY h.id"
    )[0]
    stage.parts |= {"of_ruth": of_ruth, "confirmed": confirmed, "ruth": ruth, "ruths": ruths}
    stage.parts |= {"helper": helper, "person": person}
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
        stage.parts[state] = _path(link)
    visitor.goes_to(link)
    visitor.presses("Yes, I will be a neighbour helper")
    visitor.stands_at("My page")
    visitor.page.context.clear_cookies()


def _lets_associations_ask(stage: Stage, portal: Portal) -> None:
    visitor, parts = stage.readers[VISITOR], stage.parts
    for state in ("verify", "verified", "change", "choose", "cancelled"):
        email = f"{state}@forening.example"
        visitor.opens("/talks/book/")
        # Not the last evening, which the booking journey picks.
        visitor.page.locator("[name=slot]").first.check()
        asks_for_an_online_talk(visitor, email)
        link = portal.mailbox.received(email, visitor.words("Confirm your request for a talk")).link("/verify/")
        parts[state] = _path(link)
        if state == "verify":
            continue
        visitor.goes_to(link)
        visitor.presses("Confirm my request")
        message = portal.mailbox.received(email, visitor.words("We have your request for a talk"))
        if state in ("change", "choose"):
            continue
        parts["cancel" if state == "verified" else state] = _path(message.link("/cancel/"))
    visitor.goes_to(message.link("/cancel/"))
    visitor.presses("Yes, withdraw it")
    visitor.stands_at("The request is withdrawn")


def _lets_an_association_wish(stage: Stage, portal: Portal) -> None:
    visitor, parts = stage.readers[VISITOR], stage.parts
    for state in ("wish", "wished"):
        email = f"{state}@forening.example"
        visitor.opens("/talks/wish/")
        for name, ahead in (("first", 40), ("second", 41)):
            writes_a_day(visitor, "main form", name, ahead)
        visitor.page.locator("[name=from_hour]").fill("19.00")
        enter_contact(visitor, email)
        visitor.presses("Send our wishes")
        visitor.stands_at("Check your inbox")
        link = portal.mailbox.received(email, visitor.words("Confirm your wishes for a talk")).link("/verify/")
        parts[state] = _path(link)
    visitor.goes_to(link)
    visitor.presses("Confirm my wishes")
    visitor.stands_at("Thank you. We have your wishes.")
    parts["of_wish"] = _newest_of(portal, "talks_talkwish", email)


def _lets_staff_answer(stage: Stage, portal: Portal) -> None:
    """Confirm one talk, so that it can be moved by a link, and offer two evenings for another."""
    karen, visitor, parts = stage.readers["karen"], stage.readers[VISITOR], stage.parts
    karen.opens(f"/staff/talks/{_newest_of(portal, 'talks_booking', 'change@forening.example')}/")
    karen.presses("Confirm the talk")
    message = portal.mailbox.received("change@forening.example", visitor.words("The talk is confirmed"))
    parts["change"] = _path(message.link("/change/"))

    parts["offered"] = _newest_of(portal, "talks_booking", "choose@forening.example")
    karen.opens(f"/staff/talks/{parts['offered']}/")
    offer = karen.page.locator("form[action$='/offer/']")
    karen.page.locator("details").filter(has=offer).locator("summary").click()
    for number in (-1, -2):
        offer.locator("[name=slots]").nth(number).check()
    offer.locator("[name=is_gone]").first.check()
    karen.presses("Offer these evenings")
    message = portal.mailbox.received("choose@forening.example", visitor.words("Choose another evening for the talk"))
    parts["choose"] = _path(message.link("/choose/"))


def _lets_staff_bring_in_lists(stage: Stage) -> None:
    """Add one list, and leave another with a line of each kind as it is read."""
    karen, parts = stage.readers["karen"], stage.parts
    said_yes = "8900;Meeting in the hall;2026-11-02;on paper"
    for state, name in (("list_added", "Lis Lund"), ("list_read", "Ole Olsen")):
        karen.opens("/staff/helpers/import/")
        fine, wrong = f"{name};;;Eksempelvej 18;{said_yes}", f"Nils Nord;nils@@x;;Nowhere Road 1;{said_yes}"
        has_a_list_read(karen, fine, f"Helle Holm;helle@randers.example;;Eksempelvej 18;{said_yes}", wrong)
        parts[state] = karen.page.url.rstrip("/").rpartition("/")[2]
        if state == "list_added":
            karen.page.locator("[name=consent]").check()
            karen.page.locator(".form-card [type=submit]").click()
            karen.reads("Take the list back")


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
    sven.reads("Take the mark away")


def _finds_links_of_the_past(stage: Stage, portal: Portal) -> None:
    """Links from emails of months before or after today, signed here with the portal's key."""
    [(took_place, association, pk, email)] = portal.query(
        f"SELECT b.id, b.association_id, u.id, u.email FROM talks_booking b {OF_CHAIR} "
        "JOIN places_partnership p ON p.id = b.partnership_id "
        "WHERE p.slug = 'randers' AND b.state = 'held' ORDER BY b.starts_at DESC LIMIT 1"
    )
    chair = User(pk=pk, email=email)
    stage.parts |= {
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
