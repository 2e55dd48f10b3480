"""The list of a reader's sign-ins, for their own page."""

from typing import Any

from django import template

from entrance.scopes import own_sign_ins
from partnership import clock

register = template.Library()


@register.inclusion_tag("entrance/sign_ins.html", takes_context=True)
def sign_ins(context: template.Context) -> dict[str, Any]:
    """Show where the reader is signed in, with a button to end each."""
    request = context["request"]
    listed = own_sign_ins(request, clock.now())
    return {"sign_ins": listed, "request": request, "csrf_token": context.get("csrf_token")}
