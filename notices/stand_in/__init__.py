"""Gateways that send nothing: they check what the real ones would check, and show the messages on a page, the demo's phone."""

from .gateway import Gateway, Taken
from .mail import MailServer
from .server import Server

__all__ = ["Gateway", "MailServer", "Server", "Taken"]
