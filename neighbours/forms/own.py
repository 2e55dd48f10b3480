"""The form in which helpers correct their own address."""

from typing import Any

from django.utils.translation import gettext_lazy

from neighbours.models import Helper
from partnership.web.address_forms import AddressForm


class OwnAddressForm(AddressForm):
    """Where a helper lives."""

    submit_label = gettext_lazy("Save the address")
    autocomplete = {"address": "address-line1", "postcode": "postal-code"}
    # Of somebody whom we know already.
    name = email = None  # type: ignore[assignment]

    def __init__(self, *args, helper: Helper, **kwargs) -> None:
        self.home = helper.household.address if helper.household else None
        known = {"address": self.home.line, "postcode": self.home.postcode} if self.home else {}
        super().__init__(*args, initial=known, partnership=helper.partnership, **kwargs)

    def clean(self) -> dict[str, Any]:
        """An address that is not changed stays, also one that the register has closed."""
        if self.home and not {"address", "postcode"} & set(self.changed_data):
            return self.cleaned_data | {"door": self.home}
        return super().clean()
