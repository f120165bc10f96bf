# SPDX-License-Identifier: Apache-2.0
"""Kills, races, fencing, and ledgers that were wound back, with real processes and remotes."""
import concurrent.futures
import json
import shutil
import subprocess
import time

from harness import run_git
from promote_case import Promote

LATER = "2026-12-01T10:00:00Z"


class Kills(Promote):
    def ended(self, world, most=6):
        """Goes on until nothing is left to be decided; the statuses."""
        statuses = []
        for _ in range(most):
            statuses.append(world.sluice("resume", "--environment", "staging").status)
            if world.status("staging")["state"] not in ("running", "needs_operator", "waiting"):
                return statuses
        self.fail(f"no end: {statuses} {world.kinds()}")

    def kill_everywhere(self, make, check, first=1):
        """A promotion that is killed after each of its entries; then it is resumed."""
        kill = first
        while True:
            world = self.world(f"kill-{kill}")
            make(world)
            outcome = world.sluice("run", "--environment", "staging", kill=kill)
            if outcome.status != -9:
                self.assertGreater(kill, first)
                return kill - 1
            with self.subTest(kill=kill):
                statuses = self.ended(world)
                check(world, statuses)
                self.assertStatus(world.sluice("history", "--verify"), 0)
            kill += 1

    def test_a_good_release_ends_confirmed_wherever_its_run_was_killed(self):
        steps = ("backup", "migrate", "deploy", "rollback", "probe")

        def make(world):
            world.pipeline(staging=world.stage(hooks=steps, repeat={"migrate": "never"}))
            self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
            world.second = world.commit()

        def check(world, statuses):
            self.assertState(world, "staging", "confirmed", world.second)
            self.assertEqual(statuses[-1], 0)
            self.assertEqual(len(world.calls("migrate")) - 1 + statuses.count(3), 1, (statuses, world.calls()))
            for step in ("backup", "migrate", "deploy"):
                keys = {call["key"] for call in world.calls(step) if call["commit"] == world.second}
                self.assertLessEqual(len(keys), 1)
            tokens = [call["token"] for call in world.calls()]
            self.assertEqual(tokens, sorted(tokens))
        self.assertEqual(self.kill_everywhere(make, check), 10)

    def test_a_bad_release_ends_rolled_back_wherever_its_run_was_killed(self):
        def make(world):
            world.first = world.pipeline(staging=world.stage(hooks=("deploy", "rollback", "diagnose", "probe")))
            self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
            world.say("bad", world.commit())

        def check(world, statuses):
            self.assertState(world, "staging", "rolled_back", world.first)
            # Also after the last entry, when nothing is left to be resumed: nobody was told how it ended.
            self.assertEqual(statuses[-1], 1)
        self.kill_everywhere(make, check)

    def test_a_step_that_must_not_be_repeated_is_asked_about_once(self):
        world = self.world()
        world.pipeline(staging=world.stage(repeat={"deploy": "never"}))
        self.assertEqual(world.sluice("run", "--environment", "staging", kill=2).status, -9)
        self.assertStatus(world.sluice("resume", "--environment", "staging"), 3)
        self.assertEqual(world.status("staging")["state"], "needs_operator")
        self.assertEqual(world.calls("deploy"), [])
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        (world.path / "staging").mkdir()
        (world.path / "staging/live").write_text(world.repository.git("rev-parse", "HEAD"))
        self.assertStatus(world.sluice("resume", "--environment", "staging"), 0)
        self.assertEqual(world.calls("deploy"), [])

    def test_another_machine_waits_for_the_lease_and_takes_over_when_it_has_ended(self):
        world = self.world()
        world.pipeline(staging=world.stage(lease=60))
        self.assertStatus(world.sluice("run", "--environment", "staging", kill=3, now="2026-11-24T10:00:00Z"), -9)
        world.move_elsewhere()
        outcome = self.assertStatus(world.sluice("resume", "--environment", "staging", now="2026-11-24T10:00:59Z"), 1)
        self.assertIn("elsewhere", outcome.out)
        self.assertStatus(world.sluice("resume", "--environment", "staging", now="2026-11-24T10:01:10Z"), 0)
        taken = [entry for entry in world.entries() if entry["kind"] == "taken-over"]
        self.assertEqual(len(taken), 1)
        self.assertIn("the lease of ada ended", taken[0]["was"])
        self.assertEqual(world.status("staging")["state"], "confirmed")


