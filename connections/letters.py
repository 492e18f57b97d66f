"""What we write about an application for gas."""

from .steward_letters import STEWARD_LETTERS

LETTERS = {**STEWARD_LETTERS}
