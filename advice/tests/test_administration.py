"""Staff correct an edition in the administration; the search knows at once and later loads leave it alone."""

import pytest
from django.contrib.admin.sites import site
from django.forms import modelform_factory

from advice.models import Article, Edition
from advice.tests.builders import load, write_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(tmp_path) -> Edition:
    write_article(tmp_path, "door")
    load(tmp_path)
    return Edition.objects.get()


def test_a_correction_goes_through_the_action(edition, rf):
    room = site._registry[Edition]
    fields = ["title", "summary", "grade_note", "price", "keywords", "body", "sources"]
    values = {name: getattr(edition, name) for name in fields} | {"title": "Vindueshaspen", "sources": "[]"}
    form = modelform_factory(Edition, fields=fields)(
        values | {"sources": '[{"text": "x", "url": ""}]'}, instance=edition
    )
    assert form.is_valid(), form.errors
    room.save_model(rf.post("/admin/"), form.save(commit=False), form, change=True)
    edition = Edition.objects.get()
    assert edition.corrected_at is not None
    assert "hasp" in edition.document
    assert "vindu" in edition.document


def test_articles_and_editions_leave_with_their_files_only(edition, rf):
    for model in (Article, Edition):
        assert not site._registry[model].has_delete_permission(rf.get("/admin/"), None)
    assert not site._registry[Article].has_change_permission(rf.get("/admin/"))
    assert not site._registry[Article].has_add_permission(rf.get("/admin/"))


def test_an_edition_stays_with_its_article_and_language(edition, rf):
    assert {"article", "language"} <= set(site._registry[Edition].get_readonly_fields(rf.get("/admin/"), edition))
