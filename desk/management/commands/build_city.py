"""``manage.py build_city``: a believable Lanling County from open data and one seed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.clock import business_date, business_now
from desk.city.build import AlreadyBuilt, NothingUnfinished, build_city
from desk.city.crews import fill_shifts
from desk.city.recipe import Recipe
from desk.city.roster import fill_roster
from desk.city.sign_ins import NoSignIns, SignIns


class Command(BaseCommand):
    help = "Builds the demo city in an empty database; goes on with an unfinished one; leaves a finished one alone but for its roster."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", type=_positive, default=2000, metavar="N", help="how many accounts; default: 2000")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same N, same day: same city; default: 1")
        parser.add_argument("--years", type=_positive, default=1, metavar="Y", help="years of purchases before today; default: 1")
        parser.add_argument("--resume", action="store_true", help="only go on with a build that was interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        now = business_now()
        wanted = Recipe(options["accounts"], options["seed"], business_date(now), options["years"])
        bars = _Bars()
        try:
            recipe = build_city(None if options["resume"] else wanted, at=now, progress=bars.advance)
        except AlreadyBuilt:
            planned = fill_roster(now) + fill_shifts(now) if _is_demo() else 0
            self.stdout.write(f"There is a city already; it stays as it is, with {planned} new lines on its roster.")
            return
        except NothingUnfinished:
            raise CommandError("No build was interrupted here.") from None
        finally:
            bars.close()
        self.stdout.write(f"Lanling County with {recipe.accounts} accounts is ready (seed {recipe.seed}, {recipe.start}).")


def _is_demo() -> bool:
    """Whether the people here are ours to plan: an installation of somebody's own has no file of demo sign-ins."""
    try:
        SignIns.read()
    except NoSignIns:
        return False
    return True


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


class _Bars:
    """One progress bar a stage, with rate and time left."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Any]] = {}

    def advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._bars:
            self._bars[stage] = tqdm(desc=stage, total=total, unit=f" {stage}", smoothing=0.05, miniters=1)
        self._bars[stage].update(done)

    def close(self) -> None:
        for bar in self._bars.values():
            bar.close()
