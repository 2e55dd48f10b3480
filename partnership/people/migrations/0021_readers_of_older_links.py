from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0020_told_in_person_or_by_email")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="readers_of_older_links",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Digests of chair and deputy when links from before 30 November 2026 got a reader; they end by 2028",
                max_length=25,
            ),
            preserve_default=False,
        ),
    ]
