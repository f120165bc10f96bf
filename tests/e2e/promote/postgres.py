# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL cluster of its own for a module of tests, with a socket in a temporary directory and no port. Where there is no
server program it fails: what is shown with a database is not to be skipped."""
import os
import pathlib
import shutil
import subprocess
import tempfile

OPTIONS = "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off -c timezone=UTC"


def programs():
    """Debian's directory of the newest version that has a server."""
    found = [path for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if not found:
        raise RuntimeError("no PostgreSQL server is installed: apt-get install postgresql")
    return max(found, key=lambda path: float(path.parent.name))


class Postgres:
    def __init__(self):
        self.programs = programs()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="sluice-pg."))
        self.home.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
        self.names = 0
        self.server("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def server(self, program, *arguments):
        command = [self.programs / program, "-D", self.home / "data", *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        result = subprocess.run([str(word) for word in command], cwd=self.home, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        if result.returncode != 0:
            raise RuntimeError(f"{program}: {result.stdout}")

    def start(self):
        self.server("pg_ctl", "-w", "-l", self.home / "log", "-o", OPTIONS.format(self.home), "start")

    def stop(self, mode="immediate"):
        self.server("pg_ctl", "-w", "-m", mode, "stop")

    def close(self):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def address(self, database):
        return f"host={self.home} user=postgres dbname={database}"

    def database(self, name="shop"):
        """A new one, and its address."""
        self.names += 1
        made = f"{name}_{self.names}"
        self.ask("postgres", f'create database "{made}"')
        return self.address(made)

    def ask(self, database, statement):
        address = database if "=" in database else self.address(database)
        result = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statement],
                                capture_output=True, text=True, timeout=60)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        return result.stdout.strip()
