# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: the real executables, an environment without a CI in it, real repositories, and
credentials that are made up while the test runs, so that no committed file holds one."""
import dataclasses
import functools
import os
import pathlib
import random
import shutil
import string
import subprocess
import sys
import tempfile
import unittest
import zlib

TOP = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("SLUICE_BIN", TOP / "build/release/bin"))
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "sluice"
CLIENTS = CACHE / "clients/node_modules"
GATES = tuple(f"sluice-{gate}" for gate in sorted(os.listdir(TOP / "actions")))

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


@dataclasses.dataclass
class Outcome:
    status: int
    out: str
    err: str

    def __str__(self):
        return f"status {self.status}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def clean_environment(home, **more):
    """Nothing of the machine that runs the tests, above all not its CI variables."""
    path = f"{CACHE / 'bin'}:{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null", **{name: str(value) for name, value in more.items()}}


# Of a child Linux counts what its parent had in memory when it forked, which of a whole test run is much.
MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT)
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def run_measured(arguments, cwd, environment, out):
    """The exit status (negative: the signal) and the most memory that was resident, in KiB; both outputs go to the file `out`."""
    told = subprocess.run([sys.executable, "-c", MEASURE, str(out), *map(str, arguments)], cwd=cwd, env=environment, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    status, resident = map(int, told.split())
    return status, resident


def run(argv, directory, environment=None, stdin="", timeout=300):
    result = subprocess.run([str(a) for a in argv], cwd=directory, env=environment or clean_environment(directory),
                            input=stdin.encode(), capture_output=True, timeout=timeout)
    return Outcome(result.returncode, result.stdout.decode(errors="replace"), result.stderr.decode(errors="replace"))


def made_up(seed, length, alphabet=BASE62):
    return "".join(random.Random(seed).choices(alphabet, k=length))


def github_token(seed=1):
    """A classic personal access token that nobody has: 30 random characters and the CRC-32 of them in base 62."""
    body = made_up(seed, 30)
    rest, check = zlib.crc32(body.encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        check = BASE62[digit] + check
    return "ghp" + "_" + body + check


class Repository:
    """A git repository with reproducible ids."""

    def __init__(self, path, *, clone_of=None, arguments=()):
        self.path = pathlib.Path(path)
        self.commits = 0
        if clone_of is None:
            self.path.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main", *arguments)
        else:
            run_git(self.path.parent, "clone", "-q", *arguments, f"file://{clone_of.path}", str(self.path))

    def git(self, *arguments):
        return run_git(self.path, *arguments, date=f"2026-01-01T00:{self.commits // 60:02}:{self.commits % 60:02}Z")

    def write(self, path, text):
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def commit(self, message, files=None):
        for path, text in (files or {}).items():
            self.write(path, text)
        self.commits += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def run(self, tool, *arguments, stdin="", **environment):
        return run([BIN / tool, *arguments], self.path, clean_environment(self.path.parent, **environment), stdin)


def run_git(directory, *arguments, date="2026-01-01T00:00:00Z"):
    environment = clean_environment(directory, GIT_AUTHOR_NAME="Ada", GIT_AUTHOR_EMAIL="ada@example.org",
                                    GIT_COMMITTER_NAME="Ada", GIT_COMMITTER_EMAIL="ada@example.org",
                                    GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date, GIT_TERMINAL_PROMPT="0")
    result = run(["git", "-c", "protocol.file.allow=always", *arguments], directory, environment)
    if result.status != 0:
        raise RuntimeError(f"git {' '.join(arguments)}: {result}")
    return result.out.strip()


class Case(unittest.TestCase):
    """A test with a temporary directory of its own, kept and named when the test fails."""

    maxDiff = None

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="sluice-e2e."))
        self.addCleanup(self._clean)

    def _clean(self):
        outcome = getattr(self, "_outcome", None)
        if outcome is not None and not outcome.success:
            print(f"    kept: {self.directory}", flush=True)
        else:
            shutil.rmtree(self.directory, ignore_errors=True)

    def repository(self, name="repository", **options):
        return Repository(self.directory / name, **options)

    def planted(self, name="repository"):
        """A repository whose checkout is clean and whose history is not."""
        repository = self.repository(name)
        repository.commit("Start", {"README.md": "# Shop\n"})
        self.planted_token = github_token()
        self.planted_commit = repository.commit("Deploy", {"deploy.env": f"REGION=eu\nTOKEN={self.planted_token}\n"})
        repository.commit("Read it from the environment", {"deploy.env": "REGION=eu\nTOKEN=${TOKEN}\n"})
        return repository

    def clean(self, name="repository"):
        repository = self.repository(name)
        repository.commit("Start", {"README.md": "# Shop\n"})
        repository.commit("Configure", {"deploy.ini": "REGION=eu\nTOKEN=${TOKEN}\n",
                                        "migrations/0001_shop.sql": "create table shop (id bigint primary key);\n"})
        return repository

    def assertStatus(self, outcome, status):
        self.assertEqual(outcome.status, status, f"\n{outcome}")

    def assertSays(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    def assertNoSecret(self, *texts):
        for text in texts:
            self.assertNotIn(self.planted_token, text)
            self.assertNotIn(self.planted_token[8:], text)


@functools.lru_cache(maxsize=None)
def has(program):
    return shutil.which(program, path=clean_environment("/")["PATH"]) is not None


def needs(program):
    return unittest.skipUnless(has(program), f"{program} is not installed")
