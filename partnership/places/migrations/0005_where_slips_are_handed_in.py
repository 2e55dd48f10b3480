from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0004_closed_addresses")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="hand_in_at",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Name and address of the place; empty: we tell those who call",
                max_length=200,
                verbose_name="where slips are handed in",
            ),
        ),
    ]