class Races(Promote):
    def test_of_many_runs_one_wins_and_no_entry_is_lost(self):
        for origin in (True, False):
            world = self.world(f"race-{origin}", origin=origin)
            world.pipeline(staging=world.stage())
            world.say("slow-deploy", "1")
            with concurrent.futures.ThreadPoolExecutor(24) as pool:
                outcomes = list(pool.map(lambda n: world.sluice("run", "--environment", "staging", GITHUB_ACTOR=f"u{n}"), range(24)))
            statuses = sorted(outcome.status for outcome in outcomes)
            self.assertEqual(len(world.calls("deploy")), 1)
            self.assertLessEqual(set(statuses), {0, 1}, outcomes)
            self.assertEqual(world.kinds().count("begun"), 1)
            self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_words_of_many_people_are_all_kept(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            outcomes = list(pool.map(lambda n: world.sluice("approve", "--environment", "staging", GITHUB_ACTOR=f"u{n}"), range(12)))
        self.assertEqual({outcome.status for outcome in outcomes}, {0}, outcomes)
        self.assertEqual({entry["actor"] for entry in world.entries()}, {f"u{n}" for n in range(12)})
        self.assertEqual([entry["number"] for entry in world.entries()], list(range(1, 13)))

    def test_a_run_whose_lease_was_taken_stops(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.say("slow-deploy", "4")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            first = pool.submit(world.sluice, "run", "--environment", "staging")
            deadline = time.monotonic() + 30
            while not world.calls("deploy") and time.monotonic() < deadline:
                time.sleep(0.05)
            world.unsay("slow-deploy")
            self.assertStatus(world.sluice("resume", "--environment", "staging"), 1)
            self.assertStatus(world.sluice("resume", "--environment", "staging", "--force"), 0)
            outcome = first.result()
        self.assertStatus(outcome, 1)
        self.assertIn("taken", outcome.out)
        tokens = [call["token"] for call in world.calls("deploy")]
        self.assertLess(tokens[0], tokens[1])


class Ledger(Promote):
    def promoted(self, **more):
        world = self.world(**more)
        world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        return world

    def tip(self, world):
        return run_git(world.origin, "rev-parse", "refs/heads/sluice/ledger")

    def test_it_is_a_branch_of_origin_that_a_shallow_clone_of_another_branch_reads(self):
        world = self.promoted()
        self.assertTrue(self.tip(world))
        clone = world.clone("shallow", "--depth", "1", "--single-branch")
        self.assertEqual(world.status("staging", directory=clone)["state"], "confirmed")
        world.commit()
        run_git(clone, "fetch", "-q", "--depth", "1", "origin", "main")
        run_git(clone, "reset", "-q", "--hard", "FETCH_HEAD")
        self.assertStatus(world.sluice("run", "--environment", "staging", directory=clone), 0)
        self.assertEqual(world.status("staging")["live"], world.repository.git("rev-parse", "HEAD"))

    def test_a_remote_that_cannot_be_reached_is_4_and_nothing_local_takes_its_place(self):
        world = self.promoted()
        shutil.move(world.origin, str(world.origin) + ".away")
        for verb in ("run", "plan", "status", "resume", "rollback", "history"):
            self.assertStatus(world.sluice(verb, *(["--environment", "staging"])), 4)
        self.assertFalse((world.repository.path / ".git/sluice/ledger.git").exists())

    def test_one_that_was_wound_back_is_seen_where_it_was_seen_before(self):
        world = self.promoted()
        before = self.tip(world)
        world.commit()
        world.sluice("run", "--environment", "staging")
        run_git(world.origin, "update-ref", "refs/heads/sluice/ledger", before)
        world.commit()
        for verb in ("run", "plan", "rollback", "resume", "lock", "approve"):
            self.assertStatus(world.sluice(verb, "--environment", "staging"), 1)
        self.assertEqual(self.tip(world), before)
        self.assertStatus(world.sluice("history", "--verify"), 1)
        self.assertEqual(len(world.calls("deploy")), 2)

    def test_one_that_is_gone_is_seen(self):
        world = self.promoted()
        run_git(world.origin, "update-ref", "-d", "refs/heads/sluice/ledger")
        world.commit()
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)

    def test_a_commit_of_somebody_on_the_branch_is_no_entry(self):
        world = self.promoted()
        tip = self.tip(world)
        tree = run_git(world.origin, "rev-parse", f"{tip}^{{tree}}")
        foreign = run_git(world.origin, "commit-tree", tree, "-p", tip, "-m", "hello")
        run_git(world.origin, "update-ref", "refs/heads/sluice/ledger", foreign)
        world.commit()
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertStatus(world.sluice("history", "--verify"), 1)

    def test_an_entry_that_no_run_would_have_written_is_told(self):
        world = self.promoted()
        tip = self.tip(world)
        tree = run_git(world.origin, "rev-parse", f"{tip}^{{tree}}")
        last = world.entries()[-1]
        forged = {"number": last["number"] + 1, "at": "2026-11-24T10:00:00Z", "kind": "confirmed", "environment": "production",
                  "promotion": "0" * 40, "actor": "mallory", "commit": "0" * 40}
        made = run_git(world.origin, "commit-tree", tree, "-p", tip, "-m", f"x\n\n{json.dumps(forged)}")
        run_git(world.origin, "update-ref", "refs/heads/sluice/ledger", made)
        self.assertIn("never began", self.assertStatus(world.sluice("history", "--verify"), 1).out)

    def test_without_a_remote_it_is_of_this_machine(self):
        world = self.promoted(origin=False)
        self.assertTrue((world.repository.path / ".git/sluice/ledger.git").exists())
        self.assertStatus(world.sluice("history", "--verify"), 0)
