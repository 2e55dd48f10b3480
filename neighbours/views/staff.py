"""Pages for coordinators, administrators and Nabovenner."""

import uuid
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
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
from neighbours.consent_words import consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from neighbours.forms.listing import HelperFilter
from neighbours.forms.origin import ORIGIN
from neighbours.forms.slips import SlipForm
from neighbours.funnel import funnel
from neighbours.models import Helper, Medium
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, role_required, staff_required
from partnership.people.actions.details import postal_address_of
from partnership.people.limits import refuse_full_mailboxes, status_of, within_limit
from partnership.people.mailboxes import is_verified
from partnership.people.models import LookUp, Role
from partnership.people.rules import in_a_list
from partnership.people.scopes import people_in_view
from partnership.web.acting import refusal_on_form
from written.mailboxes import readable

PAGE = 50


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: LoggedInRequest) -> HttpResponse:
    here, now = request.partnership, clock.now()
    slips = scopes.slips_typed_today(request.user, here, now)
    last = slips.first()
    initial = _known_of_caller(request, now) or ({"medium": last.medium} if last else None)
    form = SlipForm(request.POST or None, partnership=here, initial=initial)
    if within_limit(request, form, "neighbours.slip"):
        with refusal_on_form(form):
            helper = _save_slip(form, request, now)
            messages.success(request, _said_of(helper))
            if form.cleaned_data["phone"] and not helper.person.phone:
                messages.warning(request, _telephone_not_noted(helper))
            return redirect("neighbours:slip")
        form.ask_who_it_is()
        _lead_to_known(request, form, now)
    return render(request, "neighbours/slip.html", {"form": form, "slips": slips}, status=status_of(form, faulty=200))


def _known_of_caller(request: LoggedInRequest, now) -> dict[str, object]:
    """Return what is known of the person from whose page staff came here, as the form shows it."""
    number = request.GET.get("person", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return {}
    person = people_in_view(request.user, request.partnership).filter(pk=int(number)).first()
    if person is None:
        return {}
    lookups.record_shown(request, [person], otherwise=LookUp.Purpose.CALL, seen_on=LookUp.SeenOn.SLIP, now=now)
    home = postal_address_of(person)
    at_home = {"address": home.line, "postcode": home.postcode} if home else {}
    known = {"name": person.name, "email": person.email or "", "phone": person.phone, "language": person.language}
    return {"medium": Medium.PHONE, "is_protected": person.is_protected, **known, **at_home}


def _lead_to_known(request: LoggedInRequest, form: SlipForm, now) -> None:
    """Say in a refused form who it is, with a link to them, and record that the reader has seen it."""
    known = scopes.people_of_slip(request.user, request.partnership, form.cleaned_data)
    if known:
        purpose = LookUp.Purpose.CALL if form.cleaned_data["medium"] == Medium.PHONE else LookUp.Purpose.LETTER_OR_SLIP
        lookups.record_shown(request, known, otherwise=purpose, seen_on=LookUp.SeenOn.SLIP, now=now)
        refusal = " ".join(str(one) for one in form.non_field_errors())
        form.errors.pop(NON_FIELD_ERRORS, None)
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((reverse("people:person", args=[one.pk]), one.name) for one in known)
        )
        form.add_error(None, format_html("{} {}", refusal, links))


def _save_slip(form: SlipForm, request: LoggedInRequest, now) -> Helper:
    typed = form.cleaned_data
    email = "" if typed.get("whose") == SlipForm.ANOTHER else typed["email"]
    what = [typed[name] for name in ("name", "email", "phone", "language", "medium", "shown", "is_protected", *ORIGIN)]
    # The same form with something else in it, after Back, is another slip.
    submission = uuid.uuid5(typed["submission"], repr([*what, typed["door"].pk]))
    refuse_full_mailboxes(request, email, submission=submission)
    with override(typed["language"]):
        words, shown = consent_text(request.partnership), shown_text(request.partnership)
    return joining.join_on_paper(
        partnership=request.partnership,
        by=request.user,
        name=typed["name"],
        email=email,
        phone=typed["phone"],
        address=typed["door"],
        consent_text=words,
        language=typed["language"],
        medium=typed["medium"],
        submission=submission,
        now=now,
        is_same=typed.get("whose") == SlipForm.SAME,
        answer=typed.get("known", ""),
        shown_text=shown if typed["shown"] else "",
        is_protected=typed["is_protected"],
        origin=Origin(was_helper=typed["was_helper"], heard_from=typed["heard_from"]),
    )


def _telephone_not_noted(helper: Helper) -> str:
    """Of somebody whom we knew: a code by text message would go to a number that anybody can write on a slip."""
    said = _("We knew %(name)s already, and have not noted the telephone number of the slip. Ask, and correct it here:")
    page = reverse("people:person", args=[helper.person_id])
    return format_html('{} <a href="{}">{}</a>', said % {"name": helper.person.name}, page, helper.person.name)


def _said_of(helper: Helper) -> str:
    person = helper.person
    if not helper.is_confirmed:
        said = _(
            "%(name)s is known to us, and is asked by email. One press of the button there, and they are a helper."
        )
    elif person.email:
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
    page = Paginator(found.order_by("person__name", "pk"), PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    listed = list(page.object_list)
    people = [helper.person for helper in listed]
    lookups.record_listed(request, people, seen_on=LookUp.SeenOn.HELPERS, now=clock.now())
    context = {
        "form": form,
        "rows": _rows(listed, here, is_staff),
        "page": page,
        "is_staff_here": is_staff,
        "query": asked.urlencode(),
        "stages": funnel(here, here.today()) if is_staff else [],
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
        readable(helper.person.email)
        or helper.partnership.in_groups(helper.person.phone)
        or (_("by letter") if helper.home else "")
    )
