"""The few pages that are only words."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partnership.outbox.post import texts_can_be_answered


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "places/privacy.html", {"texts_can_be_answered": texts_can_be_answered()})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "places/accessibility.html")


@login_not_required
def was(request: HttpRequest) -> HttpResponse:
    """The short address that the accessibility agency asks every public site for."""
    return redirect("accessibility")


@login_not_required
def admin_login(request: HttpRequest) -> HttpResponse:
    """The administration has no log-in of its own: allauth's counts the tries and asks for the second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied  # who is signed in and sent here may not come in; the log-in page would send her back
    return redirect(f"{reverse('account_login')}?next=/admin/")


@login_not_required
def not_here(request: HttpRequest, *_args: str) -> HttpResponse:
    """Stand before a page that a library would bring, and that nobody here has a use for."""
    raise Http404
