"""Logs as JSON lines: each with the request's id, none with anything about a person.

Of an error only classes and places are kept, because its text may quote a name or a phone ("Key (phone)=(+86...) exists").
Of a request's address only the path is kept, because people search by name. Developers see all of it on their own screen with DEBUG.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo, Processor

#: What our own calls say in ``extra=``; anything else that libraries attach stays out.
_WORDS = ("count", "error", "kind", "seconds", "task", "topic", "tries")


def set_up(*, level: str, debug: bool) -> dict[str, Any]:
    """Set structlog up, and what Django's LOGGING should be."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = (
        [structlog.dev.ConsoleRenderer()] if debug else [impersonal, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder(allow=_WORDS)],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        # django_structlog says the same with the request's id.
        "loggers": {"django.request": {"level": "CRITICAL"}, "django.server": {"handlers": ["console"], "propagate": False}},
    }


def impersonal(logger: logging.Logger, method: str, event: EventDict) -> EventDict:
    """Keep what an operator needs and nothing about a person."""
    event.pop("user_agent", None)
    event.pop("ip", None)
    if "request" in event:
        event["request"] = str(event["request"]).partition("?")[0]
    error = _error_of(event.pop("exc_info", None))
    if error:
        event["exception"] = list(_chain(error))
    return event


def _error_of(exc_info: ExcInfo | BaseException | bool | None) -> BaseException | None:
    if exc_info is True:
        return sys.exc_info()[1]
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return exc_info or None


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        yield {"type": type(error).__qualname__, "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
