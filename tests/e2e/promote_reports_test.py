# SPDX-License-Identifier: Apache-2.0
"""What went wrong elsewhere, in public, and what is right: a test for each such report, by its number."""
import json
import pathlib
import shutil
import subprocess
import sys

from harness import github_token, run_git
from promote.service_case import postgres, setUpModule, tearDownModule  # noqa: F401
from promote_case import Promote

STAGING = ("--environment", "staging")
PRODUCTION = ("--environment", "production")

PROBE = """#!/usr/bin/env python3
import json, os, pathlib, sys
world = pathlib.Path(os.environ["WORLD"])
told = world / "probe.json"
if (world / "probe-status").exists():
    sys.exit(int((world / "probe-status").read_text()))
sample = {"status": "healthy", "version": (world / os.environ["SLUICE_ENVIRONMENT"] / "live").read_text(), "requests": 1000, "errors": 0}
told = json.loads(told.read_text()) if told.exists() else {}
sample.update(told.get(sample["version"], told.get("any", {})))
print(json.dumps(sample))
"""

PUSHER = """import datetime, json, sys, time
while True:
    with open(sys.argv[1], "a") as file:
        at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        file.write(json.dumps({"at": at, "status": "healthy", "requests": 100, "errors": int(sys.argv[2])}) + chr(10))
    time.sleep(2)
"""


