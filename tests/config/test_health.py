"""Probes and figures."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from config import health
from tests.factories.casework import EffectFactory
from tests.factories.notices import DeadMessageFactory
from tests.factories.sla import AlarmFactory, FaultFactory, HeartbeatFactory


def test_a_living_process_says_so_without_its_database(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
@pytest.mark.parametrize("host", ["10.0.3.17:8000", "pilotlight-web-5d9f", "[fd00::17]", "bad_host!"])
def test_probes_are_answered_whatever_name_they_use(client, settings, path, host):
    settings.ALLOWED_HOSTS = ["gas.example"]
    HeartbeatFactory(beat_at=timezone.now())
    assert client.get(path, headers={"host": host}).status_code == 200
    assert client.get("/halls/", headers={"host": host}).status_code == 400


@pytest.mark.django_db
class TestReady:
    def test_with_everything_in_place_it_is(self, client):
        HeartbeatFactory(beat_at=timezone.now())
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")

    @pytest.mark.parametrize(("age", "outcome"), [(9, "ok"), (60, "silent"), (None, "never seen")])
    def test_it_needs_a_timekeeper(self, client, age, outcome):
        if age is not None:
            HeartbeatFactory(beat_at=timezone.now() - timedelta(seconds=age))
        answer = client.get("/health/ready")
        assert answer.json()["checks"]["timekeeper"] == outcome
        assert answer.status_code == (200 if outcome == "ok" else 503)

    def test_what_people_must_look_at_is_a_warning_and_no_reason_to_stay_away(self, client):
        HeartbeatFactory(beat_at=timezone.now())
        HeartbeatFactory(name="system:sentry@b", beat_at=timezone.now() - timedelta(minutes=1))
        AlarmFactory()
        FaultFactory()
        answer = client.get("/health/ready")
        assert answer.status_code == 200
        assert answer.json()["warnings"] == {"timekeepers": "1 silent", "alarms": "late", "promises": "1 at fault"}

    def test_it_needs_its_database(self, client, monkeypatch):
        def away():
            raise OperationalError("password in here")

        monkeypatch.setitem(health._CHECKS, "database", away)
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "OperationalError")

    def test_it_needs_its_migrations(self, client, monkeypatch):
        health._is_migrated.cache_clear()
        monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, leaves: ["one"])
        assert client.get("/health/ready").json()["checks"]["migrations"] == "migrations missing"

    def test_a_missing_migration_is_looked_for_again(self, client, monkeypatch):
        health._is_migrated.cache_clear()
        with monkeypatch.context() as unmigrated:
            unmigrated.setattr(health.MigrationExecutor, "migration_plan", lambda self, leaves: ["one"])
            client.get("/health/ready")
        assert client.get("/health/ready").json()["checks"]["migrations"] == "ok"

    def test_with_redis_configured_it_needs_redis(self, client, settings):
        settings.REDIS_URL = "redis://127.0.0.1:9/0"
        assert client.get("/health/ready").json()["checks"]["broker"] == "ConnectionError"


@pytest.mark.django_db
class TestMetrics:
    def test_figures_are_those_of_the_rows(self, client):
        EffectFactory()
        EffectFactory(dead_at=timezone.now())
        DeadMessageFactory()
        text = client.get("/metrics").content.decode()
        for line in (
            "effects_owed 1.0",
            "effects_dead 1.0",
            "messages_owed 0.0",
            "messages_dead 1.0",
            "heartbeat_age_seconds +Inf",
            "journal_root_age_seconds +Inf",
            "promise_faults 0.0",
            "timekeepers_silent 0.0",
            "alarm_told_late_seconds_p99 0.0",
        ):
            assert f"\npilotlight_{line}\n" in text

    @pytest.mark.parametrize("extra", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}, {"HTTP_FORWARDED": "for=x"}])
    def test_strangers_find_nothing(self, client, extra):
        assert client.get("/metrics", **extra).status_code == 404

    @pytest.mark.parametrize(("header", "status"), [("Bearer right", 200), ("Bearer wrong", 404), ("", 404)])
    def test_with_a_token_set_only_the_token_opens(self, client, settings, header, status):
        settings.METRICS_TOKEN = "right"
        assert client.get("/metrics", headers={"Authorization": header}, REMOTE_ADDR="10.0.0.7").status_code == status


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_probes_only_read(client, path):
    assert client.post(path).status_code == 405
