"""Cash that was taken out of a kiosk stays with the hall whose safe it went into."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_halls(apps, schema_editor):
    hall = apps.get_model("billing", "Kiosk").objects.filter(pk=OuterRef("kiosk")).values("hall")[:1]
    apps.get_model("billing", "KioskCash").objects.filter(emptied_at__isnull=False).update(hall=Subquery(hall))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_wechat_links"),
        ("billing", "0020_visits_to_counters"),
    ]

    operations = [
        migrations.AddField(
            model_name="kioskcash",
            name="hall",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kiosk_cash",
                to="accounts.hall",
                verbose_name="hall",
            ),
        ),
        migrations.RunPython(keep_halls, migrations.RunPython.noop),
    ]
