from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0022_charges_for_works"),
    ]

    operations = [
        migrations.AlterField(
            model_name="break",
            name="kind",
            field=models.CharField(
                choices=[
                    ("missing_here", "paid there, not here"),
                    ("missing_there", "paid here, not there"),
                    ("amount", "another amount there than here"),
                    ("not_posted", "paid, but not so in the ledger"),
                    ("not_delivered", "paid, but not delivered"),
                    ("delivered_unpaid", "delivered, but not paid there"),
                    ("refund_missing", "given back here, not there"),
                    ("refund_extra", "given back there, not here"),
                    ("fee", "another fee than agreed"),
                    ("taken_back", "delivered, though the money went back"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="break",
            name="provider",
            field=models.CharField(
                blank=True,
                choices=[("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("bank", "bank transfer")],
                max_length=8,
                verbose_name="provider",
            ),
        ),
    ]
