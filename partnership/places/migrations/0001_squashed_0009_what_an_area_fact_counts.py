import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("places", "0001_partnerships_areas_and_addresses"),
        ("places", "0002_names_in_the_administration"),
        ("places", "0003_bounds_of_a_partnership"),
        ("places", "0004_closed_addresses"),
        ("places", "0005_where_slips_are_handed_in"),
        ("places", "0006_about_a_partnership"),
        ("places", "0007_skyline_of_a_partnership"),
        ("places", "0008_one_word_for_email"),
        ("places", "0009_what_an_area_fact_counts"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(max_length=80, verbose_name='name in web addresses')),
                ('latitude', models.FloatField(help_text='A point inside the area, in degrees', verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('boundary', models.JSONField(blank=True, help_text='GeoJSON geometry', null=True)),
                ('homes', models.PositiveIntegerField(blank=True, null=True, verbose_name='homes')),
                ('homes_made_up', models.BooleanField(default=False, help_text="The number of homes is the demonstration’s own", verbose_name='made-up number of homes')),
            ],
            options={
                'verbose_name': 'local area',
                'verbose_name_plural': 'local areas',
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register_id', models.CharField(help_text='Identifier in the source register', max_length=40, verbose_name='number in the register')),
                ('street', models.CharField(max_length=80, verbose_name='road')),
                ('number', models.CharField(help_text='House number with its letter: 12B', max_length=8, verbose_name='house number')),
                ('floor_door', models.CharField(blank=True, help_text='2. th', max_length=20, verbose_name='floor and door')),
                ('postcode', models.CharField(max_length=5, verbose_name='postcode')),
                ('town', models.CharField(max_length=40, verbose_name='town')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('is_closed', models.BooleanField(db_default=False, default=False, help_text='The register has closed the address: it is no longer offered', verbose_name='closed')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='places.area', verbose_name='local area')),
            ],
            options={
                'verbose_name': 'address',
                'verbose_name_plural': 'addresses',
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='short code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('municipality', models.CharField(max_length=80, verbose_name='municipality')),
                ('municipality_code', models.CharField(help_text='730 for Randers, 0880 for Kalmar', max_length=4, verbose_name='municipality code')),
                ('country', models.CharField(choices=[('DK', 'Denmark'), ('SE', 'Sweden')], max_length=2, verbose_name='country')),
                ('language', models.CharField(choices=[('da', 'Dansk'), ('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('languages', models.JSONField(default=list, help_text='Codes, in the order of the language menu', verbose_name='languages')),
                ('time_zone', models.CharField(default='Europe/Copenhagen', max_length=40, verbose_name='time zone')),
                ('host_names', models.JSONField(default=list, help_text='The first one stands in every link we send', verbose_name='host names')),
                ('police_name', models.CharField(max_length=80, verbose_name='the police')),
                ('contact_name', models.CharField(max_length=120, verbose_name='contact')),
                ('contact_email', models.EmailField(max_length=254, verbose_name="the contact’s email")),
                ('contact_phone', models.CharField(max_length=30, verbose_name="the contact’s telephone")),
                ('hand_in_at', models.CharField(blank=True, db_default='', default='', help_text='Name and address of the place; empty: we tell those who call', max_length=200, verbose_name='where slips are handed in')),
                ('colour', models.CharField(default='#00566b', max_length=7, verbose_name='colour')),
                ('skyline', models.CharField(choices=[('town', 'a town and its church'), ('river', 'brick houses by a river'), ('castle', 'a castle by the sea')], db_default='town', default='town', help_text='What stands behind the street, and beside the name', max_length=10, verbose_name='skyline')),
                ('helpers_goal', models.PositiveIntegerField(default=3500, verbose_name='goal for helpers')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('bounds', models.JSONField(blank=True, help_text='West, south, east and north in degrees: no point lies outside', null=True, verbose_name='bounds')),
                ('partners', models.JSONField(default=list, help_text='name, role and url of each partner', verbose_name='partners')),
                ('about', models.JSONField(blank=True, db_default={}, default=dict, help_text="What the partnership’s page says: agreement, goals, contacts and press", verbose_name='about')),
                ('is_demonstration', models.BooleanField(default=False, verbose_name='demonstration')),
            ],
            options={
                'verbose_name': 'partnership',
                'verbose_name_plural': 'partnerships',
                'constraints': [models.CheckConstraint(condition=models.Q(('helpers_goal__gt', 0)), name='partnership_has_a_goal')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='household', to='places.address')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='places.area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='households', to='places.partnership')),
            ],
        ),
        migrations.AddField(
            model_name='area',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='places.partnership', verbose_name='partnership'),
        ),
        migrations.AddField(
            model_name='address',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='places.partnership', verbose_name='partnership'),
        ),
        migrations.CreateModel(
            name='AreaFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.CharField(choices=[('need', 'Need'), ('burglaries_per_1000_homes', 'Burglaries per 1,000 homes'), ('helpers_per_100_homes', 'Helpers per 100 homes')], max_length=40)),
                ('period', models.CharField(help_text='2025, 2025K4 or 2025-11-30', max_length=10)),
                ('counted_in', models.CharField(blank=True, help_text='2025K1-2025K4, if what is counted is not of the period', max_length=13)),
                ('value', models.FloatField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('area'), models.F('fact'), models.F('period'), name='area_fact_once_a_period')],
            },
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('partnership', 'code'), name='area_code_once_in_a_partnership'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('partnership', 'slug'), name='area_slug_once_in_a_partnership'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(models.F('partnership'), models.F('postcode'), django.db.models.functions.text.Lower('street'), name='address_look_up'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.UniqueConstraint(fields=('partnership', 'register_id'), name='address_once_in_a_register'),
        ),
    ]
