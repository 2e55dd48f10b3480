"""An mailbox in the database: one mailbox has one spelling."""

from typing import Any

from django.db import models

from partnership.fields.texts import works_as_a_mailbox
from written.mailboxes import canonical


class MailboxField(models.EmailField):
    """Stores an address in its canonical spelling, and looks it up in that, however it was written. What can be
    no mailbox is refused by each form, before the database does so.
    """

    default_validators = [works_as_a_mailbox]

    def deconstruct(self) -> Any:
        """In migrations it is Django's own field: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return canonical(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Show the object the spelling that is stored."""
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
