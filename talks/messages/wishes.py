"""Messages about wished days, and to associations about their details."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words, hour_in_words
from partnership.outbox.post import Kind, Message, Words, words
from partnership.people.models import Organisation
from talks import links
from talks.messages.about import call_us, contact_of, place_of, promised_day_of
from talks.models import UNVERIFIED_HOLD, DeputyInvitation, TalkWish

Writer = Callable[[TalkWish], Words]


def _about_wish(
    name: str, is_true: Callable[[TalkWish], bool], *, called: Promise | str = "", by_email: bool = False
) -> Callable[[Writer], Kind]:
    """Decorate the words of a kind about a wish: sent only while `is_true` holds."""

    def kind_of(write: Writer) -> Kind:
        def look_and_write(message: Message) -> Words | None:
            wish = TalkWish.objects.with_names().filter(pk=message.about["wish"]).first()
            return write(wish) if wish and is_true(wish) else None

        return words(name, transactional=True, called=called, by_email=by_email)(look_and_write)

    return kind_of


def _what_and_when(wish: TalkWish) -> list[tuple[str, str]]:
    """Return only facts in our own words, for an unverified address: see `about.what_and_when`."""
    hour = hour_in_words(wish.from_hour)
    days = [_("%(day)s from %(hour)s") % {"day": day_in_words(day), "hour": hour} for day in wish.wished_days]
    return [(_("Talk"), str(wish.about.title)), (_("Wished days"), "\n".join(days))]


def _facts(wish: TalkWish) -> list[tuple[str, str]]:
    return [
        *_what_and_when(wish),
        (_("Where"), unlinked(place_of(wish))),
        (_("Association"), unlinked(wish.association.name)),
    ]


def _facts_for_staff(wish: TalkWish) -> list[tuple[str, str]]:
    return [*_facts(wish), (_("Homes"), str(wish.association.homes)), *contact_of(wish)]


def _staff_page(wish: TalkWish) -> str:
    return wish.partnership.url(reverse("talks:answer_wish", args=[wish.pk]))


@_about_wish(
    "talks.verify_wish",
    lambda wish: wish.verified_at is None,
    called=gettext_lazy("Wished days: confirm them"),
    by_email=True,
)
def verify_wish(wish: TalkWish) -> Words:
    return Words(
        subject=_("Confirm your wishes for a talk"),
        paragraphs=[
            _("You have told us which days suit you for a talk. Press the button to show that the address is yours."),
            _("The button works until %(hour)s. Was it not you? Then you do not need to do anything.")
            % {"hour": hour_in_words(clock.local(wish.asked_at + UNVERIFIED_HOLD, wish.partnership.zone))},
        ],
        facts=_what_and_when(wish),
        button=(_("Confirm my wishes"), links.link(wish, "verify_wish")),
    )


@_about_wish(
    "talks.wish_received", lambda wish: wish.verified_at is not None, called=gettext_lazy("Wished days: we have them")
)
def wish_received(wish: TalkWish) -> Words:
    return Words(
        subject=_("We have your wishes for a talk"),
        paragraphs=[
            _("Thank you. We are looking for a speaker, and you will get our answer no later than %(day)s.")
            % {"day": promised_day_of(wish)},
            _("Do the days no longer suit you? Then call us: %(name)s, %(phone)s.") % call_us(wish.partnership),
        ],
        facts=_facts(wish),
    )


@_about_wish("talks.wish_to_answer", lambda wish: wish.is_waiting, called=gettext_lazy("Wished days: find a speaker"))
def wish_to_answer(wish: TalkWish) -> Words:
    return Words(
        subject=_("Find a speaker: %(association)s") % {"association": unlinked(wish.association.name)},
        paragraphs=[_("We have promised an answer no later than %(day)s.") % {"day": promised_day_of(wish)}],
        facts=_facts_for_staff(wish),
        button=(_("Answer the wish"), _staff_page(wish)),
    )


@_about_wish(
    "talks.wish_promise_due",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wished days: promised answer is due"),
)
def wish_promise_due(wish: TalkWish) -> Words:
    return Words(
        subject=_("Promised by %(day)s: an answer to %(association)s")
        % {"day": promised_day_of(wish), "association": unlinked(wish.association.name)},
        paragraphs=[
            _("Nobody has answered this wish yet, and we have promised an answer no later than %(day)s.")
            % {"day": promised_day_of(wish)}
        ],
        facts=_facts_for_staff(wish),
        button=(_("Answer the wish"), _staff_page(wish)),
    )


@_about_wish(
    "talks.wish_promise_broken",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wished days: promised answer was not given"),
)
def wish_promise_broken(wish: TalkWish) -> Words:
    return Words(
        subject=_("A promise was not kept: %(association)s") % {"association": unlinked(wish.association.name)},
        paragraphs=[_("The wish was not answered in time. We have apologised to the chair, who still waits.")],
        facts=_facts_for_staff(wish),
        button=(_("Answer the wish"), _staff_page(wish)),
    )


@_about_wish(
    "talks.wish_late", lambda wish: wish.is_waiting, called=gettext_lazy("Wished days: our answer did not come in time")
)
def wish_late(wish: TalkWish) -> Words:
    return Words(
        subject=_("You did not get our answer in time"),
        paragraphs=[
            _(
                "We promised you an answer and did not keep the promise. We are sorry. We are still looking for a "
                "speaker."
            ),
            _("You are welcome to call us: %(name)s, %(phone)s.") % call_us(wish.partnership),
        ],
        facts=_facts(wish),
    )


@_about_wish(
    "talks.wish_declined", lambda wish: bool(wish.why_not), called=gettext_lazy("Wished days: no speaker found")
)
def wish_declined(wish: TalkWish) -> Words:
    return Words(
        subject=_("We found no speaker for those days"),
        paragraphs=[
            _("We are sorry that we cannot say yes this time."),
            _("The reason: %(why)s") % {"why": wish.why_not},
            _("There are other free evenings, and you are welcome to ask for one of them."),
        ],
        facts=_facts(wish),
        button=(_("See free evenings"), wish.partnership.url(reverse("talks:overview"))),
    )


@words("talks.confirm_association", transactional=True, called=gettext_lazy("Association: is this still right?"))
def confirm_association(message: Message) -> Words | None:
    association = _association(message)
    year = message.created_at.year
    if association is None or association.chair is None:
        return None
    if association.confirmed_on and association.confirmed_on.year >= year:
        return None
    return Words(
        subject=_("Is this still right? %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _("Once a year we ask whether what we know of your association is still right. One press is enough."),
            _("Is somebody else the chair now? Then call us: %(name)s, %(phone)s.") % call_us(association.partnership),
        ],
        facts=[
            (_("Association"), f"{unlinked(association.name)} ({association.get_kind_display()})"),
            (_("Local area"), association.area.name if association.area else ""),
            (_("Homes"), str(association.homes)),
            (_("Chair"), unlinked(association.chair.name)),
            (_("Deputy"), unlinked(association.deputy.name) if association.deputy else _("nobody yet")),
        ],
        button=(_("It is still right"), links.link(association, "confirm_association")),
    )


@words("talks.deputy_named", transactional=True, called=gettext_lazy("Association: deputy named"))
def deputy_named(message: Message) -> Words | None:
    """No longer posted: whom a chair names is asked first. For messages that were waiting when that began; to be
    deleted once the version after that (with talks/migrations/0017) runs everywhere."""
    association = _association(message)
    if association is None or association.deputy != message.recipient:
        return None
    return Words(
        subject=_("You are the deputy of an association"),
        paragraphs=[
            _("Its chair has named you as the one who can move and cancel the association's talks."),
            _("You find them on your page. Was it a mistake? Then call us: %(phone)s.")
            % call_us(association.partnership),
        ],
        button=(_("See my page"), association.partnership.url(reverse("people:me"))),
    )


@words("talks.ask_deputy", transactional=True, called=gettext_lazy("Association: asked to be deputy"), by_email=True)
def ask_deputy(message: Message) -> Words | None:
    about = {"pk": message.about["invitation"], "version": message.about["version"]}
    asked = DeputyInvitation.objects.select_related("association__partnership").filter(**about).first()
    if asked is None:
        return None
    # Only our words: the reader has not asked for this, and names can be anything.
    return Words(
        subject=_("Will you be the deputy of an association?"),
        paragraphs=[
            _(
                "The chair of an association in %(name)s asks you to be the deputy: the one who sees the association's "
                "talks, and can move and cancel them."
            )
            % {"name": message.partnership.municipality},
            _("Press the button to see who asks. You decide there."),
            _("Do you not know what this is about? Then you do not need to do anything."),
        ],
        button=(_("See who asks"), links.link(asked, "become_deputy", version=asked.version)),
    )


def _association(message: Message) -> Organisation | None:
    rows = Organisation.objects.select_related("partnership", "area").with_contacts()
    return rows.filter(pk=message.about["association"]).first()


@words("talks.chair_now", transactional=True, called=gettext_lazy("Association: the deputy has become the chair"))
def chair_now(message: Message) -> Words | None:
    association = _association(message)
    if association is None or association.chair != message.recipient:
        return None
    return Words(
        subject=_("You are now the chair of %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _("You were the deputy, and the chair has left the portal. We now write to you about the talks."),
            _("Is that not right? Call us: %(name)s, %(phone)s.") % call_us(message.partnership),
        ],
        button=(_("See the talks on my page"), message.partnership.url(reverse("people:me"))),
    )
