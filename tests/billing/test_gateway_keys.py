"""The keys of the meters' gateway, from a terminal."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import sealing
from accounts.clock import business_now
from billing.models import DeviceKey
from billing.queries.kiosks import gateway_keys

pytestmark = pytest.mark.django_db


def command(*words):
    out = StringIO()
    call_command("gateway_key", *words, stdout=out)
    return dict(line.split(" ", 1) for line in out.getvalue().splitlines())


def test_a_secret_is_shown_once_and_changed_without_a_pause():
    first, second = command("make"), command("change")
    assert sealing.unseal(DeviceKey.objects.get(handle=first["key"]).sealed) == first["secret"]
    assert [key.handle for key in gateway_keys(business_now())] == [second["key"], first["key"]]
    assert [key.handle for key in gateway_keys(business_now() + timedelta(days=2))] == [second["key"]]
    assert first["secret"] not in str(command("list"))


def test_one_is_revoked_at_once_and_one_nobody_knows_is_said():
    command("revoke", command("make")["key"])
    assert gateway_keys(business_now()) == []
    with pytest.raises(CommandError):
        command("revoke", "MNOBODY")
