"""The UID that calendars have got of a talk, which ended with the first host name of its partnership."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0039_holds_take_the_way_too'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='sent_uid',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='The UID that calendars got when it ended with the first host name; empty for newer talks', max_length=300),
        ),
        migrations.RunSQL(
            """
            UPDATE talks_booking AS talk SET sent_uid = 'talk-' || talk.id || '@' || (here.host_names ->> 0)
            FROM places_partnership AS here WHERE here.id = talk.partnership_id AND here.host_names ->> 0 IS NOT NULL
            AND EXISTS (SELECT FROM talks_bookingstep AS step
                        WHERE step.booking_id = talk.id AND step.to_state = 'confirmed')
            """,
            migrations.RunSQL.noop,
        ),
    ]
