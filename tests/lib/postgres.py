"""Start a PostgreSQL of the machine's own for tests, on a free port and in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lib.launching import free_port

_PLACES = "/usr/lib/postgresql/*/bin"  # Debian keeps the server's programs out of PATH
_USER = "nobody"  # PostgreSQL refuses to run as root


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs. Raises RuntimeError where it is not installed."""
    folders = sorted(Path("/").glob(_PLACES[1:]), reverse=True)
    found = next((str(folder / name) for folder in folders if (folder / name).is_file()), None) or shutil.which(name)
    if found is None:
        raise RuntimeError(f"PostgreSQL's {name} was not found: `make servers` installs it.")
    return found


class Postgres:
    """A server that was started: `url` is the address of its first database."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.url = self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Make a database and return its address."""
        command = [program("psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "-d", "postgres", "-qc"]
        subprocess.run([*command, f'CREATE DATABASE "{name}"'], check=True, capture_output=True)
        return self.url_of(name)

    def stop(self) -> None:
        """Stop the server at once, as a failure would: what was committed is kept."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{self.folder}'"
        # Data that lasts as long as a test need not reach a disk.
        self._control("start", "-l", str(self.folder / "log"), "-o", f"{options} -c fsync=off")

    def _control(self, *arguments: str) -> None:
        run_plainly([program("pg_ctl"), "-D", str(self.folder / "data"), "-w", "-t", "120", *arguments], self.folder)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Yield a PostgreSQL that ends with the block."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if os.name == "posix" and os.geteuid() == 0:
            shutil.chown(folder, _USER)
        command = [program("initdb"), "-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
        run_plainly([*command, "--locale=C"], folder)
        server = Postgres(free_port(), folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def run_plainly(command: list[str], folder: Path) -> None:
    """Run a program as a user without rights where we are root. Raises RuntimeError with what it printed where it fails."""
    user = _USER if os.name == "posix" and os.geteuid() == 0 else None
    with (folder / "printed").open("w+b") as out:  # a pipe would stay open as long as the server runs
        done = subprocess.run(command, cwd=folder, user=user, stdout=out, stderr=subprocess.STDOUT)
        if done.returncode:
            out.seek(0)
            raise RuntimeError(f"{command} failed:\n{out.read().decode(errors='replace')}")
