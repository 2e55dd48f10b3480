"""Pages for coordinators, administrators and Nabovenner."""

import uuid
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from neighbours import rules, scopes
from neighbours.actions import joining
from neighbours.actions.origin import Origin
from neighbours.actions.requests import Slip
from neighbours.consent_words import consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from neighbours.forms.listing import HelperFilter
from neighbours.forms.origin import ORIGIN
from neighbours.forms.slips import SlipForm
from neighbours.funnel import funnel
from neighbours.models import Helper, HelperStep
from partnership import clock
from partnership.fields.phone import e164
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import obstacle_to_staff, reached_now
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, role_required, staff_required
from partnership.people.actions.details import postal_address_of
from partnership.people.actions.moves import no_code_before
from partnership.people.limits import is_valid_within_limit, refuse_full_mailboxes, status_of
from partnership.people.mailboxes import has_verified_mailbox, is_verified, is_written_down
from partnership.people.models import LookUp, Medium, Role, User
from partnership.people.rules import in_a_list
from partnership.people.scopes import people_in_view
from partnership.people.staff.ended import say_what_ended
from partnership.web.acting import refusal_on_form
from partnership.web.keyset import page_of
from written.mailboxes import readable

PAGE = 50


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: LoggedInRequest) -> HttpResponse:
    """The form in which staff type paper slips and calls; on POST store one, and lead to an empty form for the next."""
    here, now = request.partnership, clock.now()
    slips = scopes.slips_typed_today(request.user, here, now)
    last = slips.first()
    caller = _known_of_caller(request, now)
    form = SlipForm(request.POST or None, partnership=here, initial=caller or _kept_of(last))
    if last and not (caller or form.is_bound):
        form.begin_at_name()
    if is_valid_within_limit(request, form, "neighbours.slip"):
        with refusal_on_form(form):
            joined = _save_slip(form, request, now)
            lookups.remember(request, [joined.helper.person], _purpose_of(form), now)
            messages.success(request, _said_of(joined.helper))
            say_what_ended(request, joined.helper.person, now)
            if warning := _about_telephone(joined, form.cleaned_data["phone"], now):
                messages.warning(request, warning)
            return redirect("neighbours:slip")
        form.ask_who_it_is()
        _lead_to_known(request, form, now)
    return render(request, "neighbours/slip.html", {"form": form, "slips": slips}, status=status_of(form, faulty=200))


def _known_of_caller(request: LoggedInRequest, now) -> dict[str, object]:
    """Return what is known of the person from whose page staff came here, as the form shows it. A number or a mailbox
    that nobody has verified is left out: who is on the phone says it, or it is not theirs.
    """
    number = request.GET.get("person", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return {}
    person = people_in_view(request.user, request.partnership).filter(pk=int(number)).first()
    if person is None:
        return {}
    lookups.record_shown(request, [person], otherwise=LookUp.Purpose.CALL, seen_on=LookUp.SeenOn.SLIP, now=now)
    home = postal_address_of(person)
    at_home = {"address": home.line, "postcode": home.postcode} if home else {}
    known: dict[str, object] = {"name": person.name, "language": person.language}
    known |= {"email": person.email} if has_verified_mailbox(person) else {}
    known |= {"phone": person.phone} if person.phone_is_verified else {}
    return {"medium": Medium.PHONE, "is_protected": person.is_protected, **known, **at_home}


def _kept_of(last: HelperStep | None) -> dict[str, object]:
    """Return what the next slip of a pile has like the one before: how it came in and, on paper, street and postcode.
    The street of somebody protected is not shown again.
    """
    if last is None:
        return {}
    home = last.helper.home
    if last.medium != Medium.PAPER or home is None or last.helper.person.is_protected:
        return {"medium": last.medium}
    return {"medium": last.medium, "address": f"{home.address.street} ", "postcode": home.address.postcode}


def _lead_to_known(request: LoggedInRequest, form: SlipForm, now) -> None:
    """Say in a refused form who it is, with a link to them, and record that the reader has seen it."""
    lookups.record_met_elsewhere(request, form, now)
    known = scopes.people_of_slip(request.user, request.partnership, form.cleaned_data)
    if known:
        lookups.record_shown(request, known, otherwise=_purpose_of(form), seen_on=LookUp.SeenOn.SLIP, now=now)
        refusal = " ".join(str(one) for one in form.non_field_errors())
        form.errors.pop(NON_FIELD_ERRORS, None)
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((reverse("people:person", args=[one.pk]), one.name) for one in known)
        )
        form.add_error(None, format_html("{} {}", refusal, links))


def _purpose_of(form: SlipForm) -> str:
    return LookUp.Purpose.CALL if form.cleaned_data["medium"] == Medium.PHONE else LookUp.Purpose.LETTER_OR_SLIP


def _save_slip(form: SlipForm, request: LoggedInRequest, now) -> joining.Joined:
    typed = form.cleaned_data
    email = "" if typed.get("whose") == SlipForm.ANOTHER else typed["email"]
    what = [typed[name] for name in ("name", "email", "phone", "language", "medium", "shown", "is_protected", *ORIGIN)]
    # The same form with something else in it, after Back, is another slip.
    submission = uuid.uuid5(typed["submission"], repr([*what, typed["door"].pk]))
    refuse_full_mailboxes(request, email, submission=submission)
    with override(typed["language"]):
        words, shown = consent_text(request.partnership, on_paper=True), shown_text(request.partnership)
    slip = Slip(
        partnership=request.partnership,
        name=typed["name"],
        email=email,
        phone=typed["phone"],
        address=typed["door"],
        consent_text=words,
        language=typed["language"],
        medium=typed["medium"],
        submission=submission,
        is_owner=typed.get("whose") == SlipForm.SAME,
        answer=typed.get("known", ""),
        shown_text=shown if typed["shown"] else "",
        is_protected=typed["is_protected"],
        origin=Origin(was_helper=typed["was_helper"], heard_from=typed["heard_from"]),
    )
    return joining.join_on_paper(slip=slip, by=request.user, now=now)


