"""Until now one consent covered both: being a helper, and being seen by the Naboven of the area.

Whoever said yes to it has said yes to the second, in those words; and whoever has a link to it still does so with it.
"""

import hashlib
from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

JOINING, SHOWN = "neighbours.helper", "neighbours.shown_to_naboven"
CONFIRMED = "confirmed"
AT_ONCE = 1000


def split(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    second = _second_wordings(apps)
    consent, helper = apps.get_model("people", "Consent"), apps.get_model("neighbours", "Helper")
    newest = consent.objects.filter(wording__purpose=JOINING).order_by("person", "-pk").distinct("person")
    same = ("partnership_id", "person_id", "is_given", "at", "channel", "written_by_id")
    rows = [
        consent(wording_id=second(one.wording), **{name: getattr(one, name) for name in same})
        for one in newest.select_related("wording")
        if one.is_given
    ]
    consent.objects.bulk_create(rows, batch_size=AT_ONCE)
    waiting = helper.objects.exclude(state=CONFIRMED).filter(asked_wording__isnull=False)
    for one in waiting.select_related("asked_wording"):
        helper.objects.filter(pk=one.pk).update(asked_to_be_shown=second(one.asked_wording))


def _second_wordings(apps: Apps) -> Callable:
    """Return what finds, or makes, the wording of the second consent with the same words as a first."""
    wording, made = apps.get_model("people", "Wording"), {}

    def second(first) -> int:
        if first.pk not in made:
            digest = hashlib.sha256("\n".join((SHOWN, first.language, first.text)).encode()).hexdigest()
            known = {"purpose": SHOWN, "language": first.language, "text": first.text}
            made[first.pk] = wording.objects.get_or_create(digest=digest, defaults=known)[0].pk
        return made[first.pk]

    return second


def join(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("neighbours", "Helper").objects.update(asked_to_be_shown=None)
    apps.get_model("people", "Consent").objects.filter(wording__purpose=SHOWN).delete()
    apps.get_model("people", "Wording").objects.filter(purpose=SHOWN).delete()


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0013_asked_to_be_shown_to_the_naboven")]

    operations = [migrations.RunPython(split, join)]
