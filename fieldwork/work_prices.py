"""What a line of work costs, in whole minor units, halves upwards; and how much of anything a line may hold. Pure."""

#: A day of one person, and more of anything than a crew carries.
MOST_MINUTES = 1_440
MOST_MILLI = 10_000_000


def cost_of_part(price: int, quantity_milli: int) -> int:
    """So many thousandths of a unit at a price for one."""
    return (price * quantity_milli + 500) // 1_000


def cost_of_labour(price: int, minutes: int) -> int:
    """So many minutes at a price for an hour."""
    return (price * minutes + 30) // 60
