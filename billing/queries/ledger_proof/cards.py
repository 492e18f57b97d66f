"""Cards: each order that was written left a higher counter than the one before."""

from django.db.models import F, Max, Window
from django.db.models.functions import Lag

from ...models import TopUp
from ...states import TopUpStatus


def counters() -> str:
    """Counters rise with every order written to a card; lost gas written again leaves them; a card is not behind its orders."""
    counted = TopUp.objects.filter(status=TopUpStatus.WRITTEN, card__isnull=False, counter__isnull=False)
    rising = counted.exclude(kind=TopUp.Kind.LOST_GAS)
    before = Window(Lag("counter"), partition_by="card", order_by=["written_at", "pk"])
    wrong = rising.annotate(before=before).filter(counter__lte=F("before")).values("pk", "counter", "before").first()
    if wrong:
        return f"top-up {wrong['pk']}: purchase counter {wrong['counter']} after {wrong['before']}"
    behind = (
        counted.order_by("card").values("card", "card__counter").annotate(top=Max("counter")).filter(top__gt=F("card__counter")).first()
    )
    return f"card {behind['card']}: counter {behind['card__counter']}, but an order left {behind['top']}" if behind else ""
