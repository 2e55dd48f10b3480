"""Every page that the journeys visit, with the way to it in any of the three languages."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from journeys.doing import (
    answers_the_two_questions,
    has_asked_for_a_code,
    has_asked_to_join,
    lives_behind_one_of_several_doors,
    saves_no_name,
    says_why,
    sends,
    sends_nonsense,
)
from journeys.reader import Reader
from journeys.stage import VISITOR, Stage


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
        path = self.path.format(**stage.parts)
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
    Stop("invite", "helle", "/neighbours/invite/"),
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
    Stop("pile", "karen", "/staff/pile/"),
    Stop("pile-with-errors", "karen", "/staff/pile/", sends),
    Stop("reply-card", "karen", "/staff/helpers/{helper}/card/"),
    Stop("helpers", "karen", "/staff/helpers/"),
    Stop("lists", "karen", "/staff/helpers/import/"),
    Stop("lists-with-errors", "karen", "/staff/helpers/import/", sends),
    Stop("list-read", "karen", "/staff/helpers/import/{list_read}/"),
    Stop("list-read-with-errors", "karen", "/staff/helpers/import/{list_read}/", sends),
    Stop("list-added", "karen", "/staff/helpers/import/{list_added}/"),
    Stop("list-undo", "karen", "/staff/helpers/import/{list_added}/undo/"),
    Stop("person", "karen", "/staff/people/{person}/", says_why),
    Stop("people-with-errors", "karen", "/staff/people/", sends),
    Stop("letter-for", "karen", "/staff/people/{person}/code/"),
    Stop("person-why", "anne", "/staff/people/{person}/"),
    Stop("helper-corrected", "karen", "/staff/helpers/{helper}/correct/"),
    Stop("helper-corrected-with-errors", "karen", "/staff/helpers/{helper}/correct/", saves_no_name),
    Stop("helper-leaves", "karen", "/staff/helpers/{helper}/leave/"),
    Stop("helper-shown-to-the-naboven", "karen", "/staff/helpers/{helper}/shown/"),
    Stop("duplicates", "anne", "/staff/duplicates/"),
    Stop("caller-written-down", "karen", "/staff/people/new/"),
    Stop("caller-corrected", "karen", "/staff/people/{ruth}/correct/"),
    Stop("book-for-a-caller", "karen", "/staff/talks/for/{person}/book/"),
    Stop("book-for-a-caller-with-errors", "karen", "/staff/talks/for/{person}/book/", sends),
    Stop("wish-for-a-caller", "karen", "/staff/talks/for/{person}/wish/"),
    Stop("call-about-a-talk", "karen", "/staff/talks/{confirmed}/call/"),
    Stop("move-for-a-caller", "karen", "/staff/talks/{confirmed}/call/move/"),
    Stop("cancel-for-a-caller", "karen", "/staff/talks/{confirmed}/call/cancel/"),
    Stop("choose-for-a-caller", "karen", "/staff/talks/{offered}/call/choose/"),
    Stop("stay-for-a-caller", "karen", "/staff/talks/{confirmed}/call/stay/"),
    Stop("questions-to-a-caller", "karen", "/staff/talks/{took_place}/call/questions/"),
    Stop("call-about-wishes", "karen", "/staff/talks/wishes/{of_wish}/call/"),
)
# Pages that a visitor can open without a link from an email need no preparation.
BEFORE_THE_STAGE = tuple(stop for stop in (*WITHOUT_A_FORM, *OF_A_VISITOR) if "{" not in stop.path)
ON_THE_STAGE = (*OF_THE_LOGGED_IN, *(stop for stop in OF_A_VISITOR if "{" in stop.path), *OF_THE_CAST)
