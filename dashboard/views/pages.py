"""The public pages about the partnership and its progress, the figures as files, and the staff's dashboard."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import opendata, staffing
from dashboard.progress import Progress, street_sentence
from partnership import clock
from partnership.outbox.post import may_handle
from partnership.people.access import LoggedInRequest, has_role, role_required
from partnership.people.models import Role
from partnership.places.about import about
from partnership.web.viewing import PortalRequest, csv_for_excel, public_page


@public_page
def front(request: PortalRequest) -> HttpResponse:
    """The partnership's front page, for any visitor: the goal, and what there is of it in helpers and burglaries."""
    progress = Progress(request.partnership, request.partnership.today())
    goal = request.partnership.helpers_goal
    context = {
        "street_share": progress.helpers_share,
        "street_sentence": street_sentence(progress.helpers_active, goal),
        "verdict": progress.verdict_in_words,
        "goal": progress.goal,
        "newest_year": progress.newest_year if progress.goal is None else None,
        "helpers_active": progress.helpers_active,
        "helpers_goal": goal,
        "helpers_sentence": progress.helpers_sentence,
        "burglaries_now": progress.window.count if progress.window else None,
        "target_now": progress.verdict.target_now if progress.verdict else None,
        "burglaries_period": progress.period,
        "figures_end": progress.figures_end,
    }
    return render(request, "dashboard/front.html", context)


@public_page
def partnership(request: PortalRequest) -> HttpResponse:
    """What the partnership is and who is in it, for any visitor."""
    here = request.partnership
    context = {"about": about(here, request.LANGUAGE_CODE), "progress": Progress(here, here.today())}
    return render(request, "dashboard/partnership.html", context)


@public_page
def progress(request: PortalRequest) -> HttpResponse:
    """The goal and every figure behind it, for any visitor, with charts and what to know when reading them."""
    found = Progress(request.partnership, request.partnership.today())
    context = {"progress": found, "charts": found.charts(), "remarks": found.remarks("progress")}
    return render(request, "dashboard/progress.html", context)


@public_page
def figures_csv(request: PortalRequest) -> HttpResponse:
    """Every figure of the progress page as CSV, with its definition, source and date."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{request.partnership.slug}-figures.csv"'
    writer = csv.writer(answer)
    writer.writerows(opendata.lines(Progress(request.partnership, request.partnership.today())))
    return answer


@public_page
def figures_for_excel(request: PortalRequest) -> HttpResponse:
    """The same figures as a Danish or a Swedish Excel opens them, with words in the reader's language."""
    found = Progress(request.partnership, request.partnership.today())
    return csv_for_excel(f"{request.partnership.slug}-figures-excel.csv", opendata.lines_for_excel(found))


@role_required(*Role.STAFF, Role.Kind.POLICE)
@require_safe
def staff(request: LoggedInRequest) -> HttpResponse:
    """The dashboard, for staff and police: the figures of the progress page, and how much work waits."""
    now = clock.now()
    found = Progress(request.partnership, request.partnership.today())
    context = {
        "progress": found,
        "charts": found.charts(),
        "work": staffing.work(request.partnership, found.on, now),
        "sees_messages": may_handle(request.user, request.partnership),
        "sees_talks": has_role(request.user, request.partnership, *Role.STAFF),
    }
    return render(request, "dashboard/staff.html", context)
