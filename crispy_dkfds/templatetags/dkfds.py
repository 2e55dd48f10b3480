"""What the templates of the pack ask about a form."""

from copy import copy
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crispy_dkfds import drawing
from crispy_dkfds.widgets import ThreeBoxDateWidget

register = template.Library()

# The first that fits decides, so a subclass stands before its parent.
KINDS = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (ThreeBoxDateWidget, "date"),
    (forms.FileInput, "file"),
)


@register.filter
def kind_template(field: forms.BoundField) -> str:
    """Return the template that draws this kind of field."""
    kind = next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "control")
    return f"dkfds/kinds/{kind}.html"


@register.filter
def control(field: forms.BoundField) -> str:
    """Return the field's own control with the class of the design system added to its classes."""
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    if isinstance(widget, forms.FileInput):
        return field.as_widget()
    if isinstance(widget, forms.CheckboxInput):
        base = "form-checkbox"
    else:
        base = "form-select" if isinstance(widget, forms.Select) else "form-input"
    drawn = copy(widget)
    if widget.template_name in drawing.KINDS:
        drawn._render = drawing.draw
    return field.as_widget(drawn, attrs={"class": f"{base} {own}".strip(), **_not_yet_wrong(field)})


def _not_yet_wrong(field: forms.BoundField) -> dict[str, str]:
    """Say of an empty box that must be filled in that it is not wrong until something was sent: browsers call it
    invalid at once, and screen readers read that out.
    """
    is_required = "required" in field.build_widget_attrs({})
    return {"aria-invalid": "false"} if is_required and not field.form.is_bound else {}


