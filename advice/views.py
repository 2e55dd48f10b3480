"""The library's pages. All are public and the same for everyone, so that any cache can hold them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from advice import search
from advice.forms import SearchForm
from advice.models import Readers
from advice.rendering import fill, to_html
from advice.shelves import open_article, shelves, topics_with_first
from partnership.web.viewing import PortalRequest, public_page


@public_page(reads={"who": lambda who: who in (Readers.OWNER, Readers.TENANT)})
def library(request: PortalRequest) -> HttpResponse:
    """All articles by topic, for any visitor; `?who=` keeps those for owners or for tenants."""
    who = request.GET.get("who")
    filters = [
        (None, gettext("All advice")),
        (Readers.OWNER, Readers.OWNER.label),
        (Readers.TENANT, Readers.TENANT.label),
    ]
    context = {
        "shelves": shelves(request.LANGUAGE_CODE, request.partnership.emergency_numbers, who),
        "filters": filters,
        "who": who,
        "form": SearchForm(),
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "advice/library.html", context)


@public_page
def article(request: PortalRequest, slug: str) -> HttpResponse:
    """One article in the language of the page, or else in the one that there is; 404 for an unknown `slug`."""
    opened = open_article(slug, request.LANGUAGE_CODE)
    if opened is None:
        raise Http404
    numbers = request.partnership.emergency_numbers
    context = {
        "edition": opened.edition,
        "article": opened.edition.article,
        "previous": opened.previous,
        "next": opened.next,
        "summary": fill(opened.edition.summary, numbers),
        "grade_note": fill(opened.edition.grade_note, numbers),
        "body": to_html(fill(opened.edition.body, numbers)),
        "related": opened.related,
        "is_fallback": opened.edition.language != request.LANGUAGE_CODE,
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "advice/article.html", context)


@public_page(reads={"q": bool})
def find(request: PortalRequest) -> HttpResponse:
    """Search the articles for `?q=`; topics to browse if there is no question or nothing is found."""
    form = SearchForm(request.GET)
    language = request.LANGUAGE_CODE
    context: dict[str, Any] = {"form": form, "question": "", "language": language}
    if form.is_valid() and form.cleaned_data["q"]:
        question = form.cleaned_data["q"]
        results = search.find(question, language, request.partnership.emergency_numbers)
        context |= {"question": question, "results": results}
    if not context.get("results") or not context["results"].hits:
        context["topics"] = topics_with_first(language)
    response = render(request, "advice/search.html", context)
    if not form.is_valid():
        # A refused search may contain somebody's personal number, so no cache may store it.
        response.headers["Cache-Control"] = "no-store"
    return response
