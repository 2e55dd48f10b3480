from django.db import migrations, models
from django.db.models import Q

BEFORE = {
    "": ["unverified", "requested"],
    "unverified": ["requested", "cancelled", "lapsed"],
    "requested": ["confirmed", "offered", "declined", "cancelled", "lapsed"],
    "offered": ["confirmed", "declined", "cancelled", "lapsed"],
    "confirmed": ["offered", "cancelled", "held", "not_held", "confirmed"],
}
AFTER = {**BEFORE, "held": ["not_held", "held"], "not_held": ["held"]}
NAME = "booking_step_is_allowed"


def becomes(table: dict[str, list[str]], more: str = "") -> str:
    allowed = " OR ".join(
        f"(from_state = '{before}' AND to_state IN ({', '.join(map(repr, after))}))" for before, after in table.items()
    )
    return (
        f"ALTER TABLE talks_bookingstep DROP CONSTRAINT {NAME};"
        f"ALTER TABLE talks_bookingstep ADD CONSTRAINT {NAME} CHECK ({allowed}) {more};"
    )


def condition() -> Q:
    allowed = Q()
    for before, after in AFTER.items():
        allowed |= Q(from_state=before, to_state__in=after)
    return allowed


class Migration(migrations.Migration):
    """Whether a talk took place, and how many came, can be corrected. On the way back such steps stay as they are."""

    dependencies = [("talks", "0021_telephone_as_it_was_typed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(becomes(AFTER), becomes(BEFORE, "NOT VALID"))],
            state_operations=[
                migrations.RemoveConstraint("bookingstep", NAME),
                migrations.AddConstraint("bookingstep", models.CheckConstraint(condition=condition(), name=NAME)),
            ],
        )
    ]
