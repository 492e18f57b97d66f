"""Bookings guard the capacity of their slot. No operation has written any so far: columns without a default find no rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('fieldwork', '0004_rank_of_visits'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='service_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='accounts.servicearea'),
        ),
        migrations.AddField(
            model_name='booking',
            name='purpose',
            field=models.CharField(max_length=12, verbose_name='purpose'),
        ),
        migrations.AddField(
            model_name='booking',
            name='place',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='booking',
            name='offered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='booking',
            name='release_reason',
            field=models.CharField(
                blank=True,
                choices=[
                    ('kept', 'kept'),
                    ('missed', 'missed by us'),
                    ('nobody_home', 'nobody was home'),
                    ('moved', 'moved'),
                    ('cancelled', 'called off'),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name='offer',
            name='answer',
            field=models.CharField(blank=True, choices=[('accepted', 'taken on'), ('declined', 'declined'), ('lapsed', 'not answered in time'), ('recalled', 'given to somebody else'), ('given_back', 'given back'), ('put_off', 'put off to another time')], max_length=12, verbose_name='answer'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='purpose',
            field=models.CharField(choices=[('repair', 'repair'), ('restoration', 'turning the gas on again'), ('outage', 'interruption of supply'), ('inspection', 'safety check'), ('survey', 'survey for a connection'), ('installation', 'installation'), ('service', 'paid service'), ('care', 'visit of care'), ('steward', 'visit by the gas steward')], max_length=12, verbose_name='purpose'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(
                condition=models.Q(('released_at__isnull', True)),
                fields=('service_area', 'purpose', 'starts_at', 'place'),
                name='a_place_in_a_slot_is_taken_once',
            ),
        ),
    ]
