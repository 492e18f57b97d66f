"""Transfers with our reference in their purpose, out of a file of the bank."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps

from billing.models import TopUp
from billing.operations.bank_transfers import import_transfers
from billing.providers import bank
from tests.factories.checkouts import NOW, CheckoutFactory, HeldPaymentFactory

REFERENCE = "PRA4PMYDAVFL"


@pytest.mark.parametrize(
    ("purpose", "found"),
    [
        (f"燃气费 {REFERENCE}", REFERENCE),
        (f"gas {REFERENCE[:4]}-{REFERENCE[4:8]} {REFERENCE[8:].lower()} thank you", REFERENCE),
        (REFERENCE[:-1] + ("2" if REFERENCE[-1] != "2" else "3"), ""),
        (f"PAYMENT FOR GAS {REFERENCE}", REFERENCE),
        ("李娜 燃气费", ""),
        ("", ""),
    ],
)
def test_a_reference_is_found_however_it_was_written_and_only_with_its_check_character(purpose, found):
    assert bank.reference_in(purpose) == found


def test_a_file_is_read_line_by_line_and_bad_lines_are_named():
    rows = [
        "流水号,交易时间,贷方发生额,用途",
        f'1,2026-11-20 10:00:00,"1,055.00",{REFERENCE}',
        "2,2026/11/20,12.345,x",
        "3,soon,1,x",
        "4,,-5,x",
        "5,2026-11-20,Infinity,x",
    ]
    heard, *bad = bank.read_file("\n".join(rows))
    assert (heard.transaction, heard.order_number, heard.amount) == ("20261120-1", REFERENCE, 105_500)
    assert heard.paid_at == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert [(line.number, line.because) for line in bad] == [(3, "amount"), (4, "at"), (6, "amount")]


def test_a_file_without_the_columns_is_refused_as_a_whole():
    with pytest.raises(bank.UnknownColumns, match="transaction, at"):
        list(bank.read_file("amount,purpose\n1,2"))


@pytest.mark.parametrize("currency", ["人民币", "RMB", "156", "cny", ""])
def test_the_currency_is_known_by_all_its_names(currency):
    (heard,) = bank.read_file(f"transaction,at,amount,purpose,currency\n1,2026-11-20,1,x,{currency}")
    assert heard.currency == "CNY"


def test_numbers_that_begin_anew_each_day_are_two_transfers():
    first, second = bank.read_file("transaction,at,amount,purpose\n1,2026-11-20,1,x\n1,2026-11-21,1,x")
    assert first.transaction != second.transaction


def test_a_file_pays_what_it_names_holds_the_rest_and_may_come_again(account, now):
    checkout = CheckoutFactory(account=account)
    rows = ["transaction,at,amount,purpose", f"1,2026-11-20,55.00,{checkout.reference}", "2,2026-11-20,10,李娜"]
    first, again = (import_transfers(content="\n".join(rows).encode(coding), at=now) for coding in ("utf-8-sig", "gb18030"))
    assert (first.used, first.held, first.known) == (1, 1, 0)
    assert (again.used, again.held, again.known) == (0, 0, 2)
    assert TopUp.objects.get().payment.method == "bank"


def test_numbers_from_before_days_were_named_are_named_by_the_migration(db):
    old = HeldPaymentFactory(transaction="77")
    HeldPaymentFactory(transaction="20261120-78")
    import_module("billing.migrations.0019_numbers_of_the_bank").name_days(apps, None)
    old.refresh_from_db()
    assert old.transaction == "20261120-77"
    again = import_transfers(content=b"transaction,at,amount,purpose\n77,2026-11-20,100.00,x\n78,2026-11-20,100.00,x", at=NOW)
    assert (again.known, again.held) == (2, 0)
