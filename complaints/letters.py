"""What this app writes to people, each part in a module of its own."""

from .complaint_letters import COMPLAINT_LETTERS
from .reception_letters import RECEPTION_LETTERS

LETTERS = {**COMPLAINT_LETTERS, **RECEPTION_LETTERS}
