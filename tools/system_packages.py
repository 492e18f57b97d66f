"""Libraries and programs of the operating system: looked for by using them, installed when we may, else named."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Sequence
from glob import glob

from .steps import StepFailed, carry_out, step

#: What WeasyPrint loads to set text -> the Debian package that has it.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libfontconfig.so.1": "libfontconfig1",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
#: Brings all of the above, under any release's names, and one font for what ours does not cover.
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")


def missing_libraries() -> list[str]:
    """Those that cannot be loaded here and now."""
    return [name for name in PDF_LIBRARIES if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_programs() -> dict[str, str]:
    """What the tests start and this machine lacks -> the Debian package that has it."""
    found = {
        "redis-server": ("redis-server", shutil.which("redis-server")),
        "postgres": ("postgresql", postgres_folder()),
        "chromium": ("chromium", shutil.which("chromium")),
    }
    return {program: package for program, (package, path) in found.items() if not path}


def postgres_folder() -> str:
    """Where initdb and postgres lie; Debian keeps them off PATH. Empty if nowhere."""
    newest_first = sorted(glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]), reverse=True)
    return os.path.dirname(newest_first[0] if newest_first else shutil.which("initdb") or "")


def install(packages: Sequence[str], what_for: str) -> None:
    """Installs Debian packages when running as root; else raises StepFailed with the line to type."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sudo = "sudo "
        raise StepFailed(f"{what_for} needs system packages that are not installed. Type this, then start again:\n\n    {sudo}{line}\n")
    with step(f"Installing {', '.join(packages)}"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(line.split(), env=environment, capture_output=True, check=False).returncode:
            carry_out(["apt-get", "update"], env=environment)
            carry_out(line.split(), env=environment, advice="Install these packages by hand, then start again.")