@register.filter
def options(field: forms.BoundField) -> SafeString:
    """Return the radios or checkboxes of a group, each below the heading of its group if it is the first there."""
    shape = "checkbox" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radio"
    headings = _headings(field)
    drawn = [
        drawing.heading(headings.get(option.data["index"], ""))
        + drawing.box(shape, _option_attrs(shape, option.data), option.choice_label)
        for option in field.subwidgets
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308 - each part is escaped there


def _option_attrs(shape: str, option: dict[str, Any]) -> dict[str, Any]:
    own = {"type": shape, "name": option["name"], "value": str(option["value"])}
    return {**own, **option["attrs"], "class": f"form-{shape}"}


def _headings(field: forms.BoundField) -> dict[str, str]:
    """Return the name of each group of options, by the index of its first."""
    return {
        f"{index}_0": choice[0]
        for index, choice in enumerate(field.field.widget.choices)
        if isinstance(choice[1], list | tuple)
    }


@register.filter
def boxes(field: forms.BoundField) -> list[dict]:
    """Return the three boxes of a date; only those that are wrong say so."""
    widget = field.field.widget
    value = field.value()
    typed = value if isinstance(value, list) else widget.decompress(value)
    wrong = wrong_boxes(field)
    return [
        {
            "name": name,
            "label": widget.box_labels[number],
            "id": f"{field.auto_id}_{number}",
            "attrs": drawing.attributes(_box_attrs(field, number, typed[number], number in wrong)),
        }
        for number, name in enumerate(widget.box_names)
    ]


def wrong_boxes(field: forms.BoundField) -> set[int]:
    """Return the numbers of the boxes that the errors are about; all three when an error names none."""
    found: set[int] = set()
    for error in field.errors.as_data():
        box = (error.params or {}).get("box")
        found |= {0, 1, 2} if box is None else {box}
    return found


def _box_attrs(field: forms.BoundField, number: int, typed: object, wrong: bool) -> dict:
    attrs = dict(field.field.widget.widgets[number].attrs)
    # The error width of dkfds is borrowed from its character limit: its rule for dates colours all three boxes.
    attrs["class"] = " ".join(filter(None, ["form-input", "form-limit-error" if wrong else "", attrs.get("class")]))
    attrs |= {"type": "text", "id": f"{field.auto_id}_{number}", "name": f"{field.html_name}_{number}"}
    attrs["value"] = "" if typed is None else str(typed)
    attrs["required"] = field.field.required and field.form.use_required_attribute
    attrs["disabled"] = field.field.disabled
    attrs |= {"aria-invalid": "true"} if wrong else _not_yet_wrong(field)
    return attrs


@register.filter
def stored_file(field: forms.BoundField) -> dict | None:
    """Return the file that is stored already, with its checkbox to remove it, or None."""
    widget = field.field.widget
    if not isinstance(widget, forms.ClearableFileInput) or not widget.is_initial(field.initial):
        return None
    name = widget.clear_checkbox_name(field.html_name)
    return {"file": field.initial, "clear": None if field.field.required else name, "id": f"id_{name}"}


@register.filter
def only_input(field: forms.BoundField) -> str:
    """Return a file input without Django's own words around it."""
    return field.as_widget(widget=forms.FileInput(attrs=field.field.widget.attrs))


@register.filter
def mark(field: forms.BoundField) -> str:
    """Return "(optional)" or "(required)", depending on which fewer fields of the form need, or nothing.

    A single checkbox can be left alone as it is, and needs no mark; neither does a form where all fields are alike, nor
    one whose hint says when it is left empty (the form's `unmarked`), nor radios of which one is chosen already.
    """
    if not _can_need_a_mark(field) or field.name in getattr(field.form, "unmarked", ()):
        return ""
    # Once for each form: every field is compared with all others.
    own = vars(field.form)
    if "marks" not in own:
        own["marks"] = _marks(field.form)
    return own["marks"][field.field.required]


def _marks(form: forms.BaseForm) -> dict[bool, str]:
    """Return the mark of a form's fields that are required, and of those that are not."""
    counted = [one.field.required for one in form if not one.is_hidden and _can_need_a_mark(one)]
    optional = counted.count(False)
    if optional in (0, len(counted)):
        return {True: "", False: ""}
    return {True: "", False: _("(optional)")} if optional * 2 <= len(counted) else {True: _("(required)"), False: ""}


def _can_need_a_mark(field: forms.BoundField) -> bool:
    """Return whether a field can be left empty at all, and does not look answered when it is."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return True
    return not isinstance(widget, forms.CheckboxInput) and not (
        isinstance(widget, forms.RadioSelect) and field.initial not in (None, "")
    )


@register.filter
def first_target(field: forms.BoundField, box: int | None = None) -> str:
    """Return the id of the control that a link to this field should reach, or nothing when it is not on the page."""
    drawn = getattr(field.form, "rendered_fields", None)
    if field.is_hidden or not field.auto_id or (drawn and field.name not in drawn):
        return ""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect):  # checkbox groups too: Django derives them from radios
        return field.subwidgets[0].id_for_label if field.subwidgets else ""
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_{box or 0}"
    return widget.attrs.get("id") or field.auto_id


def problems(form: forms.BaseForm) -> list[dict]:
    """Return each error message of a form once, unchanged, with the id that it links to; general ones first."""
    found = [{"message": message, "target": ""} for message in form.non_field_errors()]
    for field in form:
        for error, message in zip(field.errors.as_data(), field.errors, strict=True):
            found.append({"message": message, "target": first_target(field, (error.params or {}).get("box"))})
    return found


@register.inclusion_tag("dkfds/error_summary.html")
def error_summary(form: forms.BaseForm | forms.BaseFormSet) -> dict:
    """Draw the list of errors above the form; nothing when there are none."""
    if isinstance(form, forms.BaseFormSet):
        found = [{"message": message, "target": ""} for message in form.non_form_errors()]
        found += [problem for each in form for problem in problems(each)]
    else:
        found = problems(form)
    return {"problems": found, "title_id": "-".join(filter(None, ["error-summary-title", form.prefix]))}


@register.simple_tag
def error_prefix(form: object = None) -> str:
    """Return "Error: " for the front of a page's <title> when its form has errors."""
    has_errors = isinstance(form, forms.BaseForm) and bool(form.errors)
    if isinstance(form, forms.BaseFormSet):
        has_errors = form.is_bound and not form.is_valid()
    return _("Error: ") if has_errors else ""


@register.filter
def button_classes(classes: str) -> str:
    """Translate crispy's button classes (Bootstrap's) into those of the design system."""
    named = [name.replace("btn", "button", 1) if name.split("-")[0] == "btn" else name for name in classes.split()]
    if named == ["button"]:
        named.append("button-secondary")
    return " ".join(dict.fromkeys(named))
