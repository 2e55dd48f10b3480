"""Messages to associations about their details, and to chairs and deputies about who is the deputy."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.fields.names import unlinked
from partnership.outbox.post import Kind, Message, Words, words
from partnership.people.models import Organisation, User
from partnership.people.rules import may_see_person
from talks import links
from talks.messages.about import homes_of, reader_of
from talks.messages.posters import opens_pages
from talks.models import DeputyInvitation

Writer = Callable[[Message, Organisation], Words | None]


def _about_association(name: str, *, called: Promise) -> Callable[[Writer], Kind]:
    """Decorate the words of a kind about an association: sent only while there is one."""

    def kind_of(write: Writer) -> Kind:
        def look_and_write(message: Message) -> Words | None:
            rows = Organisation.objects.select_related("partnership", "area").with_contacts()
            association = rows.filter(pk=message.about["association"]).first()
            return write(message, association) if association else None

        return words(name, transactional=True, called=called)(look_and_write)

    return kind_of


def _to_own_page(association: Organisation) -> tuple[str, str]:
    return _("See my page"), association.partnership.url(reverse("people:me"))


def _to_deputies(association: Organisation) -> tuple[str, str]:
    return _("Ask somebody else"), association.partnership.url(reverse("talks:deputy", args=[association.pk]))


@_about_association("talks.confirm_association", called=gettext_lazy("Association: is this still right?"))
def confirm_association(message: Message, association: Organisation) -> Words | None:
    """To the chair, once a year; nothing if somebody has confirmed the association this year."""
    year = message.created_at.year
    if association.chair is None or association.chair != message.recipient:
        return None
    if association.confirmed_on and association.confirmed_on.year >= year:
        return None
    return Words(
        subject=_("Is this still right? %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _(
                "Once a year we ask whether what we know of your association is still right. Please answer, also if "
                "nothing has changed."
            ),
            _("If somebody else is the chair now, call us: %(name)s, %(phone)s.") % association.partnership.call_us,
        ],
        facts=[
            (_("Association"), f"{unlinked(association.name)} ({association.get_kind_display()})"),
            (_("Local area"), association.area.name if association.area else ""),
            *homes_of(association),
            *_contacts(message, association),
        ],
        button=(_("It is still right"), links.link(association, "confirm_association", reader_of(message))),
    )


@words("talks.ask_deputy", transactional=True, called=gettext_lazy("Association: asked to be deputy"), by_email=True)
def ask_deputy(message: Message) -> Words | None:
    """To the mailbox that a chair has typed for a deputy; nothing once that invitation is replaced or taken back."""
    about = {"pk": message.about["invitation"], "version": message.about["version"]}
    asked = DeputyInvitation.objects.select_related("association__partnership").filter(**about).first()
    if asked is None:
        return None
    # Only our words: the reader has not asked for this, and names can be anything.
    return Words(
        subject=_("Will you be the deputy of an association?"),
        paragraphs=[
            _(
                "The chair of an association in %(name)s asks you to be the deputy: the one who sees the association’s "
                "talks, and can move and cancel them."
            )
            % {"name": message.partnership.municipality},
            _("Open the page below to see who asks. You decide there."),
            _("If you do not know what this is about, you do not need to do anything."),
        ],
        button=(_("See who asks"), links.link(asked, "become_deputy", None, version=asked.version)),
    )


@words("talks.calendar_ended", transactional=True, called=gettext_lazy("Calendar: the link has ended"))
def calendar_ended(message: Message) -> Words:
    """To somebody with a calendar link whose email address was changed, which ends the link."""
    return Words(
        subject=_("Your calendar needs a new link"),
        paragraphs=[
            _("You have another email address with us, so your calendar link no longer works."),
            _("Get a new one, and put it into your calendar in place of the old one."),
        ],
        button=(_("Get a new calendar link"), message.partnership.url(reverse("talks:slots"))),
    )


@_about_association("talks.deputy_named", called=gettext_lazy("Association: deputy named"))
def deputy_named(message: Message, association: Organisation) -> Words | None:
    """To a new deputy, who has said yes or whom staff have entered; nothing if it is another by now."""
    if association.deputy != message.recipient:
        return None
    return Words(
        subject=_("You are now the deputy of %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _("You can see the association’s talks on your page, and move and cancel them in the chair’s place.")
            if opens_pages(message)
            else _("You can move and cancel the association’s talks in the chair’s place: call us, and we do it."),
            _(
                "Before each talk we remind you too. If the chair stops, you become the contact, and the speaker calls "
                "you."
            )
            if reader_of(message).phone
            else _(
                "Before each talk we remind you too. If the chair stops, you become the contact. We have no number to "
                "call you on: call us, and we write it down."
            ),
            _would_you_rather_not(message) % association.partnership.call_us,
        ],
        button=_to_own_page(association),
    )


def _would_you_rather_not(message: Message) -> str:
    if opens_pages(message):
        return _("Would you rather not be the deputy? Say so on your page, or call us: %(name)s, %(phone)s.")
    return _("Would you rather not be the deputy? Call us: %(name)s, %(phone)s.")


@_about_association("talks.deputy_accepted", called=gettext_lazy("Association: the deputy has said yes"))
def deputy_accepted(message: Message, association: Organisation) -> Words | None:
    """To the chair, when the one they asked has said yes; without their name if they are protected."""
    if association.deputy is None:
        return None
    said = _("The one you asked has said yes, and can now move and cancel the association’s talks in your place.")
    if may_see_person(message.recipient, association.deputy):
        said = _("%(name)s has said yes, and can now move and cancel the association’s talks in your place.") % {
            "name": unlinked(association.deputy.name)
        }
    return Words(
        subject=_("%(association)s has a deputy") % {"association": unlinked(association.name)},
        paragraphs=[said],
        button=_to_own_page(association),
    )


@_about_association("talks.deputy_declined", called=gettext_lazy("Association: the deputy has said no"))
def deputy_declined(message: Message, association: Organisation) -> Words | None:
    """To the chair who asked, when the one they asked has said no."""
    return Words(
        subject=_("The person you asked cannot be the deputy"),
        paragraphs=[
            _("You asked somebody to be the deputy of %(association)s, and they have said no. You can ask another.")
            % {"association": unlinked(association.name)}
        ],
        button=_to_deputies(association),
    )


@_about_association("talks.deputy_ended", called=gettext_lazy("Association: no longer the deputy"))
def deputy_ended(message: Message, association: Organisation) -> Words | None:
    """To a former deputy, when the chair or staff have ended it, or another has taken over."""
    if association.deputy == message.recipient:
        return None
    return Words(
        subject=_("You are no longer the deputy of %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _("You no longer see the association’s talks on your page. Thank you for your help.")
            if opens_pages(message)
            else _("You no longer move and cancel the association’s talks. Thank you for your help."),
            _("If that is not right, ask the chair, or call us: %(name)s, %(phone)s.")
            % association.partnership.call_us,
        ],
    )


@_about_association("talks.chair_named", called=gettext_lazy("Association: chair named by staff"))
def chair_named(message: Message, association: Organisation) -> Words | None:
    """To a chair whom staff have entered: what they can do here, and how; nothing if it is another by now."""
    here = association.partnership
    if association.chair != message.recipient:
        return None
    can = _(
        "You can book free talks for the association, and move and cancel them. Before each talk we remind you, and "
        "once a year we ask whether what we know of the association is still right."
    )
    how = (
        _("Enter this email address on the log-in page, and we will send you a code by email. There is no password.")
        if opens_pages(message)
        else _("Call us when you want to book a talk: %(name)s, %(phone)s.") % here.call_us
    )
    return Words(
        subject=_("We have you as the chair of %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[can, how, _is_it_not_right(association)],
        facts=_contacts(message, association),
        button=_to_own_page(association),
    )


@_about_association("talks.chair_ended", called=gettext_lazy("Association: no longer the chair"))
def chair_ended(message: Message, association: Organisation) -> Words | None:
    """To the former chair, when staff have entered another; nothing if they are the chair again."""
    if association.chair == message.recipient:
        return None
    return Words(
        subject=_("You are no longer the chair of %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _(
                "We no longer write to you about its talks, and the links in our earlier emails have ended. Thank you "
                "for your help."
            )
            if opens_pages(message)
            else _("We no longer write to you about its talks. Thank you for your help."),
            _("If that is not right, call us: %(name)s, %(phone)s.") % association.partnership.call_us,
        ],
    )


@_about_association("talks.contacts_changed", called=gettext_lazy("Association: another chair or deputy"))
def contacts_changed(message: Message, association: Organisation) -> Words | None:
    """To the chair, and to the coordinators, who are not told to call themselves."""
    for_staff = message.about.get("for_staff", False)
    return Words(
        subject=_("Who speaks for %(association)s has changed") % {"association": unlinked(association.name)},
        paragraphs=[
            *_who_speaks_for_it(message),
            *([] if for_staff else [_is_it_not_right(association)]),
        ],
        facts=_contacts(message, association),
        button=_to_chair(association) if for_staff else None,
    )


def _who_speaks_for_it(message: Message) -> list[str]:
    """Return who is written to. Once the chair is erased, we do not know whom the association has in their place."""
    if message.about.get("is_erased"):
        return [
            _("The chair before has been deleted from the portal."),
            _("The deputy is the contact person now: we write to them about the talks."),
        ]
    return [_("We write to the chair about the talks. Chair and deputy can move and cancel them.")]


def _is_it_not_right(association: Organisation) -> str:
    return _("If that is not right, call us: %(name)s, %(phone)s.") % association.partnership.call_us


def _to_chair(association: Organisation) -> tuple[str, str]:
    """Return the staff's page of the chair, or where people are found."""
    chair, here = association.chair, association.partnership
    page = reverse("people:person", args=[chair.pk]) if chair else reverse("people:search")
    return _("See who it is"), here.url(page)


