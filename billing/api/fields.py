"""A card's content on the wire."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from rest_framework import serializers

from ..devices.cards import CardImage, DamagedCard, check_is_ours, decode
from ..volumes import MAX_LITRES, MAX_MINOR


class ImageField(serializers.RegexField):
    """The raw content of a chip as hex, as the reader gave it; empty for a new chip."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"^([0-9a-fA-F]{2})*$", max_length=1024, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return str(super().to_internal_value(data)).lower()


def content_of(image: str) -> CardImage:
    """What the hex says. Raises EmptyCard, and DamagedCard also for numbers that no card of ours can hold."""
    content = decode(image)
    numbers = [value for value in asdict(content).values() if isinstance(value, int)]
    if any(number > MAX_LITRES + MAX_MINOR for number in numbers):
        raise DamagedCard
    return content


def own_content_of(image: str) -> CardImage:
    """The same for a card that is to be written. Raises ForeignCard and ToolCard too, as a reader of ours would."""
    content = content_of(image)
    check_is_ours(content, factory_code=settings.CARD_FACTORY_CODE, area_code=settings.CARD_AREA_CODE)
    return content
