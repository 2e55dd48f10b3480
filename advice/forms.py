from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.fields.texts import no_control_characters, no_cpr

LONGEST_QUESTION = 200


class SearchForm(forms.Form):
    """The library's search: a plain GET, so that its pages set no cookie and any cache can hold them."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST_QUESTION,
        validators=[no_control_characters, no_cpr],
        error_messages={
            "max_length": _("This is too long to search for. Try one or two words, such as “lock”."),
            "null_characters_not_allowed": _("Something in this search cannot be read. Please type it again."),
            "control_character": _("Something in this search cannot be read. Please type it again."),
            "cpr": _("This looks like a personal number. Please never write it here. Search with one or two words."),
        },
    )

    @property
    def typed(self) -> str:
        """What the reader typed, for the box it is shown in again."""
        return self.data.get("q", "").replace("\x00", "")
