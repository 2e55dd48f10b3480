"""The reader of the library's files is strict and says which line is wrong."""

from datetime import date

import pytest

from advice.articles import Source, read_edition, read_library
from advice.tests.builders import article_file, write_article


def problems_of(text: str) -> list[tuple[int, str]]:
    edition, problems = read_edition(text, language="da", name="locks/da.md")
    assert edition is None
    return [(problem.line, problem.reason) for problem in problems]


def test_a_whole_file_is_read():
    edition, problems = read_edition(article_file(), language="da", name="locks/da.md")
    assert problems == []
    assert (edition.title, edition.topic, edition.order, edition.minutes) == ("Lås alle døre og vinduer", "home", 1, 10)
    assert edition.reviewed_on == date(2026, 11, 22)
    assert edition.sources == (Source("Det Kriminalpræventive Råd", "https://dkr.dk/"), Source("Bo trygt!"))
    assert edition.body.startswith("Lås også")


def test_price_and_minutes_may_be_left_out():
    edition, _ = read_edition(article_file(price=None, minutes=None), language="da", name="locks/da.md")
    assert (edition.price, edition.minutes) == ("", None)


def test_windows_line_ends_and_a_byte_order_mark_are_no_problem(tmp_path):
    path = write_article(tmp_path, "locks")
    path.write_bytes(b"\xef\xbb\xbf" + article_file().replace("\n", "\r\n").encode())
    assert read_library(tmp_path)[1] == []


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            {"topic": "garden"},
            4,
            "topic is “garden”; it must be one of home, neighbours, habits, after, flats, marking",
        ),
        ({"order": "first"}, 5, "order must be a whole number"),
        ({"order": "²"}, 5, "order must be a whole number"),
        ({"grade": "certain"}, 6, "grade is “certain”; it must be one of strong, promising, mixed, none, practice"),
        ({"minutes": "-3"}, 9, "minutes must be a whole number"),
        ({"who": "landlord"}, 10, "who is “landlord”; it must be one of owner, tenant, both"),
        ({"reviewed": "22.11.2026"}, 12, "reviewed must be a date such as 2026-11-22"),
        ({"reviewed": "2026-02-30"}, 12, "reviewed must be a date such as 2026-11-22"),
        ({"title": ""}, 2, "title is empty"),
        ({"title": "x" * 121}, 2, "title has 121 characters; at most 120"),
        ({"title": "Ring {{police}}"}, 2, "title holds a placeholder; only summary, grade_note and the text below may"),
        ({"summary": None}, 1, "summary is missing"),
        ({"colour": "red"}, 13, "colour is not a key of an article"),
        ({"sources": []}, 1, "at least one source is needed"),
        ({"sources": ["A paper | ftp://example.org"]}, 14, "a source's address must begin with https://"),
        ({"sources": ["A paper | javascript:alert(1)"]}, 14, "a source's address must begin with https://"),
        ({"body": "# A second title"}, 17, "the title is the page's only top heading; use ## in the text"),
        ({"body": "Ring {{fire}}."}, 17, "{{fire}} is not known; use {{emergency}} or {{police}}"),
        ({"body": "a\n\x00"}, 18, "there is a NUL byte in this line"),
        ({"body": "LÃ¥s dÃ¸ren"}, 17, "letters are broken here (a file that was saved in another encoding)"),
        ({"body": ""}, 15, "there is no text below the front matter"),
    ],
)
def test_a_mistake_is_told_by_its_line(change, line, message):
    sources = {"sources": change.pop("sources")} if "sources" in change else {"sources": ["A | https://example.org/"]}
    found = problems_of(article_file(**change, **sources))
    assert (line, message) in found
    assert len(found) == 1


def test_every_mistake_of_a_file_is_told_at_once():
    found = problems_of(article_file(topic="garden", order="x", reviewed="soon"))
    assert [line for line, _ in found] == [4, 5, 12]


def test_a_key_that_stands_twice_is_refused():
    text = article_file().replace("topic: home", "topic: home\ntopic: after")
    assert (5, "topic stands here twice (first in line 4)") in problems_of(text)


def test_a_line_that_is_no_entry_is_refused():
    text = article_file().replace("topic: home", "topic: home\njust words")
    assert (5, "this line is neither “key: value” nor “  - text | address”") in problems_of(text)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the first line must be ---"),
        ("title: x", 1, "the first line must be ---"),
        ("---\ntitle: x", 2, "the front matter is never closed by a line of ---"),
    ],
)
def test_a_file_without_front_matter_is_refused(text, line, message):
    assert problems_of(text) == [(line, message)]


def folder_problems(folder) -> list[str]:
    return [str(problem) for problem in read_library(folder)[1]]


def test_a_file_in_another_encoding_is_refused_by_line(tmp_path):
    write_article(tmp_path, "locks").write_bytes(article_file().encode("latin-1"))
    assert "locks/da.md:2: this is not UTF-8; save the file as UTF-8" in folder_problems(tmp_path)


def test_what_is_the_same_in_every_language_must_agree(tmp_path):
    write_article(tmp_path, "locks")
    write_article(tmp_path, "locks", "sv", topic="habits")
    assert folder_problems(tmp_path) == [
        "locks/sv.md:0: topic is habits here and home in Danish; they must be the same"
    ]


def test_an_article_without_danish_is_refused(tmp_path):
    write_article(tmp_path, "locks", "sv")
    assert folder_problems(tmp_path) == ["locks/da.md:0: the Danish edition is missing or cannot be read"]


@pytest.mark.parametrize("slug", ["search", "home-check", "Locks", "dør", "a_b"])
def test_a_folder_that_cannot_be_an_address_is_refused(tmp_path, slug):
    write_article(tmp_path, slug)
    assert folder_problems(tmp_path) == [f"{slug}:0: this folder name cannot be an article's address"]


def test_a_stray_file_is_refused(tmp_path):
    write_article(tmp_path, "locks")
    (tmp_path / "locks" / "notes.txt").write_text("later")
    assert folder_problems(tmp_path) == ["locks/notes.txt:0: only da.md, sv.md, en.md belong here"]


def test_an_empty_folder_is_refused(tmp_path):
    assert len(folder_problems(tmp_path)) == 1
