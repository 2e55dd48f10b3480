"""The pages on which people see, take with them and correct what we know about them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.people.access import LoggedInRequest, is_by_own_code
from partnership.people.actions.own_settings import change_details
from partnership.people.limits import status_of
from partnership.people.own.by_code import said_of_new_number
from partnership.people.own.files import everything_about
from partnership.people.own.forms import DetailsForm
from partnership.people.own.readable import in_words
from partnership.web.acting import refusal_on_form


@require_safe
def data(request: LoggedInRequest) -> HttpResponse:
    """Show all that we know about the reader."""
    return render(request, "people/own/data.html", {"parts": in_words(request.user)})


@require_safe
def download(request: LoggedInRequest) -> HttpResponse:
    """Return the same as a file."""
    now = clock.now()
    packed = everything_about(request.user, now)
    # Translators: the name of a file, without its ending: small letters from a to z, and hyphens.
    name = _("my-data")
    name = f"{name}-{request.partnership.today().isoformat()}.zip"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(packed, content_type="application/zip", headers=disposition)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: LoggedInRequest) -> HttpResponse:
    """Ask how the reader's name is written, and for their number, and store both."""
    form = DetailsForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        with refusal_on_form(form, "name"):
            now, by_code = clock.now(), is_by_own_code(request)
            changed = change_details(person=request.user, is_by_code=by_code, now=now, **form.cleaned_data)
            if changed:
                saved = _("Saved.")
                messages.success(request, f"{saved} {said_of_new_number(request, now)}".strip())
            else:
                messages.info(request, _("Nothing is changed."))
            return redirect("people:me")
    return render(request, "people/own/details.html", {"form": form}, status=status_of(form))
