# SPDX-License-Identifier: Apache-2.0
"""A workflow that promotes, under the real act: gates whose reports are evidence, staging, a person, production. The ledger is a
branch of a repository that is served over HTTP, and the service is one that the runner only sees from outside."""
import json

from act_case import ActCase
from containers import IMAGE, image
from harness import BIN, clean_environment, run, run_git
from promote.hosting import Hosting
from promote.service_case import postgres, setUpModule, tearDownModule  # noqa: F401

STEP = """\
      - uses: docker://{image}
        with:
          args: {arguments}
"""

JOB = """\
  {name}:
    {needs}runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
"""

def job(name, needs, *commands):
    return (JOB.format(name=name, needs=f"needs: {needs}\n    " if needs else "")
            + "".join(STEP.format(image=IMAGE, arguments=command) for command in commands))


WORKFLOW = ("on: push\njobs:\n"
            + job("gates", "", "secrets --format json=secrets.json", "migrations --format json=migrations.json",
                  "promote evidence add --environment staging secrets.json migrations.json",
                  "promote evidence add --environment production secrets.json migrations.json")
            + job("staging", "gates", "promote run --environment staging")
            + job("production", "staging", "promote run --environment production --park"))


class PromoteAct(ActCase):
    def setUp(self):
        super().setUp()
        image()
        self.hosting = Hosting(self.directory / "projects", postgres())
        self.addCleanup(self.hosting.close)
        origin = self.directory / "projects/acme/shop.git"
        origin.mkdir(parents=True)
        run_git(origin, "init", "-q", "--bare", "-b", "main")
        for place in ("staging", "production"):
            self.hosting.databases[place] = postgres().database(place)
        self.team = self.repository("shop")
        # act knows repositories of github.com; git is told where that is.
        self.team.git("remote", "add", "origin", "https://github.com/acme/shop.git")
        self.team.git("config", f"url.{self.hosting.url('git/')}.insteadOf", "https://github.com/")
        for step, call in (("deploy", "deploy?place=$SLUICE_ENVIRONMENT&version=$SLUICE_COMMIT&step=deploy"),
                           ("rollback", "deploy?place=$SLUICE_ENVIRONMENT&version=$SLUICE_PREVIOUS_COMMIT&step=rollback"),
                           ("migrate", "migrate?place=$SLUICE_ENVIRONMENT&version=$SLUICE_COMMIT")):
            self.team.write(f"ops/{step}", f"#!/bin/sh\nset -eu\nwget -q -O - \"{self.hosting.url(call)}\"\n")
            (self.team.path / f"ops/{step}").chmod(0o755)
        self.team.write("migrations/0001_shop.sql", "create table item (id bigint primary key);\n")
        self.team.write(".github/workflows/promote.yml", WORKFLOW)
        self.team.write("promotion.yml", json.dumps({"environments": {
            "staging": self.stage("staging"),
            "production": self.stage("production", needs=["staging"], approvals={"count": 1, "proof": "actor"})}}, indent=1))
        self.first = self.pushed("The shop")

    def stage(self, place, **more):
        hooks = {name: {"run": [f"ops/{name}"]} for name in ("migrate", "deploy", "rollback")}
        verify = {"url": self.hosting.url(f"health?place={place}"), "count": 2, "interval": 0, "latency_ms": 0, "baseline_ms": 60000}
        return {"allow": [], "evidence": ["secrets", "migrations"], "hooks": hooks, "verify": verify, **more}

    def pushed(self, message, files=None, before=None):
        """The commit; what the platform says of the push is what the next workflow is told."""
        before = before or (self.team.git("rev-parse", "HEAD") if self.team.commits else "0" * 40)
        commit = self.team.commit(message, files)
        self.team.git("push", "-q", "origin", "main")
        self.event = self.directory / "event.json"
        self.event.write_text(json.dumps({"ref": "refs/heads/main", "before": before, "after": commit, "created": before == "0" * 40,
                                          "forced": False, "deleted": False,
                                          "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return commit

    def workflow(self, *arguments):
        return self.act(self.team, "--network", "host", "--actor", "ada", "-e", self.event, *arguments)

    def promote(self, *arguments, actor="bob"):
        return run([BIN / "sluice-promote", *arguments], self.team.path, clean_environment(self.directory, GITHUB_ACTOR=actor))

    def status(self, place):
        told = json.loads(self.promote("status", "--format", "json").out)["environments"][place]
        return told["state"], told["live"]

    def test_a_release_goes_by_its_gates_to_staging_and_with_a_person_to_production(self):
        outcome = self.workflow()
        self.assertEqual(outcome.status, 0, self.text())
        self.assertEqual(self.status("staging"), ("confirmed", self.first))
        self.assertEqual(self.status("production"), ("waiting", None))
        self.assertEqual(self.hosting.calls, [("migrate", "staging", self.first), ("deploy", "staging", self.first)])
        self.assertSays(self.summary(), "staging", "production", "waiting")
        self.assertStatus(self.promote("approve", "--environment", "production"), 0)
        self.hosting.calls.clear()
        outcome = self.workflow()
        self.assertEqual(outcome.status, 0, self.text())
        self.assertEqual(self.status("production"), ("confirmed", self.first))
        self.assertEqual(self.hosting.calls, [("migrate", "production", self.first), ("deploy", "production", self.first)])
        self.assertEqual(postgres().ask(self.hosting.databases["production"], "select version from release"), self.first)

        # A release that is not well goes no further than staging, and goes back there.
        bad = self.pushed("A bad release", {"app.txt": "broken"})
        self.hosting.sick.add(bad)
        self.hosting.calls.clear()
        outcome = self.workflow()
        self.assertNotEqual(outcome.status, 0)
        self.assertEqual(self.status("staging"), ("rolled_back", self.first))
        self.assertEqual(self.status("production"), ("confirmed", self.first))
        self.assertEqual([call[:2] for call in self.hosting.calls], [("migrate", "staging"), ("deploy", "staging"), ("rollback", "staging")])
        self.assertSays("".join(str(event) for event in self.commands("error")), "rolled-back", "HTTP 503")
        self.assertSays(self.summary(), "rolled")

        # What a runner that was killed has left, the next goes on with. Gates must have looked from what is live on.
        good = self.pushed("A good release", {"app.txt": "mended"}, before=self.first)
        killed = self.workflow("--env", "SLUICE_PROMOTE_KILL_AT=4")
        self.assertNotEqual(killed.status, 0)
        self.assertSays(self.text(), "137")
        self.assertEqual(self.status("staging"), ("running", self.first))
        self.assertStatus(self.promote("resume", "--environment", "staging", "--force"), 0)
        self.assertEqual(self.status("staging"), ("confirmed", good))
        self.assertStatus(self.promote("history", "--verify"), 0)

    def test_a_gate_that_says_no_is_no_evidence(self):
        self.pushed("A table is gone", {"migrations/0002_gone.sql": "drop table item;\n"})
        outcome = self.workflow()
        self.assertNotEqual(outcome.status, 0)
        self.assertSays(self.text(), "migrations/0002_gone.sql")
        self.assertEqual(self.hosting.calls, [])
        self.assertStatus(self.promote("run", "--environment", "staging"), 1)
        self.assertEqual(self.hosting.calls, [])
