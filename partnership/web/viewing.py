"""Parts of a view: the request under a partnership, the public page, one row that the viewer may see, and a table to
download.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from partnership.places.requests import PortalRequest

# The Cache-Control of what no cache and no browser may keep.
NOT_KEPT = "no-store, private"
Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


# Whether a value of a parameter is one that the page knows.
Known = Callable[[str], object]
NOTHING: Mapping[str, Known] = {}


def public_page(view: View | None = None, *, seconds: int = 300, reads: Mapping[str, Known] = NOTHING) -> Any:
    """Mark a view as open to all and the same for all: any cache may keep its page, and an unchanged page is not sent
    twice.

    Five minutes let a cache in front absorb a rush of visitors, and a correction still shows within the hour; a view
    that sets Cache-Control itself overrides this. Without a cache in front, each process renders the page once a
    second. Such a page must not use the reader, their session, the name of the host or a form.

    `reads` has the parameters of the query that the page reads, and which values of each it knows. It gets no others:
    an invented query would have it rendered again and again.
    """
    if view is None:
        return lambda its_view: public_page(its_view, seconds=seconds, reads=reads)

    @wraps(view)
    def kept(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = _known(request.GET, reads)
        # By the partnership, not by the host: its name can be spelled in many ways, each with any port.
        whose = request.partnership.pk if request.partnership else None
        where = f"{get_language()} {whose} {request.path}?{query.urlencode()}"
        key = sha256(where.encode()).hexdigest()
        response = caches["pages"].get(key)
        if response is None:
            response = _answered(view, request, query, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, public=True, max_age=seconds)
                if response.status_code == HTTPStatus.OK:
                    caches["pages"].set(key, response, settings.RUSH_SECONDS)
        return response

    page = login_not_required(require_safe(conditional_page(kept)))
    page.reads = reads  # type: ignore[attr-defined]
    return page


def _known(asked: QueryDict, reads: Mapping[str, Known]) -> QueryDict:
    known = QueryDict(mutable=True)
    for name, is_known in reads.items():
        value = asked.get(name)
        if value is not None and is_known(value):
            known[name] = value
    return known


def _answered(view: View, request: PortalRequest, query: QueryDict, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's answer to this query. Middleware reads the whole one afterwards, for tokens in it."""
    whole, request.GET = request.GET, cast(Any, query)
    try:
        return view(request, *args, **kwargs)
    finally:
        request.GET = whole


def may_lead_elsewhere(value: str) -> bool:
    """Return whether a browser could read a value of a query as an address of another site. It skips white space, and
    reads a backslash as a slash.
    """
    return "//" in "".join(value.split()).replace("\\", "/")


def fetch(scope: QuerySet[Row], **lookup: Any) -> Row:
    """Return the one row of the viewer's scope that matches; 404 if it does not exist or is not the viewer's to see."""
    try:
        return scope.get(**lookup)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def csv_for_excel(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as a Danish or a Swedish Excel opens it: a mark of its encoding, and semicolons."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer, delimiter=";").writerows(rows)
    return answer
