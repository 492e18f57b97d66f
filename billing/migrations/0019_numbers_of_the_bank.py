"""Banks begin their numbers anew each day: what we took for a transfer's number before is now its day and its number."""

import hashlib
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations, models


def name_days(apps, schema_editor):
    """As ``providers.bank.number_of`` does, or the same file handed in again would be new money."""
    zone = ZoneInfo(settings.TIME_ZONE)
    rows = apps.get_model("billing", "ProviderPayment").objects.filter(provider="bank")
    for payment in rows.order_by("pk").iterator():
        day = f"{payment.paid_at.astimezone(zone):%Y%m%d}-"
        if payment.transaction.startswith(day) or len(payment.transaction) == 64:
            continue
        number = day + payment.transaction
        payment.transaction = number if len(number) <= 64 else hashlib.sha256(number.encode()).hexdigest()
        payment.save(update_fields=["transaction"])


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0018_own_bills_and_handed_in_ones"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payout",
            name="a_payout_is_noted_once",
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(fields=("provider", "day", "slip"), name="a_payout_is_noted_once"),
        ),
        migrations.RunPython(name_days, migrations.RunPython.noop),
    ]
