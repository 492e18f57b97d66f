"""What the API shows of calls: times and codes, neither who rang nor what was said."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.clock import business_now

from ..models import Call, HotlineLine
from ..queries.call_page import person_of


class HotlineCallOutput(serializers.ModelSerializer[Call]):
    """A call, by our reference and by the exchange's number. Staff stand as their staff numbers, cases as references."""

    line = serializers.CharField(source="line.number", default="", help_text="empty: taken down by hand")
    agent = serializers.CharField(source="agent.number", default=None, allow_null=True)
    first_asked = serializers.CharField(source="first_asked.number", default=None, allow_null=True)
    account = serializers.CharField(source="account.number", default=None, allow_null=True)
    ring_seconds = serializers.IntegerField(allow_null=True, help_text="until answered or given up; null while it rings")
    talk_seconds = serializers.IntegerField(allow_null=True, help_text="without the holds; null before the end")
    segment = serializers.CharField(source="account.customer.segment", default="", help_text="vip and key_account come first (T36, T41)")
    named = serializers.SerializerMethodField(help_text="staff number of whom to hand the caller's matter to; null for nobody by name")
    cases = serializers.SerializerMethodField(help_text="references of what came of it")

    class Meta:
        model = Call
        fields = [
            *("reference", "exchange_id", "line", "status", "agent", "first_asked", "account", "segment", "named"),
            *("rang_at", "answered_at", "ended_at"),
            *("ring_seconds", "talk_seconds", "hold_seconds", "call_type", "is_solved", "is_order_wanted", "cases"),
        ]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_named(self, call: Call) -> str | None:
        found = person_of(call, at=business_now())
        return found.present.number if found else None

    def get_cases(self, call: Call) -> list[str]:
        """In the order in which they were opened."""
        return list(call.cases.order_by("opened_at", "pk").values_list("reference", flat=True))


class HotlineLineOutput(serializers.ModelSerializer[HotlineLine]):
    """A number of the hotline."""

    class Meta:
        model = HotlineLine
        fields = ["number", "name", "is_reachable", "heard_at"]
