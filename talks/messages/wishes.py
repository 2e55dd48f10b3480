"""Messages about wished days."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words, hour_in_words, until_in_words
from partnership.outbox.post import Kind, Message, Words, words
from talks import links
from talks.messages import in_brief
from talks.messages.about import (
    contact_of,
    deadline_in_words,
    homes_of,
    place_of,
    reader_of,
    reason_of,
    told_of,
)
from talks.messages.posters import opens_pages
from talks.messages.reaching import apology_to_chair
from talks.models import UNVERIFIED_HOLD, TalkWish

Writer = Callable[[Message, TalkWish], Words]


def about_wish(name: str, is_true: Callable[[TalkWish], bool], **how: Any) -> Callable[[Writer], Kind]:
    """Decorate the words of a kind about a wish: sent only while `is_true` holds. `how` is as for `words`."""

    def kind_of(write: Writer) -> Kind:
        def look_and_write(message: Message) -> Words | None:
            wish = TalkWish.objects.with_names().filter(pk=message.about["wish"]).first()
            return write(message, wish) if wish and is_true(wish) else None

        return words(name, transactional=True, **how)(look_and_write)

    return kind_of


def what_and_when_of_wish(wish: TalkWish) -> list[tuple[str, str]]:
    """Return only facts in our own words, for an unverified mailbox: see `about.what_and_when`."""
    hour = hour_in_words(wish.from_hour)
    days = [_("%(day)s from %(hour)s") % {"day": day_in_words(day), "hour": hour} for day in wish.wished_days]
    return [(_("Talk"), str(wish.about.title)), (_("Days wished for"), "\n".join(days))]


def _facts(wish: TalkWish) -> list[tuple[str, str]]:
    return [
        *what_and_when_of_wish(wish),
        (_("Where"), unlinked(place_of(wish))),
        (_("Association"), unlinked(wish.association.name)),
    ]


def _facts_for_staff(message: Message, wish: TalkWish) -> list[tuple[str, str]]:
    return [*_facts(wish), *homes_of(wish.association), *contact_of(wish, message.recipient), *told_of(wish)]


def _staff_page(wish: TalkWish) -> str:
    return wish.partnership.url(reverse("talks:answer_wish", args=[wish.pk]))


@about_wish(
    "talks.verify_wish",
    lambda wish: wish.verified_at is None,
    called=gettext_lazy("Wish: confirm it"),
    to_typed=True,
)
def verify_wish(message: Message, wish: TalkWish) -> Words:
    """To the mailbox that was typed on the web: the link that makes wished days of it."""
    return Words(
        subject=_("Confirm your wishes for a talk"),
        paragraphs=[
            _("You have told us which days suit you for a talk. Confirm below that the address is yours."),
            _("The link works until %(hour)s. If it was not you, you do not need to do anything.")
            % {
                "hour": until_in_words(
                    clock.local(wish.asked_at + UNVERIFIED_HOLD, wish.partnership.zone), message.written_on
                )
            },
        ],
        facts=what_and_when_of_wish(wish),
        button=(_("Confirm my wishes"), links.link(wish, "verify_wish", reader_of(message))),
    )


@about_wish(
    "talks.wish_received",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish: we have it"),
    last_word=True,
)
def wish_received(message: Message, wish: TalkWish) -> Words:
    """To the chair, when the mailbox is verified, or staff have written the wish down: our deadline."""
    return Words(
        subject=_("We have your wishes for a talk"),
        paragraphs=[
            _("Thank you. We are looking for a speaker, and you will get our answer no later than %(day)s.")
            % {"day": deadline_in_words(wish)},
            _if_the_days_no_longer_suit(message) % wish.partnership.call_us,
        ],
        facts=_facts(wish),
        button=(_("See my page"), wish.partnership.url(reverse("people:me"))),
    )


def _if_the_days_no_longer_suit(message: Message) -> str:
    if opens_pages(message):
        return _("If the days no longer suit you, withdraw them on your page, or call us: %(name)s, %(phone)s.")
    return _("If the days no longer suit you, call us: %(name)s, %(phone)s.")


@about_wish(
    "talks.wish_to_answer",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish: find a speaker"),
    in_digest=True,
)
def wish_to_answer(message: Message, wish: TalkWish) -> Words:
    """To each coordinator but the one who wrote it down: wished days for which to find a speaker."""
    return Words(
        subject=_("Find a speaker: %(association)s") % {"association": unlinked(wish.association.name)},
        paragraphs=[_("We have promised an answer no later than %(day)s.") % {"day": deadline_in_words(wish)}],
        facts=_facts_for_staff(message, wish),
        button=(_("Answer the wish"), _staff_page(wish)),
        brief=in_brief.wish_to_answer(wish, message.recipient),
    )


@about_wish(
    "talks.wish_promise_due",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish: promised answer is due"),
    in_digest=True,
)
def wish_deadline_near(message: Message, wish: TalkWish) -> Words:
    """To coordinators and administrators, on the last working day before the deadline, if nobody has answered."""
    return Words(
        subject=_("Promised by %(day)s: an answer to %(association)s")
        % {"day": deadline_in_words(wish), "association": unlinked(wish.association.name)},
        paragraphs=[
            _("Nobody has answered this wish yet, and we have promised an answer no later than %(day)s.")
            % {"day": deadline_in_words(wish)}
        ],
        facts=_facts_for_staff(message, wish),
        button=(_("Answer the wish"), _staff_page(wish)),
        brief=in_brief.wish_to_answer(wish, message.recipient, due_on=wish.answer_by),
    )


@about_wish(
    "talks.wish_promise_broken",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish: promised answer was not given"),
)
def wish_deadline_missed(message: Message, wish: TalkWish) -> Words:
    """To the administrators, or the coordinators if there are none, when it was not answered in time."""
    return Words(
        subject=_("A promise was not kept: %(association)s") % {"association": unlinked(wish.association.name)},
        paragraphs=[
            _("The wish was not answered in time, and the chair still waits for an answer."),
            *apology_to_chair(wish),
        ],
        facts=_facts_for_staff(message, wish),
        button=(_("Answer the wish"), _staff_page(wish)),
    )


@about_wish(
    "talks.wish_late",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish: our answer did not come in time"),
    last_word=True,
)
def wish_late(message: Message, wish: TalkWish) -> Words:
    """To the chair, when our deadline has passed without an answer: the apology. The wish still stands."""
    return Words(
        subject=_("You did not get our answer in time"),
        paragraphs=[
            _(
                "We promised you an answer and did not keep the promise. We are sorry. We are still looking for a "
                "speaker."
            ),
            _("You are welcome to call us: %(name)s, %(phone)s.") % wish.partnership.call_us,
        ],
        facts=_facts(wish),
    )


@about_wish(
    "talks.wish_declined",
    lambda wish: bool(wish.why_not),
    called=gettext_lazy("Wish: no speaker found"),
    last_word=True,
)
def wish_declined(message: Message, wish: TalkWish) -> Words:
    """To the chair, when staff have found no speaker, with their reason."""
    return Words(
        subject=_("We found no speaker for those days"),
        paragraphs=[
            _("We are sorry that we cannot say yes this time."),
            _("There are other free evenings, and you are welcome to ask for one of them."),
        ],
        facts=[*reason_of(wish.why_not), *_facts(wish)],
        button=(_("See free evenings"), wish.partnership.url(reverse("talks:overview"))),
    )


@about_wish(
    "talks.wish_withdrawn",
    lambda wish: wish.is_withdrawn,
    called=gettext_lazy("Wish: withdrawn"),
    last_word=True,
)
def wish_withdrawn(message: Message, wish: TalkWish) -> Words:
    """To the chair, when they, the deputy or staff for them have withdrawn the wish."""
    return Words(
        subject=_("Your wishes for a talk are withdrawn"),
        paragraphs=[_("We no longer look for a speaker. You are welcome to ask for a talk whenever it suits you.")],
        facts=_facts(wish),
        button=(_("See free evenings"), wish.partnership.url(reverse("talks:overview"))),
    )


@about_wish(
    "talks.wish_no_longer",
    lambda wish: wish.is_withdrawn,
    called=gettext_lazy("Wish: the association withdrew it"),
    in_digest=True,
)
def wish_no_longer(message: Message, wish: TalkWish) -> Words:
    """To the coordinators but the one who wrote it down, when a wish is withdrawn."""
    return Words(
        subject=_("%(association)s no longer wishes for a talk on its days")
        % {"association": unlinked(wish.association.name)},
        paragraphs=[_("You need not look for a speaker.")],
        facts=_facts_for_staff(message, wish),
        button=(_("See the wish"), _staff_page(wish)),
        brief=in_brief.wish_to_see(wish, _("You need not look for a speaker.")),
    )
