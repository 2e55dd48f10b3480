import datetime
import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.deletion
import talks.models.afterwards
import talks.models.ranges
import uuid
from django.conf import settings
from django.db import migrations, models


from partnership import cases


# Minutes are the same in every zone, so this is immutable in truth as well as in name, and an index may hold it.
BUSY = """
CREATE FUNCTION talks_busy(starts_at timestamptz, ends_at timestamptz, travel_minutes integer) RETURNS tstzrange
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT tstzrange(starts_at - make_interval(mins => travel_minutes),
                     ends_at + make_interval(mins => travel_minutes), '[)')
$$;
"""
NO_BUSY = "DROP FUNCTION talks_busy(timestamptz, timestamptz, integer)"
STEPS = {"steps": "talks_bookingstep", "case": "talks_booking", "key": "booking_id"}


class Migration(migrations.Migration):
    replaces = [
        ("talks", "0001_associations_speakers_and_bookings"),
        ("talks", "0002_steps_are_only_added"),
        ("talks", "0003_patterns_and_travel"),
        ("talks", "0004_offers_and_wishes"),
        ("talks", "0005_feedback_and_calendar_feeds"),
        ("talks", "0006_talks_stay_counted_without_a_person"),
        ("talks", "0007_names_in_the_administration"),
        ("talks", "0008_kept_without_a_booking"),
        ("talks", "0009_where_a_step_came_from"),
        ("talks", "0010_older_steps_say_where_they_came_from"),
        ("talks", "0011_steps_keep_to_the_table"),
        ("talks", "0012_steps_are_guarded_like_those_of_every_case"),
        ("talks", "0013_talks_of_organisations"),
        ("talks", "0014_evenings_are_slots_and_options_are_holds"),
        ("talks", "0015_plain_words"),
        ("talks", "0016_no_step_says_that_anyone_was_ill"),
        ("talks", "0017_asked_to_be_deputy"),
        ("talks", "0018_held_until_and_took_place"),
        ("talks", "0019_deputies_who_said_yes_are_remembered"),
        ("talks", "0020_what_is_not_known_of_a_place"),
        ("talks", "0021_telephone_as_it_was_typed"),
        ("talks", "0022_what_was_recorded_can_be_corrected"),
        ("talks", "0023_areas_and_substitutes_of_speakers"),
        ("talks", "0024_steps_say_what_was_changed"),
        ("talks", "0025_associations_with_talks_stay"),
        ("talks", "0026_investigator_explains"),
        ("talks", "0027_place_that_all_may_read"),
        ("talks", "0028_places_that_all_could_read_stay"),
        ("talks", "0029_staff_have_seen_the_place"),
        ("talks", "0030_what_was_seen_stays_seen"),
        ("talks", "0031_seen_place_is_a_text"),
        ("talks", "0032_name_as_it_was_typed"),
        ("talks", "0033_homes_as_they_were_typed"),
        ("talks", "0034_a_form_counts_once_at_each_partnership"),
        ("talks", "0035_offers_in_place_of_others"),
        ("talks", "0036_one_word_for_email"),
        ("talks", "0037_told_to_staff"),
        ("talks", "0038_answers_told_to_staff"),
    ]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0035_details_that_staff_write_down'),
        ('places', '0001_squashed_0009_what_an_area_fact_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(BUSY, NO_BUSY),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('burglary', 'How to make a burglary harder'), ('investigator', 'A crime-scene investigator explains'), ('group_start', 'Start a watch group'), ('flats', 'Safe in a block of flats'), ('online', 'Online talk')], max_length=20, verbose_name='talk')),
                ('place', models.CharField(blank=True, help_text='Where; empty for an online talk', max_length=160, verbose_name='place')),
                ('is_accessible', models.BooleanField(blank=True, help_text='There is a way in without steps', null=True, verbose_name='way in without steps')),
                ('has_projector', models.BooleanField(blank=True, null=True, verbose_name='screen or projector')),
                ('is_public', models.BooleanField(blank=True, help_text='Neighbours who are not members may come', null=True, verbose_name='open to all neighbours')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('phone', models.CharField(blank=True, db_default='', default='', help_text='As it was typed, until the email address is confirmed; then the chair has it', max_length=20, verbose_name='telephone')),
                ('name', models.CharField(blank=True, db_default='', default='', editable=False, help_text='As the chair typed it, until the email address is confirmed', max_length=80, verbose_name='name')),
                ('homes', models.PositiveIntegerField(blank=True, editable=False, help_text='As the chair typed it, until the email address is confirmed; then the association has it', null=True, verbose_name='homes')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('is_seen', models.BooleanField(default=False, editable=False, help_text='Staff have seen that everybody may come')),
                ('seen_place', models.CharField(blank=True, editable=False, help_text='The place that staff saw then; empty for a talk online', max_length=160)),
                ('travel_minutes', models.PositiveSmallIntegerField(default=0, help_text='One way, from where the speaker starts; the time is kept free before and after')),
                ('state', models.CharField(choices=[('unverified', 'waiting for the email to be confirmed'), ('requested', 'requested'), ('offered', 'offered another evening'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('lapsed', 'not answered in time'), ('cancelled', 'cancelled'), ('held', 'took place'), ('not_held', 'did not take place')], default='unverified', max_length=12, verbose_name='state')),
                ('held_until', models.DateTimeField(help_text='A request without an answer keeps the evening until then')),
                ('answer_by', models.DateField(blank=True, help_text='The day we have promised an answer by', null=True)),
                ('attendance', models.PositiveIntegerField(blank=True, null=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('submission', models.UUIDField(default=uuid.uuid4, help_text='The form that it came from')),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='bookings', to='people.organisation', verbose_name='association')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='places.partnership')),
            ],
            options={
                'verbose_name': 'talk',
                'verbose_name_plural': 'talks',
            },
        ),
        migrations.CreateModel(
            name='DeputyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('name', models.CharField(max_length=80)),
                ('email', models.EmailField(max_length=254)),
                ('version', models.PositiveIntegerField(default=0)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deputy_invitation', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('useful', models.CharField(choices=[('yes', 'Yes, very'), ('partly', 'Partly'), ('no', 'No')], max_length=6)),
                ('will_act', models.CharField(choices=[('yes', 'Yes, we have agreed on something'), ('maybe', 'We are talking about it'), ('no', 'No')], max_length=6)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('medium', models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the chair told staff, who wrote it down', max_length=10)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='talks.booking')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('formats', models.JSONField(default=list, help_text='Keys of the talks that this person gives', verbose_name='talks that are given')),
                ('languages', models.JSONField(blank=True, default=list, help_text="Codes; empty: the partnership’s own language", verbose_name='languages')),
                ('radius_km', models.PositiveSmallIntegerField(blank=True, help_text='How far the speaker goes, in a straight line; empty: the whole municipality', null=True, verbose_name='radius in km')),
                ('is_active', models.BooleanField(default=True, verbose_name='gives talks now')),
                ('areas', models.ManyToManyField(blank=True, help_text='Where the speaker gives talks; empty: everywhere', related_name='+', to='places.area', verbose_name='areas')),
                ('home_area', models.ForeignKey(blank=True, help_text='Where the speaker sets out from', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.area', verbose_name='home area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='places.partnership', verbose_name='partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speaking_as', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('substitutes', models.ManyToManyField(blank=True, help_text='Whose evenings are offered first when this speaker cannot come', related_name='+', to='talks.speaker', verbose_name='substitutes')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
            },
        ),
        migrations.CreateModel(
            name='SlotHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission', models.UUIDField(blank=True, help_text='The form that it came from, where there is no booking', null=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_asked_by_chair', models.BooleanField(default=False, help_text='The chair asks to move there; otherwise we offer it')),
                ('held_until', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, help_text='When it was chosen, or another was', null=True)),
                ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='talks.booking')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talks.speaker')),
            ],
        ),
        migrations.CreateModel(
            name='DaysAway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_away', to='talks.speaker')),
            ],
        ),
        migrations.AddField(
            model_name='booking',
            name='speaker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='talks.speaker', verbose_name='speaker'),
        ),
        migrations.CreateModel(
            name='TalkWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('burglary', 'How to make a burglary harder'), ('investigator', 'A crime-scene investigator explains'), ('group_start', 'Start a watch group'), ('flats', 'Safe in a block of flats'), ('online', 'Online talk')], max_length=20, verbose_name='talk')),
                ('place', models.CharField(blank=True, help_text='Where; empty for an online talk', max_length=160, verbose_name='place')),
                ('is_accessible', models.BooleanField(blank=True, help_text='There is a way in without steps', null=True, verbose_name='way in without steps')),
                ('has_projector', models.BooleanField(blank=True, null=True, verbose_name='screen or projector')),
                ('is_public', models.BooleanField(blank=True, help_text='Neighbours who are not members may come', null=True, verbose_name='open to all neighbours')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('phone', models.CharField(blank=True, db_default='', default='', help_text='As it was typed, until the email address is confirmed; then the chair has it', max_length=20, verbose_name='telephone')),
                ('name', models.CharField(blank=True, db_default='', default='', editable=False, help_text='As the chair typed it, until the email address is confirmed', max_length=80, verbose_name='name')),
                ('homes', models.PositiveIntegerField(blank=True, editable=False, help_text='As the chair typed it, until the email address is confirmed; then the association has it', null=True, verbose_name='homes')),
                ('days', models.JSONField(help_text='ISO dates, the most wanted first')),
                ('from_hour', models.TimeField(default=datetime.time(19, 0), help_text='On the wall of the partnership')),
                ('asked_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('answer_by', models.DateField(blank=True, help_text='The day we have promised an answer by', null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('medium', models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the association told staff, who wrote it down; empty if it came by the form', max_length=10)),
                ('submission', models.UUIDField(default=uuid.uuid4, help_text='The form that it came from')),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='wishes', to='people.organisation')),
                ('booking', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wish', to='talks.booking')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talk_wishes', to='places.partnership')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WeeklyPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('starts', models.TimeField(help_text='On the wall of the partnership')),
                ('ends', models.TimeField()),
                ('every_weeks', models.PositiveSmallIntegerField(default=1, help_text='2: every second week, from the first')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField(blank=True, null=True)),
                ('also_holidays', models.BooleanField(default=False, help_text='Offer public holidays too')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='patterns', to='talks.speaker')),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='places.partnership', verbose_name='partnership')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='talks.speaker', verbose_name='speaker')),
                ('pattern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='slots', to='talks.weeklypattern', verbose_name='weekly pattern')),
            ],
            options={
                'verbose_name': 'evening',
                'verbose_name_plural': 'evenings',
            },
        ),
        migrations.CreateModel(
            name='BookingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, max_length=20, verbose_name='was')),
                ('to_state', models.CharField(max_length=20, verbose_name='became')),
                ('at', models.DateTimeField(verbose_name='moved at')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('changed', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='changed')),
                ('medium', models.CharField(blank=True, choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], db_default='', default='', help_text='How the association told staff, who did it for them', max_length=10)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='talks.booking', verbose_name='talk')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moved by')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['unverified', 'requested'])), models.Q(('from_state', 'unverified'), ('to_state__in', ['requested', 'cancelled', 'lapsed'])), models.Q(('from_state', 'requested'), ('to_state__in', ['confirmed', 'offered', 'declined', 'cancelled', 'lapsed', 'requested'])), models.Q(('from_state', 'offered'), ('to_state__in', ['confirmed', 'declined', 'cancelled', 'lapsed', 'offered'])), models.Q(('from_state', 'confirmed'), ('to_state__in', ['offered', 'cancelled', 'held', 'not_held', 'confirmed'])), models.Q(('from_state', 'held'), ('to_state__in', ['not_held', 'held'])), models.Q(('from_state', 'not_held'), ('to_state__in', ['held'])), _connector='OR'), name='booking_step_is_allowed'), models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('booking',), name='booking_step_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('speaker', 'the talks that I give'), ('coordinator', 'all talks')], max_length=12)),
                ('nonce', models.CharField(default=talks.models.afterwards.new_nonce, help_text='Renewed when the old address is revoked', max_length=32)),
                ('made_at', models.DateTimeField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to='places.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'person', 'kind'), name='feed_once_for_a_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(fields=('partnership', 'person'), name='speaker_once_in_a_partnership'),
        ),
        migrations.AddIndex(
            model_name='slothold',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['speaker', 'starts_at'], name='slot_hold_of_speaker'),
        ),
        migrations.AddConstraint(
            model_name='slothold',
            constraint=models.UniqueConstraint(fields=('speaker', 'submission'), name='slot_hold_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='slothold',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_hold_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='slothold',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('booking', 'speaker', 'starts_at'), name='slot_hold_stands_once_for_a_talk'),
        ),
        migrations.AddConstraint(
            model_name='daysaway',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='days_away_end_after_they_start'),
        ),
        migrations.AddConstraint(
            model_name='daysaway',
            constraint=models.UniqueConstraint(fields=('speaker', 'first_on', 'last_on'), name='days_away_said_once'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['partnership', 'state', 'starts_at'], name='booking_queue'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['speaker', 'starts_at'], name='booking_of_speaker'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['unverified', 'requested', 'confirmed'])), expressions=[(talks.models.ranges.Int8Range('speaker', 'speaker', models.Value('[]')), '&&'), (talks.models.ranges.Busy('starts_at', 'ends_at', 'travel_minutes'), '&&')], name='booking_speaker_in_one_place', violation_error_message='This evening has just been taken. Please pick another.'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(fields=('partnership', 'submission'), name='booking_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('speaker__isnull', False), ('state__in', ['declined', 'lapsed', 'cancelled', 'held', 'not_held']), _connector='OR'), name='booking_ahead_has_a_speaker'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('attendance__isnull', True), ('state', 'held'), _connector='OR'), name='booking_attendance_of_a_talk_that_took_place'),
        ),
        migrations.AddIndex(
            model_name='talkwish',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['partnership', 'answer_by'], name='wish_queue'),
        ),
        migrations.AddConstraint(
            model_name='talkwish',
            constraint=models.UniqueConstraint(fields=('partnership', 'submission'), name='wish_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='talkwish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_by__isnull', True), ('verified_at__isnull', True)), models.Q(('answer_by__isnull', False), ('verified_at__isnull', False)), _connector='OR'), name='wish_is_answered_by_a_promised_day'),
        ),
        migrations.AddConstraint(
            model_name='talkwish',
            constraint=models.CheckConstraint(condition=models.Q(('booking__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='wish_with_a_talk_is_closed'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='pattern_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='pattern_on_a_day_of_the_week'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('every_weeks__gte', 1), ('every_weeks__lte', 8)), name='pattern_repeats'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.UniqueConstraint(fields=('speaker', 'weekday', 'starts', 'first_on'), name='pattern_given_once'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('speaker', 'starts_at'), name='slot_offered_once'),
        ),
        cases.append_only(**STEPS),
        cases.state_is_newest_step(**STEPS),
    ]
