"""Corrections by the platform's staff, through the action that also loads the library's files, so that the index is
never stale.
"""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from advice.actions import publishing
from advice.models import Article, Edition
from partnership import clock
from partnership.people.administration import OwnPartnershipAdmin


@admin.register(Article)
class ArticleAdmin(OwnPartnershipAdmin):
    list_display = ("slug", "topic", "order", "grade", "who", "reviewed_on")
    list_filter = ("topic", "grade", "who")
    search_fields = ("slug",)

    # Topic, grade and order come from an article's files; the next load would overwrite a change here.
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # an article comes from a file, with its Danish edition

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # it is deleted with its file; otherwise the next load would bring it back


@admin.register(Edition)
class EditionAdmin(OwnPartnershipAdmin):
    list_display = ("title", "language", "article", "corrected_at")
    list_filter = ("language", "article__topic")
    list_select_related = ("article",)
    search_fields = ("title", "summary", "article__slug")
    readonly_fields = ("corrected_at",)

    # All partnerships share the articles: the administrators of one read them, those of the platform correct them.
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_change_permission

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "article", "language") if obj else self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("document", "body_words")

    def save_model(self, request: HttpRequest, obj: Edition, form, change: bool) -> None:
        publishing.correct_edition(edition=obj, values=form.cleaned_data, now=clock.now())

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
