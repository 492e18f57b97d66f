"""What we write about complaints."""

from notices.letter import Letter

COMPLAINT_LETTERS: dict[str, Letter] = {}
