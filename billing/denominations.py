"""Notes and coins a till can hold, by currency, in minor units, largest first. What a count asks for and nothing else."""

DENOMINATIONS: dict[str, tuple[int, ...]] = {
    "CNY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1),
    "RUB": (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 10),
    "USD": (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1),
}
#: Of one note or coin in one till; more is a slip of the finger.
MOST_PIECES = 100_000


def total(counted: dict[int, int]) -> int:
    """What a count by denomination is worth, in minor units."""
    return sum(denomination * pieces for denomination, pieces in counted.items())
