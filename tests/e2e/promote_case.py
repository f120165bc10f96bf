# SPDX-License-Identifier: Apache-2.0
"""A small world in which promotions are tested: a repository, perhaps with an origin, and an environment that is a directory of
files. `act STEP` is what every hook runs: it notes the call and does to the files what a deployment does to a server."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from harness import BIN, Repository, clean_environment, run, run_git

ACT = r"""#!/usr/bin/env python3
import json, os, pathlib, sys, time
world, step = pathlib.Path(os.environ["WORLD"]), sys.argv[1]
def variable(name): return os.environ.get("SLUICE_" + name, "")
environment = variable("ENVIRONMENT")
place = world / environment
place.mkdir(parents=True, exist_ok=True)
live = place / "live"
if step != "probe":
    call = {"step": step, "environment": environment, "commit": variable("COMMIT"), "previous": variable("PREVIOUS_COMMIT"),
            "key": variable("IDEMPOTENCY_KEY"), "token": int(variable("FENCING_TOKEN") or 0), "weight": variable("WEIGHT"),
            "ledger": variable("LEDGER_ENTRY"), "data": variable("DATA")}
    with open(world / "calls", "a") as calls:
        calls.write(json.dumps(call) + "\n")
if (world / f"fail-{step}").exists():
    sys.exit("told to fail")
if (world / f"slow-{step}").exists():
    time.sleep(float((world / f"slow-{step}").read_text()))
if step == "deploy":
    live.write_text(variable("COMMIT"))
if step == "rollback":
    live.write_text(variable("PREVIOUS_COMMIT"))
if step == "probe":
    if (world / "cut-off").exists():
        sys.exit(75)
    version = live.read_text() if live.exists() else ""
    bad = (world / "bad").read_text().split() if (world / "bad").exists() else []
    print(json.dumps({"status": "unhealthy" if version in bad else "healthy", "version": version, "latency_ms": 20,
                      "requests": 1000, "errors": 900 if version in bad else 0}))
"""


class World:
    def __init__(self, directory, *, origin=True):
        self.path = pathlib.Path(directory)
        self.origin = None
        if origin:
            self.origin = self.path / "origin.git"
            run_git(self.path, "init", "-q", "--bare", "-b", "main", str(self.origin))
        self.repository = Repository(self.path / "work")
        self.act = self.path / "act"
        self.act.write_text(ACT)
        self.act.chmod(0o755)
        if origin:
            self.repository.git("remote", "add", "origin", f"file://{self.origin}")

    def hook(self, step, **more):
        return {"run": [str(self.act), step], **more}

    def stage(self, *, hooks=("deploy", "rollback", "probe"), repeat=None, **more):
        """An environment that may be promoted to at any time and is watched for one look."""
        repeat = repeat or {}
        made = {name: self.hook(name, **({"repeat": repeat[name]} if name in repeat else {})) for name in hooks}
        verify = {"count": 1, "interval": 0, **more.pop("verify", {})}
        return {"allow": [], "hooks": made, "verify": verify, **more}

    def pipeline(self, **stages):
        self.repository.write("promotion.yml", json.dumps({"environments": stages}, indent=1))
        return self.commit("the pipeline")

    def commit(self, message="a change"):
        commit = self.repository.commit(message)
        if self.origin:
            self.repository.git("push", "-q", "origin", "main")
        return commit

    def sluice(self, verb, *arguments, directory=None, timeout=120, prefix=(), **environment):
        """Of the outcome; `prefix` is a program that runs it, with its arguments."""
        return run([*prefix, *self.command(verb, *arguments)], directory or self.repository.path, self.variables(**environment),
                   timeout=timeout)

    def start(self, verb, *arguments, directory=None, **environment):
        """The process, which runs on."""
        with open(self.path / "started.log", "ab") as log:
            return subprocess.Popen(self.command(verb, *arguments), cwd=directory or self.repository.path, stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, env=self.variables(**environment))

    @staticmethod
    def command(verb, *arguments):
        return [str(word) for word in (BIN / "sluice-promote", *verb.split(), *arguments)]

    def variables(self, *, now=None, kill=None, **environment):
        told = {"SLUICE_NOW": now, "SLUICE_PROMOTE_KILL_AT": kill}
        return clean_environment(self.path, **{"WORLD": self.path, "GITHUB_ACTOR": "ada",
                                               **{name: value for name, value in told.items() if value}, **environment})

    def clone(self, name, *arguments):
        run_git(self.path, "clone", "-q", *arguments, f"file://{self.origin}", str(self.path / name))
        return self.path / name

    def move_elsewhere(self):
        """Makes the ledger one that was written by a machine of which nothing can be seen from here."""
        names, parent = {}, []
        ref = "refs/heads/sluice/ledger"
        for commit in run_git(self.origin, "rev-list", "--reverse", ref).split():
            message = run_git(self.origin, "log", "-1", "--format=%B", commit)
            line, _, body = message.partition("\n\n")
            for before, after in names.items():
                body = body.replace(before, after)
            entry = json.loads(body)
            if "lease" in entry:
                entry["lease"]["holder"].update(host="elsewhere", machine="0" * 32, boot_id="elsewhere", pid_namespace=1)
            names[commit] = run_git(self.origin, "commit-tree", f"{commit}^{{tree}}", *parent, "-m", f"{line}\n\n{json.dumps(entry)}")
            parent = ["-p", names[commit]]
        run_git(self.origin, "update-ref", ref, parent[1])
        shutil.rmtree(self.repository.path / ".git/sluice")

    def calls(self, step=None):
        file = self.path / "calls"
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [call for call in lines if step is None or call["step"] == step]

    def say(self, name, text=""):
        (self.path / name).write_text(text)

    def unsay(self, name):
        (self.path / name).unlink(missing_ok=True)

    def live(self, environment):
        file = self.path / environment / "live"
        return file.read_text() if file.exists() else None

    def status(self, environment, **more):
        outcome = self.sluice("status", "--format", "json", **more)
        return json.loads(outcome.out)["environments"][environment]

    def entries(self, environment=None, **more):
        arguments = ["--environment", environment] if environment else []
        return json.loads(self.sluice("history", "--format", "json", *arguments, **more).out)["entries"]

    def kinds(self, environment=None):
        return [entry["kind"] + (" " + entry["step"] if entry.get("step") else "") for entry in self.entries(environment)]


class Promote(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)

    def world(self, name="world", **more):
        path = pathlib.Path(self.directory) / name
        path.mkdir()
        return World(path, **more)

    def wait_for(self, condition, most=60):
        deadline = time.monotonic() + most
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not happen")
            time.sleep(0.05)

    def assertStatus(self, outcome, status):
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def assertState(self, world, environment, state, live):
        told = world.status(environment)
        self.assertEqual((told["state"], told["live"]), (state, live), told)
        if live is not None:
            self.assertEqual(world.live(environment), live)