def _contacts(message: Message, association: Organisation) -> list[tuple[str, str]]:
    chair, deputy = (_named(message, person) for person in (association.chair, association.deputy))
    return [(association.chair_title, chair), (_("Deputy"), deputy)]


def _named(message: Message, person: User | None) -> str:
    if person is None:
        return _("nobody yet")
    return unlinked(person.name) if may_see_person(message.recipient, person) else _("not shown here")


@_about_association("talks.deputy_stepped_down", called=gettext_lazy("Association: the deputy has stepped down"))
def deputy_stepped_down(message: Message, association: Organisation) -> Words | None:
    """To the chair, when the deputy is deleted or has stepped down; nothing if there is another."""
    if association.deputy:
        return None
    return Words(
        subject=_("%(association)s has no deputy now") % {"association": unlinked(association.name)},
        paragraphs=[_("The person who was deputy no longer is. You can ask somebody else.")],
        button=_to_deputies(association),
    )


@_about_association("talks.chair_now", called=gettext_lazy("Association: the deputy has taken over"))
def chair_now(message: Message, association: Organisation) -> Words | None:
    """To the deputy who has become the chair, because the chair before was deleted."""
    if association.chair != message.recipient:
        return None
    return Words(
        subject=_("You are now the contact person for %(association)s") % {"association": unlinked(association.name)},
        paragraphs=[
            _(
                "You were the deputy, and the one who was contact before has left the portal. We now write to you "
                "about the talks."
            ),
            _("If that is not right, call us: %(name)s, %(phone)s.") % message.partnership.call_us,
        ],
        button=(_("See the talks on my page"), message.partnership.url(reverse("people:me"))),
    )
