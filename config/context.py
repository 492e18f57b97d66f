"""What every template may say about the operator."""

from django.conf import settings
from django.http import HttpRequest


def company(request: HttpRequest) -> dict[str, object]:
    return {"company": settings.COMPANY, "currency": settings.CURRENCY}
