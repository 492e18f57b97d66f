from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sla", "0007_board_and_scores"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="a_promise_starts_once_per_event",
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                fields=("timeline", "promise", "started_by", "about"), name="a_turn_of_a_promise_starts_once_per_event"
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("is_provisional", True), ("status__in", ["running", "paused"])),
                fields=["timeline"],
                name="clock_guessed",
            ),
        ),
    ]
