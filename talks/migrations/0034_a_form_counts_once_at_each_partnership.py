"""A form counts once at each partnership: its number is drawn by a browser, so the same may come to two of them."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0033_homes_as_they_were_typed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='booking',
            name='submission',
            field=models.UUIDField(default=uuid.uuid4, help_text='The form that it came from'),
        ),
        migrations.AlterField(
            model_name='slothold',
            name='submission',
            field=models.UUIDField(blank=True, help_text='The form that it came from, where there is no booking', null=True),
        ),
        migrations.AlterField(
            model_name='talkwish',
            name='submission',
            field=models.UUIDField(default=uuid.uuid4, help_text='The form that it came from'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(fields=('partnership', 'submission'), name='booking_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='slothold',
            constraint=models.UniqueConstraint(fields=('speaker', 'submission'), name='slot_hold_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='talkwish',
            constraint=models.UniqueConstraint(fields=('partnership', 'submission'), name='wish_once_for_a_form'),
        ),
    ]
