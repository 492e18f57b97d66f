"""What clerks type at the counter, checked and translated into integers."""

from .counter import PapersForm, PayForm, QuoteForm

__all__ = ["PapersForm", "PayForm", "QuoteForm"]
