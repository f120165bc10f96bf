# SPDX-License-Identifier: Apache-2.0
"""Runs that are ended at moments that nobody chose, within hooks too, until nothing is left to do."""
import random
import signal
import subprocess
import time

from promote.bad_input_case import STAGING, BadInput

# What holds the lock of the file is what works; the kernel takes it from who dies.
HOOK = """\
exec 9>"$WORLD/busy"
flock -n 9 || echo "$SLUICE_STEP beside another" >>"$WORLD/overlaps"
echo "$SLUICE_STEP $SLUICE_IDEMPOTENCY_KEY $SLUICE_FENCING_TOKEN begun" >>"$WORLD/steps"
sleep 0.25
[ "$SLUICE_STEP" != deploy ] || printf %s "$SLUICE_COMMIT" >"$WORLD/staging/live"
[ "$SLUICE_STEP" != rollback ] || printf %s "$SLUICE_PREVIOUS_COMMIT" >"$WORLD/staging/live"
echo "$SLUICE_STEP $SLUICE_IDEMPOTENCY_KEY $SLUICE_FENCING_TOKEN ended" >>"$WORLD/steps"
"""
ROUNDS = 12


class Kills(BadInput):
    def make(self, name, **repeat):
        world = self.world(name)
        world.first = world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", *STAGING), 0)
        stage = world.stage()
        hook = self.script(world, "hook", HOOK)
        for step in ("backup", "migrate", "deploy", "rollback"):
            stage["hooks"][step] = {"run": hook, **({"repeat": repeat[step]} if step in repeat else {})}
        world.second = world.pipeline(staging=stage)
        return world

    def end_it_somewhere(self, world, verb, chance):
        run = world.start(verb, *STAGING)
        try:
            run.wait(chance.uniform(0.05, 2))
        except subprocess.TimeoutExpired:
            run.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        return run.wait(60)

    def go_on(self, world):
        """Until it has ended; how often a person was asked."""
        asked = 0

        def has_ended():
            nonlocal asked
            asked += world.sluice("resume", *STAGING).status == 3
            return world.status("staging")["state"] not in ("running", "needs_operator")
        self.wait_for(has_ended)
        return asked

    def steps(self, world):
        file = world.path / "steps"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    def assertInOrder(self, world):
        self.assertFalse((world.path / "overlaps").exists(), self.steps(world))
        tokens = [int(step[2]) for step in self.steps(world)]
        self.assertEqual(tokens, sorted(tokens))
        for name in ("backup", "migrate", "deploy", "rollback"):
            self.assertLessEqual(len({step[1] for step in self.steps(world) if step[0] == name}), 1)
        self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_a_good_release_comes_in_whatever_ends_its_runs(self):
        for number in range(ROUNDS):
            with self.subTest(seed=number):
                chance = random.Random(number)
                world = self.make(f"good-{number}")
                self.end_it_somewhere(world, "run", chance)
                if world.status("staging")["live"] == world.first and world.status("staging")["state"] == "confirmed":
                    self.assertStatus(world.sluice("run", *STAGING), 0)  # it was ended before it had begun
                self.end_it_somewhere(world, "resume", chance)
                self.go_on(world)
                self.assertState(world, "staging", "confirmed", world.second)
                self.assertInOrder(world)

    def test_a_bad_release_goes_out_whatever_ends_its_runs(self):
        for number in range(ROUNDS):
            with self.subTest(seed=number):
                chance = random.Random(1000 + number)
                world = self.make(f"bad-{number}")
                world.say("bad", world.second)
                self.end_it_somewhere(world, "run", chance)
                if not any(entry["kind"] == "begun" and entry["commit"] == world.second for entry in world.entries()):
                    self.assertStatus(world.sluice("run", *STAGING), 1)
                self.end_it_somewhere(world, "resume", chance)
                self.go_on(world)
                self.assertState(world, "staging", "rolled_back", world.first)
                self.assertInOrder(world)

    def test_a_step_that_must_not_be_repeated_is_not(self):
        for number in range(ROUNDS):
            with self.subTest(seed=number):
                chance = random.Random(2000 + number)
                world = self.make(f"never-{number}", migrate="never")
                self.end_it_somewhere(world, "run", chance)
                if world.status("staging")["live"] == world.first and world.status("staging")["state"] == "confirmed":
                    self.assertStatus(world.sluice("run", *STAGING), 0)
                asked = self.go_on(world)
                begun = [step for step in self.steps(world) if step[0] == "migrate" and step[3] == "begun"]
                # A person who is asked is not asked twice, and says here that it was done.
                self.assertLessEqual(len(begun), 1, (asked, self.steps(world)))
                self.assertGreaterEqual(len(begun) + asked, 1)
                self.assertState(world, "staging", "confirmed", world.second)
                self.assertInOrder(world)

    def test_a_rollback_that_is_ended_goes_on_as_a_rollback(self):
        for number in range(ROUNDS // 2):
            with self.subTest(seed=number):
                chance = random.Random(3000 + number)
                world = self.make(f"back-{number}")
                self.assertStatus(world.sluice("run", *STAGING), 0)
                self.end_it_somewhere(world, "rollback", chance)
                if world.status("staging")["state"] == "confirmed":
                    self.assertStatus(world.sluice("rollback", *STAGING), 0)
                time.sleep(0.3)
                self.go_on(world)
                self.assertState(world, "staging", "rolled_back", world.first)
                self.assertInOrder(world)
