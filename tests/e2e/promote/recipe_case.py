# SPDX-License-Identifier: Apache-2.0
"""What tests of recipes share: a repository into which one was written, its hooks run as `sluice promote` runs them, and
tools that stand for those of hosting platforms."""
import dataclasses
import http.server
import json
import os
import pathlib
import re
import threading

import yaml

from harness import BIN, TOP, Case, clean_environment, run

FAKES = TOP / "tests/e2e/promote/fakes"
SECRETS = ("CLOUDFLARE_API_TOKEN", "FLY_API_TOKEN", "NETLIFY_AUTH_TOKEN", "RAILWAY_TOKEN", "RENDER_API_KEY",
           "SUPABASE_ACCESS_TOKEN", "SUPABASE_DB_PASSWORD", "VERCEL_TOKEN")
OBSERVER_CUT_OFF = 75


class Health(http.server.BaseHTTPRequestHandler):
    """Answers every path with what the server was told."""

    def do_GET(self):
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        pass


@dataclasses.dataclass
class Call:
    tool: str
    command: str
    flags: dict
    words: list
    argv: list
    head: str
    input: str
    variables: dict

    @property
    def name(self):
        return f"{self.tool} {self.command}".strip()

    def flag(self, name):
        return self.flags.get(name, [None])[-1]


