"""What the lines of a quote cost, in minor units. Pure; one rounding rule: each line once, half up, and totals are sums of lines."""

from collections.abc import Iterable


def line_amount(price: int, hundredths: int) -> int:
    """``hundredths`` of a piece or a metre at the price of one."""
    return (price * hundredths + 50) // 100


def total_of(lines: Iterable[tuple[int, int]]) -> int:
    """Of pairs of price and hundredths."""
    return sum(line_amount(price, hundredths) for price, hundredths in lines)
