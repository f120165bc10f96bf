# SPDX-License-Identifier: Apache-2.0
"""The verbs of `sluice promote` and how they end, with real repositories and hooks."""
import json

from promote_case import Promote


class Verbs(Promote):
    def test_a_good_release_is_confirmed_and_what_is_live_is_left_alone(self):
        world = self.world()
        first = world.pipeline(staging=world.stage(hooks=("backup", "migrate", "deploy", "rollback", "probe")))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        self.assertState(world, "staging", "confirmed", first)
        self.assertEqual([call["step"] for call in world.calls()], ["backup", "migrate", "deploy"])
        again = self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        self.assertIn("live already", again.out)
        self.assertEqual(len(world.calls()), 3)
        self.assertEqual(world.kinds(), [
            "begun", "step-begun backup", "step-ended backup", "step-begun migrate", "step-ended migrate", "step-begun deploy",
            "step-ended deploy", "step-begun verify", "step-ended verify", "confirmed"])

    def test_a_bad_release_is_rolled_back_and_needs_a_reason_to_return(self):
        world = self.world()
        good = world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        bad = world.commit()
        world.say("bad", bad)
        outcome = self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertIn("rolled-back", outcome.out)
        self.assertState(world, "staging", "rolled_back", good)
        rollback = world.calls("rollback")[0]
        self.assertEqual((rollback["commit"], rollback["previous"]), (bad, good))
        world.unsay("bad")
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--reason", "the host was full"), 0)
        self.assertState(world, "staging", "confirmed", bad)

    def test_a_sick_first_release_says_that_there_is_no_way_back(self):
        world = self.world()
        bad = world.pipeline(staging=world.stage())
        world.say("bad", bad)
        outcome = self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertIn("no previous release", outcome.out)
        self.assertEqual(world.calls("rollback"), [])
        told = world.status("staging")
        self.assertEqual((told["state"], told["live"]), ("failed", None))

    def test_a_failed_migration_stops_before_the_deployment(self):
        world = self.world()
        good = world.pipeline(staging=world.stage(hooks=("migrate", "deploy", "rollback", "probe")))
        world.sluice("run", "--environment", "staging")
        world.commit()
        world.say("fail-migrate")
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertState(world, "staging", "failed", good)
        self.assertEqual(len(world.calls("deploy")), 1)
        self.assertEqual(world.calls("rollback"), [])

    def test_an_observer_that_is_cut_off_neither_confirms_nor_rolls_back(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.sluice("run", "--environment", "staging")
        second = world.commit()
        world.say("cut-off")
        self.assertStatus(world.sluice("run", "--environment", "staging"), 3)
        self.assertEqual(world.status("staging")["state"], "needs_operator")
        self.assertEqual(world.calls("rollback"), [])
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        world.unsay("cut-off")
        self.assertStatus(world.sluice("resume", "--environment", "staging"), 0)
        self.assertEqual(len(world.calls("deploy")), 2)
        self.assertState(world, "staging", "confirmed", second)

    def test_rollback_brings_the_release_before_back(self):
        world = self.world()
        first = world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("rollback", "--environment", "staging"), 1)
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("rollback", "--environment", "staging"), 1)
        second = world.commit()
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("rollback", "--environment", "staging", "--reason", "wrong prices"), 0)
        self.assertState(world, "staging", "rolled_back", first)
        call = world.calls("rollback")[0]
        self.assertEqual((call["commit"], call["previous"]), (second, first))

    def test_keys_differ_between_steps_promotions_and_again(self):
        world = self.world()
        world.pipeline(staging=world.stage(hooks=("migrate", "deploy", "rollback", "probe")))
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("run", "--environment", "staging", "--again"), 0)
        world.commit()
        world.sluice("run", "--environment", "staging")
        world.sluice("rollback", "--environment", "staging")
        keys = [call["key"] for call in world.calls()]
        self.assertEqual(len(set(keys)), len(keys), world.calls())
        tokens = [call["token"] for call in world.calls()]
        self.assertEqual(tokens, sorted(tokens))

    def test_irreversible_demands_a_word_about_the_data(self):
        world = self.world()
        world.pipeline(staging=world.stage(irreversible=True))
        world.sluice("run", "--environment", "staging")
        bad = world.commit()
        world.say("bad", bad)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 3)
        self.assertEqual(world.calls("rollback"), [])
        self.assertStatus(world.sluice("rollback", "--environment", "staging"), 2)
        self.assertStatus(world.sluice("rollback", "--environment", "staging", "--data", "keep"), 0)
        self.assertEqual(world.calls("rollback")[0]["data"], "keep")

    def test_data_is_not_restored_without_a_backup_that_was_proven(self):
        world = self.world()
        world.pipeline(staging=world.stage(hooks=("backup", "deploy", "rollback", "restore", "probe")))
        world.sluice("run", "--environment", "staging")
        world.commit()
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("rollback", "--environment", "staging", "--data", "restore"), 1)
        self.assertEqual(world.calls("restore"), [])

    def test_abort_ends_what_is_unfinished_and_the_next_may_begin(self):
        world = self.world()
        first = world.pipeline(staging=world.stage())
        world.sluice("run", "--environment", "staging")
        world.commit()
        world.say("cut-off")
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("abort", "--environment", "staging", "--reason", "enough"), 0)
        self.assertEqual(world.status("staging")["state"], "aborted")
        world.unsay("cut-off")
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)

    def test_a_lock_of_a_person_stops_promotions_and_no_rollback(self):
        world = self.world()
        first = world.pipeline(staging=world.stage())
        world.sluice("run", "--environment", "staging")
        world.commit()
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("lock", "--environment", "staging", "--reason", "host moves"), 0)
        world.commit()
        outcome = self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertIn("host moves", outcome.out)
        self.assertStatus(world.sluice("unlock", "--environment", "staging", GITHUB_ACTOR="bob"), 1)
        self.assertStatus(world.sluice("rollback", "--environment", "staging"), 0)
        self.assertStatus(world.sluice("unlock", "--environment", "staging"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)

    def test_plan_says_what_run_would_and_writes_nothing(self):
        world = self.world()
        world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"]))
        self.assertStatus(world.sluice("plan", "--environment", "staging"), 0)
        self.assertStatus(world.sluice("plan", "--environment", "production"), 1)
        plan = json.loads(world.sluice("plan", "--environment", "production", "--format", "json").out)
        self.assertIn({"gate": "verified-before", "answer": "no"},
                      [{key: gate[key] for key in ("gate", "answer")} for gate in plan["gates"]])
        self.assertIn("flowchart", world.sluice("plan", "--environment", "staging", "--format", "mermaid").out)
        self.assertEqual(world.entries(), [])
        self.assertEqual(world.calls(), [])

    def test_an_emergency_needs_a_reason_and_is_listed_until_it_is_reviewed(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}, allow=[{"between": [
            "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"]}]))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 3)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--emergency"), 2)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--emergency", "--reason", "the shop is down"), 0)
        self.assertEqual(len(world.status("staging")["unreviewed_emergencies"]), 1)
        begun = [entry for entry in world.entries() if entry["kind"] == "begun"][0]
        self.assertEqual((begun["reason"], begun["emergency"]), ("the shop is down", True))
        self.assertLessEqual(set(begun["waived"]), {"approvals", "window", "soak"})
        self.assertStatus(world.sluice("review", "--environment", "staging", "--reason", "it was right"), 0)
        self.assertNotIn("unreviewed_emergencies", world.status("staging"))

    def test_what_waits_says_when_it_may_begin_and_does_not_hold_a_job_that_parks(self):
        world = self.world()
        stage = world.stage()
        del stage["allow"]
        world.pipeline(staging=stage)
        friday = "2026-11-27T10:00:00Z"
        outcome = self.assertStatus(world.sluice("run", "--environment", "staging", now=friday), 3)
        self.assertIn("2026-11-28T00:00:00Z", outcome.out)
        self.assertEqual(world.status("staging", now=friday)["state"], "waiting")
        self.assertStatus(world.sluice("run", "--environment", "staging", "--park", now=friday), 0)
        self.assertEqual(len(world.entries()), 1)
        self.assertStatus(world.sluice("run", "--environment", "staging", now="2026-11-28T00:00:00Z"), 0)

    def test_a_watch_is_left_to_other_runs(self):
        world = self.world()
        world.pipeline(staging=world.stage(verify={"count": 3, "interval": 300}))
        self.assertStatus(world.sluice("run", "--environment", "staging", "--park", now="2026-11-24T10:00:00Z"), 0)
        self.assertEqual(world.status("staging")["state"], "waiting")
        self.assertStatus(world.sluice("resume", "--environment", "staging", "--park", now="2026-11-24T10:06:00Z"), 0)
        self.assertEqual(world.status("staging")["state"], "waiting")
        self.assertStatus(world.sluice("resume", "--environment", "staging", "--park", now="2026-11-24T10:12:00Z"), 0)
        self.assertEqual(world.status("staging")["state"], "confirmed")
        self.assertEqual(len(world.calls("deploy")), 1)

    def test_a_canary_is_watched_at_each_share(self):
        world = self.world()
        world.pipeline(staging=world.stage(strategy="canary", steps=["5", "25"]))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        self.assertEqual([call["weight"] for call in world.calls("deploy")], ["5", "25", "100"])

    def test_wrong_words_are_told(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        self.assertIn("did you mean staging", self.assertStatus(world.sluice("run", "--environment", "stagin"), 2).err)
        self.assertStatus(world.sluice("run"), 2)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--commit", "nothing-like-it"), 2)
        world.repository.write("promotion.yml", '{"environments": {"a": {"hoks": {}}}}')
        self.assertIn("did you mean", self.assertStatus(world.sluice("plan", "--environment", "a"), 2).err)
        world.repository.write("promotion.yml", '{"environments": {"a": {"needs": ["b"]}, "b": {"needs": ["a"]}}}')
        self.assertIn("a", self.assertStatus(world.sluice("plan", "--environment", "a"), 2).err)
