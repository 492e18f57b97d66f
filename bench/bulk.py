"""``python -m bench.bulk``: how long it takes to build cities and to import accounts; writes bench/results.md."""

import argparse
import csv
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.fernet import Fernet
from stdnum import luhn

from . import postgres, report
from .house import ROOT

_COLUMNS = (
    *("account_number", "customer_name", "phone", "opened_on", "province", "city", "county"),
    *("town", "compound", "building", "unit", "door"),
)


def main() -> None:
    options = _options()
    lines = ["| what | database | seconds | a second |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory(prefix="pilotlight-bench-") as folder:
        lines += _on(Path(folder) / "sqlite", "SQLite", options.sqlite, options.rows)
        with postgres.running() as server:
            lines += _on(Path(folder) / "postgres", "PostgreSQL", options.postgres, options.rows, DATABASE_URL=server.url)
    report.write("Many rows", [*lines, "", "Cities come with a year of purchases; `check_ledger` proves each after it was built."])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.bulk", description=__doc__)
    parser.add_argument("--sqlite", type=int, default=10_000, metavar="N", help="accounts of the city on SQLite")
    parser.add_argument("--postgres", type=int, default=100_000, metavar="N", help="accounts of the city on PostgreSQL")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="accounts to import; 0 for none")
    return parser.parse_args()


def _on(var: Path, name: str, accounts: int, rows: int, **more: str) -> list[str]:
    """One city, its proof, and an import beside it."""
    var.mkdir()
    keys = {"SECRET_KEY": secrets.token_hex(40), "FIELD_KEY": Fernet.generate_key().decode()}
    environment = {**os.environ, "PILOTLIGHT_VAR": str(var), "PYTHONPATH": str(ROOT), **keys, **more}
    _manage(environment, "migrate", "-v0")
    _manage(environment, "createcachetable")
    built = _timed(environment, "build_city", "--accounts", str(accounts))
    said = _manage(environment, "shell", "-v0", "-c", "from billing.models import TopUp; print(TopUp.objects.count())")
    purchases = int(re.findall(r"\d+", said)[-1])
    proved = _timed(environment, "check_ledger")
    lines = [
        f"| city of {accounts:,} accounts, {purchases:,} purchases | {name} | {built:.0f} | {purchases / built:,.0f} purchases |",
        f"| proof of its ledger | {name} | {proved:.0f} | {purchases / proved:,.0f} purchases |",
    ]
    if rows:
        _write_file(var / "accounts.csv", rows)
        took = _timed(environment, "import_accounts", str(var / "accounts.csv"))
        lines.append(f"| import of {rows:,} accounts from CSV | {name} | {took:.0f} | {rows / took:,.0f} accounts |")
    return lines


def _write_file(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for n in range(rows):
            body = f"{800_000_000 + n}"
            home = [f"导入小区{n // 800}", f"{n // 40 % 20 + 1}号楼", f"{n // 20 % 2 + 1}单元", f"{n % 20 + 101}"]
            place = ["山东省", "临沂市", "兰陵县", "卞庄街道", *home]
            writer.writerow([body + luhn.calc_check_digit(body), f"用户{n}", f"13123{n % 1_000_000:06d}", "2024-03-01", *place])


def _timed(environment: dict[str, str], *arguments: str) -> float:
    began = time.perf_counter()
    _manage(environment, *arguments)
    took = time.perf_counter() - began
    print(f"{' '.join(arguments[:1])}: {took:.1f} s", flush=True)
    return took


def _manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {made.stdout[-1000:]}{made.stderr[-2000:]}")
    return made.stdout


if __name__ == "__main__":
    main()
