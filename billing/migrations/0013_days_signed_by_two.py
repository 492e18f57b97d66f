import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_priority_register"),
        ("billing", "0012_held_money_is_used"),
    ]

    operations = [
        migrations.AlterField(
            model_name="posting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "payment taken"),
                    ("delivery", "volume written to a card"),
                    ("undelivery", "volume taken off a card"),
                    ("refund", "money given back"),
                    ("float", "float put into a till"),
                    ("hand_in", "till handed in"),
                    ("over_short", "cash over or short"),
                    ("compensation", "compensation credited"),
                    ("billed", "month billed"),
                    ("bill_paid", "bill paid"),
                    ("held_in", "money held that nobody can use"),
                    ("assigned", "held money assigned"),
                    ("settlement", "money paid out by a provider"),
                    ("write_off", "written off"),
                    ("deposit", "cash taken to the bank"),
                    ("comp_back", "compensation taken back"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="DaySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                (
                    "day",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="signature", to="billing.hallday"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signed_days", to="accounts.staff"),
                ),
            ],
            options={
                "verbose_name": "second signature of a day",
                "verbose_name_plural": "second signatures of days",
            },
        ),
        migrations.CreateModel(
            name="BankDeposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveBigIntegerField(verbose_name="amount")),
                ("slip", models.CharField(max_length=40, verbose_name="number on the bank's slip")),
                ("deposited_at", models.DateTimeField(verbose_name="taken to the bank")),
                (
                    "deposited_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="accounts.staff"),
                ),
                ("hall", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="accounts.hall")),
                (
                    "posting",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="deposit", to="billing.posting"),
                ),
            ],
            options={
                "verbose_name": "cash taken to the bank",
                "verbose_name_plural": "cash taken to the bank",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_deposit_takes_something_to_the_bank"),
                    models.UniqueConstraint(fields=("hall", "slip"), name="a_slip_of_the_bank_is_noted_once"),
                ],
            },
        ),
    ]
