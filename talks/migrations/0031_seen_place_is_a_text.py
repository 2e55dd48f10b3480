from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0030_what_was_seen_stays_seen'),
    ]

    operations = [
        migrations.AlterField(
            model_name='booking',
            name='seen_place',
            field=models.CharField(blank=True, default='', editable=False, help_text='The place that staff saw then; empty for a talk online', max_length=160),
            preserve_default=False,
        ),
    ]
