"""The few pages that only show text."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partnership.outbox.post import texts_can_be_answered


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"texts_can_be_answered": texts_can_be_answered(), "backup_days": settings.BACKUPS_KEPT_DAYS}
    return render(request, "places/privacy.html", context)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "places/accessibility.html")


@login_not_required
def was(request: HttpRequest) -> HttpResponse:
    """The short address that the accessibility agency expects on every public site."""
    return redirect("accessibility")


@login_not_required
def admin_login(request: HttpRequest) -> HttpResponse:
    """Send to allauth's log-in page, which limits the attempts and asks for the second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied  # signed in without permission: the log-in page would send them back
    return redirect(f"{reverse('account_login')}?next=/admin/")


@login_not_required
def not_here(request: HttpRequest, *_args: str) -> HttpResponse:
    """Hide a page that a library provides and the portal does not use."""
    raise Http404
