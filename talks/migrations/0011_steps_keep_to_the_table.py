from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('talks', '0010_older_steps_say_where_they_came_from')]

    operations = [
        migrations.AddConstraint(
            model_name='bookingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['unverified', 'requested'])), models.Q(('from_state', 'unverified'), ('to_state__in', ['requested', 'cancelled', 'lapsed'])), models.Q(('from_state', 'requested'), ('to_state__in', ['confirmed', 'offered', 'declined', 'cancelled', 'lapsed'])), models.Q(('from_state', 'offered'), ('to_state__in', ['confirmed', 'declined', 'cancelled', 'lapsed'])), models.Q(('from_state', 'confirmed'), ('to_state__in', ['offered', 'cancelled', 'held', 'not_held', 'confirmed'])), _connector='OR'), name='booking_step_is_allowed'),
        ),
        migrations.AddConstraint(
            model_name='bookingstep',
            constraint=models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('booking',), name='booking_step_begins_once'),
        ),
    ]