class RecipeCase(Case):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Health)
        self.server.answer = (200, "{}")
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.room = self.directory / "fake"
        (self.room / "answers").mkdir(parents=True)

    def project(self, name, files=None):
        """A repository of three commits, `previous`, `commit` and one that nobody promotes, with the recipe."""
        repository = self.repository()
        self.previous = repository.commit("Begin", {"app.txt": "1\n", "compose.yml": "services: {} # 1\n", **(files or {})})
        self.commit = repository.commit("Go on", {"app.txt": "2\n", "compose.yml": "services: {} # 2\n"})
        repository.commit("Be elsewhere by now", {"app.txt": "3\n", "compose.yml": "services: {} # 3\n"})
        outcome = self.init(repository, "--recipe", name)
        self.assertStatus(outcome, 0)
        self.path = repository.path
        return repository

    def init(self, repository, *arguments):
        return run([BIN / "sluice-promote", "init", *arguments], repository.path, clean_environment(self.directory))

    def replace(self, old, new):
        """Fills something in, in the pipeline."""
        file = self.path / "promotion.yml"
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new))

    def pipeline(self):
        return yaml.safe_load((self.path / "promotion.yml").read_text())

    def watched_at(self):
        """Lets every health address lead to the server of this test."""
        file = self.path / "promotion.yml"
        file.write_text(re.sub(r"https://[a-z0-9.-]+", self.url, file.read_text()))

    def answer(self, tool, command, text):
        (self.room / "answers" / f"{tool}.{command.replace(' ', '-')}").write_text(
            text if isinstance(text, str) else json.dumps(text))

    def calls(self):
        file = self.room / "calls"
        return [Call(**json.loads(line)) for line in file.read_text().splitlines()] if file.exists() else []

    def hook(self, name, environment="production", path=FAKES, fail_at=None, **variables):
        """Runs one, and returns its outcome; `calls()` are then its own."""
        (self.room / "calls").unlink(missing_ok=True)
        (self.room / "fail_at").unlink(missing_ok=True)
        if fail_at is not None:
            (self.room / "fail_at").write_text(str(fail_at))
        given = {"SLUICE_ENVIRONMENT": environment, "SLUICE_COMMIT": self.commit, "SLUICE_PREVIOUS_COMMIT": self.previous,
                 "SLUICE_IDEMPOTENCY_KEY": f"{environment}-{name}-1", "SLUICE_FENCING_TOKEN": "1", **variables}
        everything = clean_environment(self.directory, FAKE_DIRECTORY=self.room, SLUICE_BACKUPS=self.directory / "backups",
                                       **{secret: f"planted-{secret}" for secret in SECRETS}, **given)
        everything["PATH"] = f"{path}:{os.environ['PATH']}"
        argv = self.pipeline()["environments"][environment]["hooks"][name]["run"]
        outcome = run(argv, self.path, everything)
        for call in self.calls():
            self.assertNotEqual(call.command, "?", f"{call.tool} would not know {call.argv}\n{outcome}")
            self.assertNotIn("planted-", json.dumps(call.argv))
        return outcome

    def succeeds(self, name, *expected, **more):
        """The hook works, and calls exactly these; its calls are returned."""
        outcome = self.hook(name, **more)
        self.assertStatus(outcome, 0)
        calls = self.calls()
        self.assertEqual([call.name for call in calls], list(expected))
        return calls

    def fails_with_every_call(self, name, **more):
        """Whichever of its calls fails, the hook fails, and calls nothing more."""
        count = self.count_calls(name, **more)
        for number in range(1, count + 1):
            with self.subTest(hook=name, call=number):
                outcome = self.hook(name, fail_at=number, **more)
                self.assertNotEqual(outcome.status, 0, outcome)
                self.assertNotEqual(outcome.status, OBSERVER_CUT_OFF, outcome)
                self.assertEqual(len(self.calls()), number)

    def count_calls(self, name, **more):
        self.assertStatus(self.hook(name, **more), 0)
        self.assertGreater(len(self.calls()), 0)
        return len(self.calls())

    def refuses_what_is_no_commit(self):
        for variable, hook in (("SLUICE_COMMIT", "deploy"), ("SLUICE_PREVIOUS_COMMIT", "rollback")):
            for value in ("", "main", "--help", "$(touch pwned)", "0123456789abcdef", self.commit + "\n", self.commit + ";id"):
                with self.subTest(hook=hook, value=value):
                    outcome = self.hook(hook, **{variable: value})
                    self.assertNotIn(outcome.status, (0, OBSERVER_CUT_OFF), outcome)
                    self.assertEqual(self.calls(), [])

    def looks(self, *, version, checks=("http",), cut_off_at=None, degraded_at=()):
        """The probe: well; the service sick; nobody there; each tool that it asks failing. `cut_off_at`: the numbers of
        the calls without which nothing is known; all by default; `degraded_at`: without which little is amiss. Returns the sample of a service that is well."""
        outcome = self.hook("probe")
        self.assertStatus(outcome, 0)
        well = json.loads(outcome.out)
        self.assertEqual((well["status"], well["version"], set(well["checks"])), ("healthy", version, set(checks)))
        self.assertGreaterEqual(well["latency_ms"], 0)
        self.assertEqual((well["requests"], well["errors"]), (1, 0))
        count = len(self.calls())

        self.server.answer = (503, "{}")
        sick = self.hook("probe")
        self.assertNotIn(sick.status, (0, OBSERVER_CUT_OFF), sick)
        sample = json.loads(sick.out)
        self.assertEqual((sample["status"], sample["checks"]["http"]["ok"], sample["errors"]), ("unhealthy", False, 1))
        self.server.answer = (200, "{}")

        for number in range(1, count + 1):
            with self.subTest(call=number):
                blind = self.hook("probe", fail_at=number)
                if cut_off_at is None or number in cut_off_at:
                    self.assertStatus(blind, OBSERVER_CUT_OFF)
                elif number in degraded_at:
                    self.assertSays(blind.out, '"status":"degraded"')
                else:
                    self.assertNotIn(blind.status, (0, OBSERVER_CUT_OFF), blind)
        self.is_cut_off_without_tools()
        return well

    def is_cut_off_without_tools(self):
        curl = self.directory / "no-names"
        curl.mkdir(exist_ok=True)
        program = curl / "curl"
        program.write_text("#!/bin/sh\nexit 6\n")
        program.chmod(0o755)
        self.assertStatus(self.hook("probe", path=f"{curl}:{FAKES}"), OBSERVER_CUT_OFF)
        bare = self.directory / "bare"
        bare.mkdir(exist_ok=True)
        for tool in ("bash", "dirname", "env"):
            if not (bare / tool).exists():
                (bare / tool).symlink_to(pathlib.Path(next(
                    directory for directory in os.environ["PATH"].split(":") if (pathlib.Path(directory) / tool).exists())) / tool)
        given = clean_environment(self.directory, SLUICE_ENVIRONMENT="production", SLUICE_COMMIT=self.commit)
        given["PATH"] = str(bare)
        argv = self.pipeline()["environments"]["production"]["hooks"]["probe"]["run"]
        self.assertStatus(run(argv, self.path, given), OBSERVER_CUT_OFF)

    def nobody_there(self):
        """The service refuses connections: that is known, and bad."""
        self.server.shutdown()
        self.server.server_close()
        outcome = self.hook("probe")
        self.assertNotIn(outcome.status, (0, OBSERVER_CUT_OFF), outcome)
        self.assertEqual(json.loads(outcome.out)["status"], "unhealthy")
