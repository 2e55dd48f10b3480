"""The lists of the administration, with filters in the URL that anybody may have changed."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

NUL = "\0"


class CarefulList(ChangeList):
    """Django's list. What cannot be asked of the database, it takes for a wrong filter: it shows the whole list."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        if any(NUL in f"{name}{texts}" for name, values in request.GET.lists() for texts in values):
            raise IncorrectLookupParameters
        try:
            return super().get_queryset(request, *args, **kwargs)
        except (ValueError, OverflowError) as wrong:
            raise IncorrectLookupParameters from wrong

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (ValueError, OverflowError) as wrong:
            raise IncorrectLookupParameters from wrong
