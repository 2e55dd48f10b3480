import django.db.models.deletion
from django.db import migrations, models

# The table of talks' associations, as it stands, becomes the one of organisations: rows, numbers and what points to
# them stay. With it go the constraints, indexes and the sequence that PostgreSQL and Django named after the table, and
# what the administration knows of it: permissions, and the log, which points to the content type.
HAND_OVER = """
ALTER TABLE {old} RENAME TO {new};
ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq;
ALTER TABLE {new} RENAME COLUMN {old_kind} TO {new_kind};
ALTER TABLE {new} RENAME CONSTRAINT {old_homes} TO {new_homes};
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT conname FROM pg_constraint
        WHERE conrelid = '{new}'::regclass AND starts_with(conname, '{old}_')
    LOOP
        EXECUTE format('ALTER TABLE {new} RENAME CONSTRAINT %I TO %I', name, replace(name, '{old}_', '{new}_'));
    END LOOP;
    FOR name IN SELECT indexname FROM pg_indexes WHERE tablename = '{new}' AND starts_with(indexname, '{old}_')
    LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', name, replace(name, '{old}_', '{new}_'));
    END LOOP;
END $$;
UPDATE auth_permission SET codename = replace(codename, '{old_model}', '{new_model}'),
    name = replace(name, '{old_model}', '{new_model}')
    WHERE content_type_id = (
        SELECT id FROM django_content_type WHERE app_label = '{old_app}' AND model = '{old_model}'
    );
UPDATE django_content_type SET app_label = '{new_app}', model = '{new_model}'
    WHERE app_label = '{old_app}' AND model = '{old_model}';
"""
BEFORE = {
    "app": "talks", "model": "association", "kind": "type", "homes": "association_has_homes",
}  # fmt: skip
AFTER = {
    "app": "people", "model": "organisation", "kind": "kind", "homes": "organisation_has_homes_or_no_number",
}  # fmt: skip


def hand_over(old: dict[str, str], new: dict[str, str]) -> str:
    """Return the statements that make the table of `old` the table of `new`."""
    names = {f"old_{what}": name for what, name in old.items()} | {f"new_{what}": name for what, name in new.items()}
    return HAND_OVER.format(old=f"{old['app']}_{old['model']}", new=f"{new['app']}_{new['model']}", **names)


KINDS = [
    ("homeowners", "homeowners' association"),
    ("owner_flats", "association of flat owners"),
    ("cooperative", "housing cooperative"),
    ("housing", "tenants' or social housing association"),
    ("watch_group", "watch group"),
    ("landlord", "landlord"),
    ("housing_company", "housing company"),
    ("civil_society", "civil society organisation"),
    ("authority", "authority"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0007_names_in_the_administration"),
        ("places", "0002_names_in_the_administration"),
        # The one time that the ground looks up to a room: what it takes over was made there.
        ("talks", "0012_steps_are_guarded_like_those_of_every_case"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(hand_over(BEFORE, AFTER), hand_over(AFTER, BEFORE))],
            state_operations=[
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        ("kind", models.CharField(choices=KINDS, max_length=20, verbose_name="kind")),
                        ("homes", models.PositiveIntegerField(verbose_name="homes")),
                        ("confirmed_on", models.DateField(blank=True, help_text="When the chair last said that this is right", null=True, verbose_name="confirmed on")),
                        ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="organisations", to="places.area", verbose_name="local area")),
                        ("chair", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="chaired_organisations", to="people.user", verbose_name="chair")),
                        ("deputy", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.user", verbose_name="deputy")),
                        ("partnership", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="organisations", to="places.partnership", verbose_name="partnership")),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("homes__gt", 0)), name="organisation_has_homes_or_no_number"),
                            models.CheckConstraint(condition=models.Q(("chair__isnull", False), ("name", ""), _connector="OR"), name="association_has_a_chair_or_no_name"),
                            models.UniqueConstraint(fields=("partnership", "chair", "name"), name="association_once_for_its_chair"),
                        ],
                    },
                ),
            ],
        ),
    ]
