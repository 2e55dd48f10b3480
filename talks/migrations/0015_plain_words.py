import django.db.models.deletion
import talks.models.afterwards
from django.db import migrations, models


class Migration(migrations.Migration):
    """Choices and help texts in plain words; no column changes."""

    dependencies = [
        ('places', '0002_names_in_the_administration'),
        ('talks', '0014_evenings_are_slots_and_options_are_holds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='booking',
            name='state',
            field=models.CharField(choices=[('unverified', 'waiting for the e-mail to be confirmed'), ('requested', 'requested'), ('offered', 'offered another evening'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('lapsed', 'not answered in time'), ('cancelled', 'cancelled'), ('held', 'took place'), ('not_held', 'did not take place')], default='unverified', max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='calendarfeed',
            name='nonce',
            field=models.CharField(default=talks.models.afterwards.new_nonce, help_text='Renewed when the old address is revoked', max_length=32),
        ),
        migrations.AlterField(
            model_name='slothold',
            name='is_asked_by_chair',
            field=models.BooleanField(default=False, help_text='The chair asks to move there; otherwise we offer it'),
        ),
        migrations.AlterField(
            model_name='speaker',
            name='home_area',
            field=models.ForeignKey(blank=True, help_text='Where the speaker sets out from', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.area', verbose_name='home area'),
        ),
        migrations.AlterField(
            model_name='speaker',
            name='radius_km',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How far the speaker goes, in a straight line; empty: the whole municipality', null=True, verbose_name='radius in km'),
        ),
    ]
