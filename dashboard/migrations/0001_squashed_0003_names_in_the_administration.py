import django.db.models.deletion
from django.db import migrations, models


# A promise that could be edited afterwards would be none: the database itself refuses.
GOALS = """
CREATE FUNCTION dashboard_goal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A locked goal is never changed or deleted; a new goal supersedes it.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'goal_stays_once_locked';
END $$;
CREATE TRIGGER goal_stays_once_locked BEFORE UPDATE OR DELETE ON dashboard_goal
    FOR EACH ROW WHEN (OLD.locked_at IS NOT NULL) EXECUTE FUNCTION dashboard_goal_stays();
"""
NO_GOALS = """
DROP TRIGGER goal_stays_once_locked ON dashboard_goal;
DROP FUNCTION dashboard_goal_stays();
"""


class Migration(migrations.Migration):
    replaces = [
        ("dashboard", "0001_goals_and_snapshots"),
        ("dashboard", "0002_locked_goals_stay"),
        ("dashboard", "0003_names_in_the_administration"),
    ]

    initial = True

    dependencies = [
        ('figures', '0001_squashed_0002_names_in_the_administration'),
        ('places', '0001_squashed_0009_what_an_area_fact_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offence', models.CharField(default='1320', max_length=8, verbose_name='offence')),
                ('area_code', models.CharField(max_length=4, verbose_name='area code')),
                ('definition', models.TextField(help_text='What is counted, in words for a reader', verbose_name='definition')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('baseline_from', models.CharField(help_text='2022K3', max_length=6, verbose_name='baseline from')),
                ('baseline_to', models.CharField(help_text='2023K2', max_length=6, verbose_name='baseline to')),
                ('parts_left', models.PositiveSmallIntegerField(default=1, verbose_name='parts left')),
                ('parts_whole', models.PositiveSmallIntegerField(default=3, verbose_name='parts in all')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('approver', models.CharField(max_length=120, verbose_name='approved by')),
                ('approved_on', models.DateField(verbose_name='approved on')),
                ('is_demonstration', models.BooleanField(default=False, help_text='Chosen for the demonstration; nobody signed it', verbose_name='demonstration')),
                ('locked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='locked on')),
                ('baseline_count', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='burglaries at the baseline')),
                ('baseline_import', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.import', verbose_name='import of the baseline')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='places.partnership')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='dashboard.goal', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': ['-locked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('baseline_from__regex', '^2[0-9]{3}K[1-4]$'), ('baseline_to__regex', '^2[0-9]{3}K[1-4]$')), name='goal_baseline_is_quarters'), models.CheckConstraint(condition=models.Q(('baseline_from__lte', models.F('baseline_to'))), name='goal_baseline_in_order'), models.CheckConstraint(condition=models.Q(('starts_on__lt', models.F('ends_on'))), name='goal_starts_before_it_ends'), models.CheckConstraint(condition=models.Q(('parts_left__gt', 0), ('parts_left__lt', models.F('parts_whole'))), name='goal_leaves_a_part'), models.CheckConstraint(condition=models.Q(models.Q(('baseline_count__isnull', True), ('baseline_import__isnull', True), ('locked_at__isnull', True)), models.Q(('baseline_count__gt', 0), ('baseline_import__isnull', False), ('locked_at__isnull', False)), _connector='OR'), name='goal_locked_with_its_baseline'), models.UniqueConstraint(condition=models.Q(('locked_at__isnull', False), ('supersedes__isnull', True)), fields=('partnership', 'offence'), name='goal_one_first_of_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('taken_at', models.DateTimeField()),
                ('figures', models.JSONField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='places.partnership')),
            ],
            options={
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'day'), name='snapshot_once_a_day')],
            },
        ),
        migrations.RunSQL(GOALS, NO_GOALS),
    ]
