from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def keep_weeks(apps, schema_editor):
    """The hours that halls have now are their first week."""
    weeks = {}
    for row in apps.get_model("accounts", "HallHours").objects.order_by("hall", "weekday", "opens"):
        weekly = weeks.setdefault(row.hall_id, {})
        weekly.setdefault(str(row.weekday), []).append([f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
    HallWeek = apps.get_model("accounts", "HallWeek")
    HallWeek.objects.bulk_create(
        HallWeek(hall_id=hall, number=1, since=BEGINNING, weekly=weekly, written_by="system:migration") for hall, weekly in weeks.items()
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_territory_coordinates")]

    operations = [
        migrations.CreateModel(
            name="HallWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("since", models.DateTimeField(verbose_name="in force from")),
                ("weekly", models.JSONField(default=dict)),
                ("written_by", models.CharField(max_length=64)),
                (
                    "hall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="weeks", to="accounts.hall"),
                ),
            ],
            options={
                "verbose_name": "week of a hall",
                "verbose_name_plural": "weeks of halls",
                "ordering": ["hall", "number"],
                "constraints": [models.UniqueConstraint(fields=("hall", "number"), name="a_hall_s_week_has_its_own_number")],
            },
        ),
        migrations.RunPython(keep_weeks, migrations.RunPython.noop),
    ]
