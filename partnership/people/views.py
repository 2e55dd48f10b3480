"""A person's own page."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, has_role, is_by_own_code, may_administer, role_required
from partnership.people.actions import protecting
from partnership.people.actions.duplicates import Duplicate, sharing_a_mailbox
from partnership.people.actions.duplicates import duplicates as duplicates_of
from partnership.people.actions.erasing import consequences_of, erase
from partnership.people.actions.own_settings import set_language
from partnership.people.forms import EraseForm, LanguageForm, ProtectionForm
from partnership.people.limits import status_of
from partnership.people.models import LookUp, Role, User
from partnership.people.own.held_back import said_to_reader
from partnership.people.own.reached import way_in_words
from partnership.people.own_page import cards_for, offered
from partnership.people.scopes import people_in_view
from partnership.people.staff import alike
from partnership.people.staff.alike import Alike
from partnership.people.staff.ended import say_what_you_ended
from partnership.web.acting import say_outcome
from partnership.web.viewing import PortalRequest, public_page

DUPLICATES_ON_A_PAGE = 50


def me(request: LoggedInRequest) -> HttpResponse:
    """Show each room's card for this person, and for staff a link to the dashboard."""
    now = clock.now()
    drawn = [(card.is_about_log_in, card.draw(request)) for card in cards_for(request.user, request, now)]
    context = {
        "cards": [card for is_about_log_in, card in drawn if not is_about_log_in],
        "log_in_cards": [card for is_about_log_in, card in drawn if is_about_log_in],
        "offered": offered(request, now),
        "held_back": said_to_reader(request.user) if request.user.is_held_back(now) else "",
        "reached": way_in_words(request.user),
        "mail_language": dict(settings.LANGUAGES).get(request.user.language, ""),
        "is_staff_here": has_role(request.user, request.partnership, *Role.NEEDS_SECOND_FACTOR),
        "may_administer": may_administer(request.user, request.partnership),
    }
    return render(request, "people/me.html", context)


@require_http_methods(["GET", "POST"])
def language(request: LoggedInRequest) -> HttpResponse:
    """Ask which language we write in, and store the answer."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        set_language(person=request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Saved. From now on we write to you in this language."))
        return redirect("people:me")
    return render(request, "people/language.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def protection(request: LoggedInRequest) -> HttpResponse:
    """Ask whether the person has name and address protection, and store the answer."""
    now, typed = clock.now(), request.POST if request.method == "POST" else None
    form = ProtectionForm(typed, is_protected=request.user.is_protected)
    if form.is_valid():
        is_wanted = form.cleaned_data["is_protected"]
        if is_wanted == request.user.is_protected:
            messages.info(request, _("Nothing is changed."))
            return redirect("people:me")
        with say_outcome(request, said_of_protection(is_wanted)):
            if is_wanted:
                protecting.protect(person=request.user, by=request.user, now=now)
            else:
                by_code = is_by_own_code(request)
                protecting.end_protection(person=request.user, by=request.user, is_by_code=by_code, now=now)
        if is_wanted:
            say_what_you_ended(request, request.user, now)
        return redirect("people:me")
    return render(request, "people/protection.html", {"form": form}, status=status_of(form))


def said_of_protection(is_wanted: bool) -> str:
    """Return what somebody reads who has just begun or ended their own name and address protection."""
    if is_wanted:
        return _("Saved. Only coordinators and administrators see you here.")
    return _("Saved. You no longer have name and address protection here.")


@require_http_methods(["GET", "POST"])
def erase_me(request: LoggedInRequest) -> HttpResponse:
    """Say what is deleted and what stays; on POST, erase the person and log them out."""
    if request.method == "POST":
        with say_outcome(request):
            erase(person=request.user, by=request.user, now=clock.now())
            logout(request)
            return redirect("people:erased")
        return redirect("people:erase")
    found = consequences_of(request.user, clock.now())
    context = {
        "form": EraseForm(),
        "consequences": found,
        "is_prevented": any(one.prevents for one in found),
        "backup_days": settings.BACKUPS_KEPT_DAYS,
    }
    return render(request, "people/erase.html", context)


@role_required(Role.Kind.ADMINISTRATOR)
@require_safe
def duplicates(request: LoggedInRequest) -> HttpResponse:
    """List people of here who may be here twice, and say what to do, a page of them at a time."""
    here = request.partnership
    known = people_in_view(request.user, here).filter(is_active=True).select_related("partnership")
    found: dict[str, Sequence[Duplicate | Alike | list[User]]] = {
        "duplicates": duplicates_of(here),
        "sharing": sharing_a_mailbox(here),
        "homes": alike.with_one_name_and_home(known, here),
        "telephones": alike.with_one_telephone(known, here),
    }
    rows = [(kind, one) for kind, those in found.items() for one in those]
    page = Paginator(rows, DUPLICATES_ON_A_PAGE).get_page(request.GET.get("page"))
    people = [person for _kind, one in page for person in (one if isinstance(one, list) else one.people)]
    listed = [person for person in people if person.partnership_id == here.pk]
    lookups.record_listed(request, listed, seen_on=LookUp.SeenOn.MAILBOXES, now=clock.now())
    shown = {kind: [one for its_kind, one in page if its_kind == kind] for kind in found}
    return render(request, "people/duplicates.html", {**shown, "page": page, "here": here})


@public_page
def erased(request: PortalRequest) -> HttpResponse:
    """The receipt after somebody has deleted everything about themselves. They are logged out, so it is public."""
    return render(request, "people/erased.html", {"backup_days": settings.BACKUPS_KEPT_DAYS})
