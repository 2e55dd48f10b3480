from django.db import migrations, models


class Migration(migrations.Migration):
    """To which areas a speaker goes, and who gives their talks when they cannot."""

    dependencies = [
        ("places", "0004_closed_addresses"),
        ("talks", "0022_what_was_recorded_can_be_corrected"),
    ]

    operations = [
        migrations.AddField(
            model_name="speaker",
            name="areas",
            field=models.ManyToManyField(
                blank=True,
                help_text="Where the speaker gives talks; empty: everywhere",
                related_name="+",
                to="places.area",
                verbose_name="areas",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="substitutes",
            field=models.ManyToManyField(
                blank=True,
                help_text="Whose evenings are offered first when this speaker cannot come",
                related_name="+",
                to="talks.speaker",
                verbose_name="substitutes",
            ),
        ),
    ]
