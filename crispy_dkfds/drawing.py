"""Controls drawn in Python: Django takes two template files for each, and two more for each option of a list.
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


def _textarea(widget: dict[str, Any]) -> str:
    drawn = attributes({"name": widget["name"], **widget["attrs"]})
    return f"<textarea{drawn}>\n{text(widget['value'] or '')}</textarea>"


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


def heading(words: object) -> str:
    """Return the heading of a group of radios or checkboxes; nothing without words."""
    return f'<p class="option-heading">{text(words)}</p>\n' if words else ""


def _with_a_capital(label: Any) -> str:
    """Return a label that begins with a capital; HTML stays HTML."""
    words = capfirst(label)
    return mark_safe(words) if hasattr(label, "__html__") else words  # noqa: S308 - it was safe before


def box(shape: str, attrs: dict[str, Any], label: Any) -> str:
    """Return a radio or a checkbox and its label, which begins with a capital. They must be neighbours, which Django's
    are not.
    """
    words = f'<label class="form-label" for="{text(attrs.get("id", ""))}">{text(_with_a_capital(label))}</label>'
    return f'<div class="form-group-{shape}"><input{attributes(attrs)}>{words}</div>'


KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("checkbox", "email", "number", "password", "tel", "text", "time")
    },
}


def draw(template: str, context: dict[str, Any], _renderer: object = None) -> SafeString:
    """Return what a template of KINDS would, for `Widget._render`."""
    return mark_safe(KINDS[template](context["widget"]))  # noqa: S308 - each part is escaped above
