"""A small library for tests: articles as text, as folders of files, and loaded."""

from pathlib import Path

from advice.actions.publishing import Changes, publish_library
from advice.articles import read_library

FRONT = {
    "title": "Lås alle døre og vinduer",
    "summary": "En dørlås og en haspe er det første.",
    "topic": "home",
    "order": "1",
    "grade": "strong",
    "grade_note": "En stor undersøgelse i England og Wales.",
    "price": "Fra 0 kr.",
    "minutes": "10",
    "who": "both",
    "keywords": "dørlås, haspe",
    "reviewed": "2026-11-22",
}
BODY = "Lås også, når du kun går i haven.\n\nRing {{emergency}}, hvis det sker nu, ellers {{police}}."
SOURCES = ["Det Kriminalpræventive Råd | https://dkr.dk/", "Bo trygt!"]


def article_file(*, body: str = BODY, sources: list[str] = SOURCES, **front: str | None) -> str:
    """The text of an article's file; a key given as None is left out."""
    values = {key: value for key, value in (FRONT | front).items() if value is not None}
    lines = [f"{key}: {value}" for key, value in values.items()]
    lines += ["sources:", *(f"  - {source}" for source in sources)] if sources else []
    return "\n".join(["---", *lines, "---", "", body, ""])


def write_article(folder: Path, slug: str, language: str = "da", **content) -> Path:
    path = folder / slug / f"{language}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(article_file(**content), encoding="utf-8")
    return path


def load(folder: Path, **options) -> Changes:
    articles, problems = read_library(folder)
    assert problems == []
    return publish_library(articles=articles, **options)
