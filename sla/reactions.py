"""What time does when something happens: clocks listen at once; what fired alarms demand is carried out in batches by the drain."""

from .operations import listening

LISTENERS = (listening.follow,)
