from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0005_where_slips_are_handed_in")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="about",
            field=models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                help_text="What the partnership's page says: agreement, goals, contacts and press",
                verbose_name="about",
            ),
        ),
    ]
