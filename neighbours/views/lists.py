"""Pages for staff who bring in a list of helpers from a file: read, looked through, added, and taken back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neighbours import scopes
from neighbours.actions import lists, undoing_lists
from neighbours.consent_words import consent_text
from neighbours.forms.lists import AddListForm, ListFileForm
from neighbours.lists import writing
from neighbours.lists.checking import Checked, check
from neighbours.lists.reading import read
from neighbours.models import HelperList
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import is_valid_within_limit, status_of
from partnership.people.models import LookUp
from partnership.people.rules import may_see_person
from partnership.places.models import Partnership
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.viewing import csv_for_excel

PAGE = 50
# Of those that cannot be added the page shows so many; the file to download has all.
MOST_SHOWN = 100


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def all_lists(request: LoggedInRequest) -> HttpResponse:
    """The lists that were brought in, and the form for another; on POST read its file, and lead to what is in it."""
    here, now = request.partnership, clock.now()
    is_sent = request.method == "POST"
    form = ListFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_valid_within_limit(request, form, "neighbours.list"):
        with refusal_on_form(form, "file"):
            table = read(form.cleaned_data["file"])
            submission = form.cleaned_data["submission"]
            made = lists.read_list(partnership=here, table=table, by=request.user, submission=submission, now=now)
            if table.ignored:
                said = _("We do not read these columns, and keep nothing of them: %(columns)s.")
                messages.info(request, said % {"columns": ", ".join(table.ignored)[:300]})
            return redirect("neighbours:list", pk=made.pk)
    rows = [(one, _done_by(one)) for one in scopes.lists_in_view(request.user, here)[:PAGE]]
    context = {"form": form, "rows": rows, "now": now}
    return render(request, "neighbours/lists.html", context, status=status_of(form))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: LoggedInRequest, pk: int) -> HttpResponse:
    """What is in a list before it is added, and what became of it; on POST add it."""
    here, now, found = request.partnership, clock.now(), _list_or_404(request, pk)
    checked = check(here, found.lines)
    number = len(checked.fit)
    label = ngettext("Add %(number)d helper", "Add %(number)d helpers", number) % {"number": number}
    form = AddListForm(
        request.POST if request.method == "POST" else None, words=_words(here, checked), submit_label=label
    )
    if form.is_valid():
        with refusal_on_form(form):
            added = lists.add_list(helper_list=found, by=request.user, now=now).added or 0
            said = ngettext("%(number)d helper is added.", "%(number)d helpers are added.", added)
            messages.success(request, said % {"number": added})
            return redirect("neighbours:list", pk=found.pk)
        found.refresh_from_db()
    _record_shown(request, checked)
    context = {
        "list": found,
        "form": form if found.is_read and number else None,
        "page": Paginator(checked.fit, PAGE).get_page(request.GET.get("page")),
        "number": number,
        "known": checked.known[:MOST_SHOWN],
        "number_known": len(checked.known),
        "faulty": checked.faulty[:MOST_SHOWN],
        "number_faulty": len(checked.faulty),
        "seen": {one.person.pk for one in checked.known if may_see_person(request.user, one.person)},
        "sources": scopes.sources_of(found),
        "still_here": found.brought.count(),
        "may_be_undone": found.may_be_undone(now),
        "steps": found.steps.select_related("by"),
    }
    return render(request, "neighbours/list.html", context, status=status_of(form))


@staff_required
@require_POST
def discard(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Drop a list that is not to be added."""
    with say_outcome(request, _("The file is deleted. Nothing of it is kept.")):
        lists.discard_list(helper_list=_list_or_404(request, pk), by=request.user)
    return redirect("neighbours:lists")


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: LoggedInRequest, pk: int) -> HttpResponse:
    """What taking a list back deletes, and who stays; on POST take it back."""
    now, found = clock.now(), _list_or_404(request, pk)
    if request.method == "POST":
        with say_outcome(request):
            undone = undoing_lists.take_back(helper_list=found, by=request.user, now=now)
            messages.success(request, _said_of(undone))
        return redirect("neighbours:list", pk=found.pk)
    would, is_open = undoing_lists.would_undo(found), found.may_be_undone(now)
    return render(request, "neighbours/list_undo.html", {"list": found, "would": would, "is_open": is_open})


@staff_required
@require_safe
def faulty_lines(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The lines that cannot be added, as a file to correct and bring in."""
    found = _list_or_404(request, pk)
    checked = check(request.partnership, found.lines)
    _record_shown(request, checked)
    return _for_excel("not-added.csv", writing.faulty(checked))


@staff_required
@require_safe
def sample(request: LoggedInRequest) -> HttpResponse:
    """A file with the names of the columns, in the reader's language."""
    return _for_excel("sample.csv", writing.sample())


def _list_or_404(request: LoggedInRequest, pk: int) -> HelperList:
    found = scopes.lists_in_view(request.user, request.partnership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _done_by(one: HelperList) -> Any:
    return max(one.steps.all(), key=lambda step: step.pk, default=None)


def _record_shown(request: LoggedInRequest, checked: Checked) -> None:
    """Record who of a list the reader has learnt to be known, here or by another partnership: they read of it."""
    now, people = clock.now(), [one.person for one in checked.known]
    lookups.record_listed(request, people, seen_on=LookUp.SeenOn.SLIP, now=now)
    lookups.record_listed(request, checked.elsewhere, seen_on=LookUp.SeenOn.TYPED, now=now)


def _words(here: Partnership, checked: Checked) -> Any:
    """Return the words that those of a list have said yes to, in each of their languages, beside the box."""
    said = []
    for code in sorted({one.language for one in checked.fit}, key=here.languages.index):
        with override(code):
            said.append((code, consent_text(here, on_paper=True)))
    quoted = format_html_join(" ", '<span lang="{}">“{}”</span>', said)
    return format_html(
        "{} {}", _("All whom I add have said yes to these words, as the file says when and how:"), quoted
    )


def _said_of(undone: undoing_lists.Undoing) -> str:
    removed = ngettext(
        "%(number)d helper is deleted again.", "%(number)d helpers are deleted again.", undone.removed
    ) % {"number": undone.removed}
    if not undone.stay:
        return removed
    stay = ngettext(
        "%(number)d stays, who has done something since, or for whom something was noted.",
        "%(number)d stay, who have done something since, or for whom something was noted.",
        undone.stay,
    )
    return f"{removed} {stay % {'number': undone.stay}}"


def _for_excel(name: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    """Return a file that no browser keeps: it may tell of people."""
    answer = csv_for_excel(name, rows)
    answer["Cache-Control"] = "no-store"
    return answer