def _about_telephone(joined: joining.Joined, typed: str, now) -> str:
    """Return what staff are to ask somebody whom we knew: anybody can write a number on a slip, or have had one written
    down before, and a code by text message would go there. "" if there is nothing to ask.
    """
    person, here = joined.helper.person, joined.helper.partnership
    is_left_out = bool(typed) and e164(typed, here.country) != e164(person.phone, here.country)
    from_when = no_code_before(person, "phone", now) if "phone" in joined.in_doubt else None
    said = _of_number(is_left_out, has_number=bool(person.phone), is_held_back=from_when is not None)
    day = day_in_words(clock.local(from_when, here.zone).date()) if from_when else ""
    page = reverse("people:person", args=[person.pk])
    about = {"name": person.name, "day": day}
    return format_html('{} <a href="{}">{}</a>', said % about, page, person.name) if said else ""


def _of_number(is_left_out: bool, *, has_number: bool, is_held_back: bool) -> str:
    if is_left_out and is_held_back:
        return _(
            "We have another telephone number for %(name)s, and have not noted that of the slip. No code goes to the "
            "one that we have by text message before %(day)s. Ask, and correct it here:"
        )
    if is_held_back:
        return _(
            "We have a telephone number for %(name)s that is not on the slip. No code goes there by text message "
            "before %(day)s. Ask, and correct it here:"
        )
    if is_left_out and has_number:
        return _(
            "We have another telephone number for %(name)s, and have not noted that of the slip. Ask, and correct it "
            "here:"
        )
    if is_left_out:
        return _(
            "We knew %(name)s already, and have not noted the telephone number of the slip. Ask, and correct it here:"
        )
    return ""


def _said_of(helper: Helper) -> str:
    person = helper.person
    by_email = is_written_down(person) or not helper.is_confirmed
    channel = reached_now(person, by_email=by_email).channel
    if channel is None:
        said = _("%(name)s is known to us and must be asked first, but no message reaches them.")
        if helper.is_confirmed:
            said = _("%(name)s is now a neighbour helper, but no welcome reaches them.")
        return f"{said % {'name': person.name}} {obstacle_to_staff(person, by_email=by_email)}"
    if not helper.is_confirmed:
        said = _(
            "%(name)s is known to us, and is asked by email. One press of the button there, and they are a helper."
        )
    elif channel == User.Channel.SMS:
        said = _("%(name)s is now a neighbour helper, and gets a welcome by text message.")
    elif channel == User.Channel.MAIL:
        said = _("%(name)s is now a neighbour helper, and gets a welcome by email.")
        if not is_verified(person):
            said += " " + _("What they do counts once they have logged in with a code that we send there.")
    else:
        said = _("%(name)s is now a neighbour helper. In a moment the welcome is among the letters to print.")
    return said % {"name": person.name}


@dataclass(frozen=True)
class Row:
    """The data about a helper that this reader may see, and nothing else; with `person` there is a page to open."""

    name: str
    area: str
    done: list[str]
    state: str = ""
    address: str = ""
    contact: str = ""
    person: int | None = None


@role_required(*Role.STAFF, Role.Kind.NABOVEN)
@require_safe
def helpers(request: LoggedInRequest) -> HttpResponse:
    """List helpers, filtered by area and for staff by state."""
    here = request.partnership
    is_staff = rules.may_see_addresses(request.user, here)
    areas = scopes.areas_in_view(request.user, here)
    form = HelperFilter(request.GET, areas=areas, with_states=is_staff)
    found = scopes.helpers_in_view(request.user, here).select_related("person", "household__address", "household__area")
    found = form.narrow(found, here.today(), here)
    # The person's partnership is the helper's, and has an index by name.
    page = page_of(found.filter(person__partnership=here), request.GET, order=("person__name", "person_id"), size=PAGE)
    people = [helper.person for helper in page.rows]
    lookups.record_listed(request, people, seen_on=LookUp.SeenOn.HELPERS, now=clock.now())
    context = {
        "form": form,
        "rows": _rows(page.rows, here, is_staff),
        "page": page,
        "number": found.count(),
        "is_staff_here": is_staff,
        # Above the whole list: a list that is narrowed down is read for its rows.
        "stages": funnel(here, here.today()) if is_staff and not request.GET else [],
        "active_in": [] if is_staff else scopes.active_in(request.user, here, here.today()),
        "shown_from": scopes.SHOWN_FROM,
    }
    return render(request, "neighbours/helpers.html", context)


def _rows(helpers: list[Helper], here, is_staff: bool) -> list[Row]:
    done = scopes.kinds_done([helper.person_id for helper in helpers], here)
    return [_row(helper, done.get(helper.person_id, set()), is_staff) for helper in helpers]


def _row(helper: Helper, done: set[str], is_staff: bool) -> Row:
    home = helper.home
    things = [str(thing.title) for thing in FIRST_THINGS if thing.kind in done]
    row = Row(name=helper.person.name, area=str(home.area) if home else "", done=things)
    if not is_staff:
        return row
    return replace(
        row,
        state=capfirst(helper.get_state_display()),
        address=in_a_list(home.address.label if home else "", helper.person),
        contact="" if helper.person.is_protected else _reached_at(helper),
        person=helper.person_id,
    )


def _reached_at(helper: Helper) -> str:
    return (
        (readable(helper.person.email) if helper.person.has_open_mailbox else "")
        or helper.partnership.in_groups(helper.person.phone)
        or (_("by letter") if helper.home else "")
    )
