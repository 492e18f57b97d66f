"""Money and gas are integers: minor units, litres, and prices in 1/10 000 of the currency unit per m3. One rounding rule."""

from decimal import ROUND_HALF_UP, Decimal

PRICE_SCALE = 10_000
LITRES_PER_M3 = 1_000


def round_money(amount: Decimal) -> int:
    """Minor units, half a unit upwards (commercial rounding). The only rounding of money in the house."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def price_of(litres: int, unit_price: int, minor_per_unit: int = 100) -> int:
    """What a volume costs at one price, in minor units, rounded once."""
    return round_money(Decimal(litres) * unit_price * minor_per_unit / (LITRES_PER_M3 * PRICE_SCALE))
