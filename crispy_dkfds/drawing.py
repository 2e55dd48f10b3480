"""Inputs and selects drawn in Python: Django takes two template files for each, and two more for each option of a list.
So the form of a wish takes 1.21 times the processor time, that of a booking 1.15 times (benchmarks/RESULTS.md, "Drawing
that pays rent").
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst


def text(value: object) -> str:
    """Return a value as HTML, as a template writes it."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def attributes(attrs: dict[str, Any]) -> SafeString:
    """Return attributes in their order, with a blank before each; True is an attribute without a value."""
    drawn = [
        f" {name}" if value is True else f' {name}="{text(value)}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - each value is escaped above


def _input(widget: dict[str, Any]) -> str:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return f"<input{attributes({'type': widget['type'], 'name': widget['name'], **value, **widget['attrs']})}>"


def _select(widget: dict[str, Any]) -> str:
    """Each option is a label of its own, and begins with a capital."""
    groups = []
    for heading, options, _index in widget["optgroups"]:
        drawn = "\n".join(_option(option) for option in options)
        groups.append(f'<optgroup label="{text(heading)}">\n{drawn}\n</optgroup>' if heading else drawn)
    body = "\n".join(groups)
    return f"<select{attributes({'name': widget['name'], **widget['attrs']})}>\n{body}\n</select>"


def _option(option: dict[str, Any]) -> str:
    attrs = attributes({"value": str(option["value"]), **option["attrs"]})
    return f"<option{attrs}>{text(capfirst(option['label']))}</option>"


KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "django/forms/widgets/select.html": _select,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("checkbox", "email", "number", "password", "tel", "text")
    },
}


def draw(template: str, context: dict[str, Any], _renderer: object = None) -> SafeString:
    """Return what a template of KINDS would, for `Widget._render`."""
    return mark_safe(KINDS[template](context["widget"]))  # noqa: S308 - each part is escaped above
