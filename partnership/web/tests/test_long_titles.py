"""A title that has no room for all of its words is cut after a whole one."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Move the talk: 21 January 2027, Vorup", "Move the talk: 21 January 2027, Vorup"),
        (f"{'Long ' * 10}on Thursday 21 January 2027", f"{'Long ' * 10}on Thursday 21…"),
        ("x" * 80, f"{'x' * 69}…"),
    ],
)
def test_a_title_is_cut_after_a_whole_word(words: str, title: str) -> None:
    template = Template("{% load search_engines %}{% page_title %}{{ words }}{% endpage_title %}")
    context = Context({"words": words})
    with context.render_context.push_state(template):
        assert template.nodelist.render(context) == title
    assert len(title) <= 70
