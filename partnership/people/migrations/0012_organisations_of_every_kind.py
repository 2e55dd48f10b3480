import django.db.models.deletion
from django.db import migrations, models

ASSOCIATIONS = ("homeowners", "owner_flats", "cooperative", "housing", "watch_group")


class Migration(migrations.Migration):
    """A landlord has homes in many areas, an authority none: what every association has, others may lack."""

    dependencies = [("people", "0011_chair_and_deputy_are_no_columns")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="area",
            field=models.ForeignKey(blank=True, help_text="Empty: the whole municipality", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="organisations", to="places.area", verbose_name="local area"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="homes",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="homes"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ASSOCIATIONS), _negated=True), models.Q(("area__isnull", False), ("homes__isnull", False)), _connector="OR"), name="association_has_an_area_and_homes", violation_error_message="An association has a local area and homes."),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ASSOCIATIONS), models.Q(("name", ""), _negated=True), _connector="OR"), name="organisation_that_is_no_association_has_a_name", violation_error_message="Write the name of the organisation."),
        ),
    ]