class Reports(Promote):
    def watched(self, world, **more):
        """A stage whose probe answers as the file probe.json says of a version, or ends with the status in probe-status."""
        probe = world.path / "probe"
        probe.write_text(PROBE)
        probe.chmod(0o755)
        stage = world.stage(hooks=("deploy", "rollback"), **more)
        stage["hooks"]["probe"] = {"run": [str(probe)]}
        return stage

    def promoted(self, world=None, **more):
        world = world or self.world()
        first = world.pipeline(staging=self.watched(world, **more))
        self.assertStatus(world.sluice("run", *STAGING), 0)
        return world, first

    def test_01_lock_before_the_ref_exists(self):
        world = self.world()
        world.pipeline(staging=world.stage(lease=60))
        world.repository.git("checkout", "-q", "-b", "feature")
        gone = world.commit("a feature")
        world.repository.git("push", "-q", "origin", "feature")
        world.repository.git("checkout", "-q", "main")
        world.repository.git("push", "-q", "origin", "--delete", "feature")
        world.repository.git("branch", "-q", "-D", "feature")
        self.assertStatus(world.sluice("run", *STAGING, "--commit", "feature"), 2)
        self.assertEqual(world.entries(), [])
        # A run that ends in failure gives the lock back.
        world.say("fail-deploy")
        self.assertStatus(world.sluice("run", *STAGING), 1)
        world.unsay("fail-deploy")
        self.assertEqual(world.status("staging")["state"], "failed")
        # What a machine that is gone has left is a lease, which ends.
        world.commit()
        self.assertStatus(world.sluice("run", *STAGING, kill=3, now="2026-11-24T10:00:00Z"), -9)
        world.move_elsewhere()
        self.assertStatus(world.sluice("resume", *STAGING, now="2026-11-24T10:00:30Z"), 1)
        self.assertStatus(world.sluice("resume", *STAGING, now="2026-11-24T10:02:00Z"), 0)
        self.assertEqual(world.status("staging")["state"], "confirmed")
        self.assertNotEqual(gone, world.live("staging"))

    def test_02_retry_of_failed_jobs_only(self):
        world = self.world()
        world.pipeline(staging=world.stage(hooks=("backup", "deploy", "rollback", "probe")))
        self.assertStatus(world.sluice("run", *STAGING, kill=4), -9)
        # The job that is run again has nothing of the first but the ledger.
        clone = world.clone("another-job", "--depth", "1")
        shutil.rmtree(world.repository.path / ".git/sluice")
        outcome = self.assertStatus(world.sluice("run", *STAGING, directory=clone), 1)
        self.assertIn("resume", outcome.out)
        self.assertStatus(world.sluice("resume", *STAGING, directory=clone), 0)
        self.assertEqual([call["step"] for call in world.calls()], ["backup", "deploy"])
        self.assertLess(world.calls()[0]["token"], world.calls()[1]["token"])

    def test_04_refused_run_is_rollbackable(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.sluice("lock", *STAGING, GITHUB_ACTOR="bob")
        self.assertStatus(world.sluice("run", *STAGING), 1)
        outcome = self.assertStatus(world.sluice("rollback", *STAGING), 1)
        self.assertIn("no previous release", outcome.out)
        world.sluice("unlock", *STAGING, GITHUB_ACTOR="bob")
        self.assertStatus(world.sluice("run", *STAGING), 0)
        first = world.live("staging")
        second = world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 0)
        world.sluice("lock", *STAGING, GITHUB_ACTOR="bob")
        world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertState(world, "staging", "rolled_back", first)
        self.assertEqual(world.calls("rollback")[0]["commit"], second)

    def test_05_reverification_fails(self):
        world = self.world()
        commit = world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"]))
        self.assertStatus(world.sluice("run", *STAGING), 0)
        self.assertStatus(world.sluice("plan", *PRODUCTION), 0)
        world.say("bad", commit)
        self.assertStatus(world.sluice("run", *STAGING, "--again"), 1)
        self.assertStatus(world.sluice("plan", *PRODUCTION), 1)
        self.assertStatus(world.sluice("run", *PRODUCTION), 1)
        self.assertEqual([call for call in world.calls() if call["environment"] == "production"], [])
        world.unsay("bad")
        self.assertStatus(world.sluice("run", *STAGING, "--again", "--reason", "the disk was full"), 0)
        self.assertStatus(world.sluice("run", *PRODUCTION), 0)

    def test_07_approval_outlives_the_pipeline(self):
        world = self.world()
        people = {"approvals": {"count": 1, "proof": "actor"}}
        commit = world.pipeline(staging=world.stage(**people))
        self.assertStatus(world.sluice("approve", *STAGING, GITHUB_ACTOR="bob"), 0)
        self.assertStatus(world.sluice("plan", *STAGING), 0)
        # Not committed, so that the commit is the one that was approved.
        changed = {"environments": {"staging": world.stage(**people, verify={"consecutive": 100})}}
        world.repository.write("promotion.yml", json.dumps(changed))
        self.assertStatus(world.sluice("run", *STAGING, "--commit", commit), 3)
        self.assertEqual(world.calls(), [])
        self.assertStatus(world.sluice("approve", *STAGING, "--commit", commit, GITHUB_ACTOR="bob"), 0)
        self.assertStatus(world.sluice("run", *STAGING, "--commit", commit), 0)
        # And none of another commit, or for another environment.
        world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 3)

    def test_08_all_measurements_failed_yet_successful(self):
        for name, status, sample in (("errors", "75", None), ("nothing", "0", None)):
            with self.subTest(name):
                world, first = self.promoted(self.world(name), verify={"count": 4})
                second = world.commit()
                world.say("probe-status", status)
                self.assertStatus(world.sluice("run", *STAGING), 3)
                told = world.status("staging")
                self.assertEqual((told["state"], told["live"]), ("needs_operator", first))
                self.assertEqual(world.calls("rollback"), [])
                self.assertEqual(world.live("staging"), second)

    def test_09_failed_job_counts_as_success(self):
        world, first = self.promoted(verify={"count": 1, "consecutive": 3})
        world.commit()
        world.say("probe-status", "1")
        self.assertStatus(world.sluice("run", *STAGING), 1)
        told = world.status("staging")
        self.assertNotEqual(told["state"], "confirmed")
        self.assertEqual(world.live("staging"), first)

    def test_11_no_traffic_advances(self):
        world, first = self.promoted(verify={"count": 3, "minimum_requests": 100})
        second = world.commit()
        world.say("probe.json", json.dumps({"any": {"requests": 3}}))
        outcome = self.assertStatus(world.sluice("run", *STAGING), 3)
        self.assertIn("request", outcome.out)
        self.assertEqual(world.calls("rollback"), [])
        self.assertEqual(world.live("staging"), second)
        world.say("probe.json", json.dumps({"any": {"requests": 300}}))
        self.assertStatus(world.sluice("resume", *STAGING), 0)
        self.assertState(world, "staging", "confirmed", second)

    def test_12_breach_while_waiting_for_a_person(self):
        world, first = self.promoted(verify={"count": 3})
        second = world.commit()
        world.say("probe-status", "75")
        self.assertStatus(world.sluice("run", *STAGING), 3)
        world.unsay("probe-status")
        world.say("probe.json", json.dumps({second: {"errors": 500}}))
        self.assertStatus(world.sluice("resume", *STAGING), 1)
        self.assertState(world, "staging", "rolled_back", first)

    def test_12_breach_while_the_watch_is_parked(self):
        world, first = self.promoted(verify={"count": 1})
        second = world.pipeline(staging=self.watched(world, verify={"count": 6, "interval": 300, "consecutive": 1}))
        self.assertStatus(world.sluice("run", *STAGING, "--park", now="2026-11-24T10:00:00Z"), 0)
        self.assertEqual(world.status("staging")["state"], "waiting")
        world.say("probe.json", json.dumps({second: {"errors": 500}}))
        # There are looks to come on the way back, too.
        world.pipeline(staging=self.watched(world, verify={"count": 1}))
        self.assertStatus(world.sluice("resume", *STAGING, "--park", now="2026-11-24T10:06:00Z"), 1)
        self.assertState(world, "staging", "rolled_back", first)

    def test_13_watch_without_a_check(self):
        world = self.world()
        world.pipeline(staging=world.stage(hooks=("deploy", "rollback")))
        self.assertBlind(world, "nothing is looked at")
        outcome = world.sluice("run", *STAGING)
        self.assertStatus(outcome, 3)
        self.assertIsNone(world.status("staging")["live"])

    def assertBlind(self, world, why):
        """The plan says why the watch will see nothing, and ends as the run would."""
        plan = self.assertStatus(world.sluice("plan", *STAGING, "--format", "json"), 3)
        told = json.loads(plan.out)
        self.assertEqual(told["answer"], "cannot observe")
        self.assertIn(why, told["why"])
        self.assertEqual([why in step["lacks"] for step in told["steps"] if step["name"] == "verify"], [True], told)
        self.assertIn(why, self.assertStatus(world.sluice("plan", *STAGING), 3).out)

    def test_13_limits_that_nothing_measures(self):
        for name, verify, why in (
                ("typo", {"limits": {"eror": "below 1"}, "probes": {"error": self.number(0)}}, "nothing measures eror"),
                ("preset", {"presets": ["replication-lag"]}, "nothing measures replication-lag")):
            world = self.world(name)
            world.pipeline(staging=world.stage(verify=verify))
            self.assertBlind(world, why)
            outcome = self.assertStatus(world.sluice("run", *STAGING), 3)
            self.assertIn(why.replace("measures", "measured"), outcome.out + outcome.err)

    def test_13_numbers_that_no_limit_judges(self):
        world = self.world()
        stage = world.stage(hooks=("deploy", "rollback"), verify={"count": 3, "probes": {"errors": self.number(9999)}})
        world.pipeline(staging=stage)
        outcome = self.assertStatus(world.sluice("run", *STAGING), 3)
        self.assertIn("no limit judges errors", outcome.out + outcome.err)
        self.assertIsNone(world.status("staging")["live"])
        limited = self.world("limited")
        stage["verify"]["limits"] = {"errors": "below 10000"}
        limited.pipeline(staging={**limited.stage(hooks=("deploy", "rollback")), "verify": stage["verify"]})
        self.assertStatus(limited.sluice("plan", *STAGING), 0)
        self.assertStatus(limited.sluice("run", *STAGING), 0)

    @staticmethod
    def number(value):
        return {"kind": "command", "run": ["echo", json.dumps({"value": value})]}

    def test_half_of_what_is_pushed_fails(self):
        world = self.world()
        pusher = world.path / "pusher"
        pusher.write_text(PUSHER)
        world.pipeline(staging=world.stage(hooks=("deploy", "rollback"), verify={
            "count": 8, "interval": 1, "probes": {"pushed": {"kind": "samples", "file": "samples.json"}}}))
        for errors, status in ((0, 0), (50, 1)):
            world.commit()
            process = subprocess.Popen([sys.executable, str(pusher), str(world.repository.path / "samples.json"), str(errors)])
            try:
                self.assertStatus(world.sluice("run", *STAGING), status)
            finally:
                process.kill()
                process.wait()

    def test_slower_than_in_the_last_watch(self):
        world = self.world()
        probe = world.path / "timed"
        probe.write_text("#!/bin/sh\nprintf '{\"status\": \"ok\", \"latency_ms\": %s}' \"$(cat \"$WORLD/ms\")\"\n")
        probe.chmod(0o755)
        stage = world.stage(hooks=("deploy", "rollback"), verify={"count": 4})
        stage["hooks"]["probe"] = {"run": [str(probe)]}
        world.say("ms", "100")
        world.pipeline(staging=stage)
        self.assertStatus(world.sluice("run", *STAGING), 0)
        good = world.commit()
        world.say("ms", "119")
        self.assertStatus(world.sluice("run", *STAGING), 0)
        world.commit()
        world.say("ms", "1000")
        outcome = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn("the median is 1000 ms, and was 119 ms", outcome.out + outcome.err)
        self.assertEqual(world.live("staging"), good)

    def backed_up(self, name, **setting):
        world = self.world(name)
        database = postgres().database("shop")
        postgres().ask(database, "create table item (name text primary key)")
        postgres().ask(database, "insert into item select 'item ' || n from generate_series(1, 100) n")
        world.database = database
        return world, {"source": database, "scratch": postgres().address("postgres"), **setting}

    def test_15_pruned_the_last_good_release(self):
        world, backup = self.backed_up("kept", file=str(pathlib.Path(self.directory) / "backups/{time}.dump"), keep=2)
        first = world.pipeline(staging=world.stage(database_backup=backup))
        (pathlib.Path(self.directory) / "backups").mkdir()
        self.assertStatus(world.sluice("run", *STAGING, now="2026-11-24T10:00:00Z"), 0)
        good = [entry["backup"]["file"] for entry in world.entries() if "backup" in entry][0]
        for hour in range(11, 16):
            world.say("bad", world.commit())
            self.assertStatus(world.sluice("run", *STAGING, now=f"2026-11-24T{hour}:00:00Z"), 1)
        kept = [pathlib.Path(path).name for path in (pathlib.Path(self.directory) / "backups").iterdir()]
        self.assertIn(pathlib.Path(good).name, kept)
        self.assertLess(len(kept), 6)
        self.assertState(world, "staging", "rolled_back", first)

    def test_17_freeze_shifts_by_a_day(self):
        world = self.world()
        world.pipeline(staging=world.stage(deny=[{"days": ["fri"], "from": "00:00", "to": "24:00", "zone": "Pacific/Auckland"}]))
        # Friday begins in Auckland while it is Thursday in UTC, and has ended when it has not there.
        for now, status in (("2026-11-26T10:59:59Z", 0), ("2026-11-26T11:00:00Z", 3), ("2026-11-27T10:59:59Z", 3), ("2026-11-27T11:00:00Z", 0)):
            outcome = self.assertStatus(world.sluice("plan", *STAGING, now=now), status)
        self.assertIn("2026-11-27T11:00:00Z", world.sluice("plan", *STAGING, now="2026-11-26T12:00:00Z").out)
        # An offset is none.
        world.repository.write("promotion.yml", json.dumps({"environments": {"staging": world.stage(deny=[{"days": ["fri"], "zone": "+13:00"}])}}))
        self.assertStatus(world.sluice("plan", *STAGING), 2)

    def test_18_three_o_clock_after_the_clock_change(self):
        world = self.world()
        world.pipeline(staging=world.stage(allow=[{"days": ["sun"], "from": "03:00", "to": "05:00", "zone": "Europe/Berlin"}]))
        for now, instant, wall in (("2027-03-27T12:00:00Z", "2027-03-28T01:00:00Z", "03:00 CEST (+02:00)"),
                                   ("2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z", "03:00 CET (+01:00)")):
            plan = self.assertStatus(world.sluice("plan", *STAGING, now=now), 3)
            self.assertIn(instant, plan.out)
            self.assertIn(wall, plan.out)
            self.assertStatus(world.sluice("plan", *STAGING, now=instant), 0)
        # The hour that is left out, and the one that comes twice.
        world.pipeline(staging=world.stage(allow=[{"days": ["sun"], "from": "02:30", "to": "05:00", "zone": "Europe/Berlin"}]))
        left_out = self.assertStatus(world.sluice("plan", *STAGING, now="2027-03-27T12:00:00Z"), 3)
        self.assertIn("2027-03-28T01:", left_out.out)
        twice = self.assertStatus(world.sluice("plan", *STAGING, now="2026-10-24T12:00:00Z"), 3)
        self.assertIn("2026-10-25T00:30:00Z", twice.out)
        self.assertIn("the first of two", twice.out)

    def test_20_old_process_answers_the_probe(self):
        world, first = self.promoted(verify={"count": 3})
        second = world.commit()
        world.say("probe.json", json.dumps({second: {"version": first}}))
        outcome = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn(first[:8], outcome.out + outcome.err)
        self.assertState(world, "staging", "rolled_back", first)
        # A schedule asks again and again; the release does not come back by itself.
        world.unsay("probe.json")
        for _ in range(3):
            self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertEqual([call["commit"] for call in world.calls("deploy")], [first, second])
        third = world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 0)
        self.assertState(world, "staging", "confirmed", third)

    def test_21_evidence_gone_after_rollback(self):
        token = github_token()
        world, first = self.promoted(verify={"count": 2})
        second = world.commit()
        sick = {"status": "unhealthy", "message": f"no route to the queue, token={token}", "padding": "x" * 20_000}
        world.say("probe.json", json.dumps({second: sick}))
        self.assertStatus(world.sluice("run", *STAGING), 1)
        kinds = world.kinds("staging")
        self.assertLess(kinds.index("step-ended verify", kinds.index("confirmed")), kinds.index("step-begun rollback"))
        watch = [entry for entry in world.entries() if entry["kind"] == "step-ended" and entry["step"] == "verify"][-1]
        record = json.dumps(watch)
        self.assertIn("no route to the queue", record)
        self.assertNotIn(token, record)
        self.assertLess(len(record), 12_000)
        # Also after the machine is gone.
        clone = world.clone("another-machine")
        self.assertIn("no route to the queue", world.sluice("history", "--format", "json", directory=clone).out)

    def test_23_backup_step_verified_nothing(self):
        target = pathlib.Path(self.directory) / "backup.sql"
        real = "pg_dump -d \"$SHOP\""
        cases = {"a missing file": ("true", "backup.sql"),
                 "a swallowed status": (f"pg_dump -d \"$SHOP nonsense=1\" > {target} || true", None),
                 "errors on the way back": (f"{real} | sed 's/^CREATE TABLE/CREATE TABEL/' > {target}", None),
                 "half of it": (f"{real} | head -c 600 > {target}", None),
                 "rows left out": (f"{real} | sed '/^item 5/d' > {target}", None),
                 "another database": (f"pg_dump -d \"$OTHER\" > {target}", None)}
        for number, (name, (dump, word)) in enumerate(cases.items()):
            with self.subTest(name):
                target.unlink(missing_ok=True)
                world, backup = self.backed_up(f"case-{number}", file=str(target), dump=["sh", "-c", dump])
                other = postgres().database("other")
                world.pipeline(staging=world.stage(hooks=("migrate", "deploy", "rollback", "probe"), database_backup=backup))
                outcome = self.assertStatus(world.sluice("run", *STAGING, SHOP=world.database, OTHER=other), 1)
                self.assertIn("backup", outcome.out)
                self.assertEqual(world.calls(), [])
                self.assertEqual(world.status("staging")["state"], "failed")
        world, backup = self.backed_up("good", file=str(target), dump=["sh", "-c", f"{real} > {target}"])
        world.pipeline(staging=world.stage(hooks=("migrate", "deploy", "rollback", "probe"), database_backup=backup))
        self.assertStatus(world.sluice("run", *STAGING, SHOP=world.database), 0)
        proof = [entry["backup"] for entry in world.entries() if "backup" in entry][0]
        self.assertEqual(len(proof["sha256"].removeprefix("sha256:")), 64)
        scratch = postgres().ask("postgres", "select count(*) from pg_database where datname like '%sluice%'")
        self.assertEqual(scratch, "0")
