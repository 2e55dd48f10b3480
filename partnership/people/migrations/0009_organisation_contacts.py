import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_associations_become_organisations")]

    operations = [
        migrations.CreateModel(
            name="OrganisationContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("chair", "chair"), ("deputy", "deputy"), ("contact", "contact person")], max_length=10, verbose_name="role")),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="people.organisation", verbose_name="organisation")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="organisation_roles", to="people.user", verbose_name="person")),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("role__in", ["chair", "deputy"])), fields=("organisation", "role"), name="organisation_has_one_chair_and_one_deputy"),
                    models.UniqueConstraint(fields=("organisation", "person", "role"), name="contact_holds_a_role_once"),
                ],
            },
        ),
        # They speak of a column; migration 0013 asks the same of the contacts.
        migrations.RemoveConstraint(model_name="organisation", name="association_has_a_chair_or_no_name"),
        migrations.RemoveConstraint(model_name="organisation", name="association_once_for_its_chair"),
    ]
