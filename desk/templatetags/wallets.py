"""What the page of a payment hands to a wallet."""

from django import template

from ..queries import ways_to_pay

register = template.Library()

register.simple_tag(ways_to_pay.wallet_of)
