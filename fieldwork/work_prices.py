"""What a line of work costs, in whole minor units, halves upwards. Pure."""


def cost_of_part(price: int, quantity_milli: int) -> int:
    """So many thousandths of a unit at a price for one."""
    return (price * quantity_milli + 500) // 1_000


def cost_of_labour(price: int, minutes: int) -> int:
    """So many minutes at a price for an hour."""
    return (price * minutes + 30) // 60
