from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0028_places_that_all_could_read_stay'),
    ]

    operations = [
        migrations.RenameField(model_name='booking', old_name='public_place', new_name='seen_place'),
        migrations.AddField(
            model_name='booking',
            name='is_seen',
            field=models.BooleanField(default=False, editable=False, help_text='Staff have seen that everybody may come'),
        ),
    ]
