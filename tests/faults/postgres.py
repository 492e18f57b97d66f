"""A PostgreSQL that may be crashed and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tools.system_packages import postgres_folder


class Postgres:
    """A server of our own in a folder of its own. What it said it had committed survives a crash of the server, not of the machine."""

    def __init__(self, port):
        self.port, self.user, self.programs = port, _ordinary_user(), postgres_folder()
        self.folder = Path(tempfile.mkdtemp(prefix="pilotlight-faults-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.data = self.folder / "data"
        options = ("-U", "pilotlight", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        made = [f"{self.programs}/initdb", "-D", str(self.data), *options]
        subprocess.run(made, cwd=self.folder, check=True, capture_output=True, **self._as())
        self.start()

    def start(self):
        """Hands back when it answers."""
        options = {"listen_addresses": "127.0.0.1", "fsync": "off", "port": self.port, "unix_socket_directories": ""}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            command = [f"{self.programs}/postgres", "-D", str(self.data), *flags]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self._as())
        while not self.answers():
            time.sleep(0.02)

    def url(self, name="postgres"):
        return f"postgresql://pilotlight@127.0.0.1:{self.port}/{name}"

    def answers(self):
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def restart(self, how=signal.SIGQUIT):
        """SIGQUIT: a crash, nothing is written down any more; SIGINT: an administrator's quick restart."""
        self.stop(how)
        self.start()

    def stop(self, how=signal.SIGQUIT):
        self.process.send_signal(how)
        self.process.wait(120)

    def make_database(self, name, template="template1"):
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def fill(self, name, source):
        """With all that the database at this url has."""
        dumped = subprocess.run([f"{self.programs}/pg_dump", "--format=custom", source], check=True, capture_output=True)
        subprocess.run([f"{self.programs}/pg_restore", "--dbname", self.url(name)], input=dumped.stdout, check=True)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as(self):
        return {"user": self.user, "extra_groups": []} if self.user else {}


def _ordinary_user():
    """Whom to become; None when we are nobody special already."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)
