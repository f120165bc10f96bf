# SPDX-License-Identifier: Apache-2.0
"""What is left and what is gone back to, whatever ended in between; and what waited before it began."""
import concurrent.futures
import json
import pathlib

from harness import run_git
from promote_case import Promote

STAGING = ("--environment", "staging")
CLOSED = {"now": "2026-11-27T10:00:00Z"}  # a Friday
OPEN = {"now": "2026-11-30T10:00:00Z"}


class Back(Promote):
    def two(self, **more):
        world = self.world()
        first = world.pipeline(staging=world.stage(**more))
        self.assertStatus(world.sluice("run", *STAGING), 0)
        second = world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 0)
        return world, first, second

    def ways(self, world):
        return [(call["commit"], call["previous"]) for call in world.calls("rollback")]

    def test_one_that_failed_leads_to_the_same_release_when_it_is_asked_for_again(self):
        world, first, second = self.two()
        world.say("fail-rollback")
        for _ in range(2):
            failed = self.assertStatus(world.sluice("rollback", *STAGING), 1)
            self.assertIn("the way back failed", failed.out)
            self.assertIn("mend it, then: sluice promote rollback --environment staging", failed.out)
            self.assertEqual(world.status("staging")["left_behind"], second)
            self.assertIn(f"{second[:8]} was left behind", world.sluice("status").out)
        world.unsay("fail-rollback")
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertEqual(self.ways(world), [(second, first)] * 3)
        self.assertNotIn("left_behind", world.status("staging"))
        self.assertState(world, "staging", "rolled_back", first)

    def test_one_that_was_given_up_leads_to_the_same_release_too(self):
        world, first, second = self.two()
        world.sluice("rollback", *STAGING, kill=2)
        self.assertStatus(world.sluice("abort", *STAGING), 0)
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertEqual(self.ways(world), [(second, first)])
        self.assertState(world, "staging", "rolled_back", first)

    def test_after_a_migration_that_failed_it_stays_with_what_is_live(self):
        world, first, second = self.two(hooks=("migrate", "deploy", "rollback", "probe"))
        world.say("fail-migrate")
        third = world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertState(world, "staging", "failed", second)
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertEqual(self.ways(world), [(third, second)])
        self.assertState(world, "staging", "rolled_back", second)

    def test_a_way_back_that_may_not_run_twice_runs_once_more_for_who_says_that_it_did_not(self):
        world, first, second = self.two(repeat={"rollback": "never"}, verify={"version": "any"})
        world.sluice("rollback", *STAGING, kill=2)
        asked = self.assertStatus(world.sluice("resume", *STAGING), 3)
        self.assertIn("rollback", asked.out)
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertEqual(self.ways(world), [(second, first)])
        self.assertNotIn("decided rollback", world.kinds("staging"))
        self.assertState(world, "staging", "rolled_back", first)

    def test_whoever_goes_on_with_what_has_ended_badly_is_told_and_a_schedule_is_not(self):
        world, first, second = self.two()
        third = world.commit()
        world.say("bad", third)
        self.assertStatus(world.sluice("run", *STAGING), 1)
        again = self.assertStatus(world.sluice("resume", *STAGING), 1)
        self.assertIn("the last one was rolled back", again.out)
        self.assertStatus(world.sluice("resume", *STAGING, "--park"), 0)
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertStatus(world.sluice("resume", *STAGING), 0)

    def test_another_commit_than_the_one_under_way_is_not_resumed(self):
        world, first, second = self.two()
        third = world.commit()
        world.sluice("run", *STAGING, kill=2)
        refused = self.assertStatus(world.sluice("resume", *STAGING, "--commit", first), 2)
        self.assertIn(third[:8], refused.err)
        self.assertStatus(world.sluice("resume", *STAGING, "--commit", third), 0)

    def test_a_canary_that_was_given_up_may_be_what_is_live(self):
        world = self.world()
        world.pipeline(staging=world.stage(strategy="canary", steps=["5", "25"]))
        world.sluice("run", *STAGING, kill=3)
        self.assertEqual(world.kinds("staging")[-1], "step-ended deploy-5")
        given_up = self.assertStatus(world.sluice("abort", *STAGING), 0)
        self.assertIn("what is live is not known", given_up.out)

    def test_of_a_resume_and_an_abort_at_once_one_wins(self):
        world, first, second = self.two()
        world.say("slow-deploy", "1")
        for _ in range(3):
            world.commit()
            world.sluice("run", *STAGING, kill=2)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                resumes = [pool.submit(world.sluice, "resume", *STAGING) for _ in range(4)]
                aborts = [pool.submit(world.sluice, "abort", *STAGING) for _ in range(4)]
                resumed = [each.result().status for each in resumes]
                aborted = ["aborted" in each.result().out for each in aborts]
            # Of several that say the same in the same second the entry is the same.
            kinds = world.kinds("staging")
            of_this = kinds[len(kinds) - kinds[::-1].index("begun"):]
            self.assertEqual(of_this.count("aborted"), 1 if any(aborted) else 0, (resumed, aborted, of_this))
            self.assertEqual(of_this[-1], "aborted" if any(aborted) else "confirmed", (resumed, aborted, of_this))


class Migrations(Promote):
    """The database is a file of names; the hook `applied` prints it."""

    def start(self, **more):
        world = self.world()
        world.database = world.path / "applied"
        world.database.write_text("0001\n")
        stage = world.stage(hooks=("migrate", "deploy", "rollback", "probe"), **more)
        stage["hooks"]["migrate"]["run"] = ["sh", "-c", f"[ ! -e {world.path}/more ] || cat {world.path}/more >>{world.database}"]
        stage["hooks"]["applied"] = {"run": ["sh", "-c", f"[ ! -e {world.path}/mute ] && cat {world.database}"]}
        world.pipeline(staging=stage)
        self.assertStatus(world.sluice("run", *STAGING), 0)
        return world

    def test_what_nobody_promoted_stops_and_a_person_may_let_it_pass(self):
        world = self.start()
        world.database.write_text("0001\n0009_by_hand\n")
        world.commit()
        refused = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn("0009_by_hand is applied, and no promotion did it", refused.out)
        self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn("sluice promote unlock --force --environment staging", refused.out)
        self.assertStatus(world.sluice("unlock", *STAGING, "--force", "--reason", "a hotfix"), 0)
        self.assertStatus(world.sluice("run", *STAGING), 0)
        world.database.write_text("0001\n")
        world.commit()
        self.assertStatus(world.sluice("run", *STAGING), 1)

    def test_where_a_run_died_in_it_nobody_knows_and_the_next_is_not_stopped(self):
        for then in ("resume", "rollback", "abort"):
            with self.subTest(then=then):
                world = self.start(repeat={"migrate": "never"}) if then == "resume" else self.start()
                world.say("more", "0002\n")
                world.commit()
                world.sluice("run", *STAGING, kill=2)
                self.assertEqual(world.kinds("staging")[-1], "step-begun migrate")
                with open(world.database, "a") as applied:
                    applied.write("0002\n")
                world.unsay("more")
                if then == "resume":
                    self.assertStatus(world.sluice("resume", *STAGING), 3)
                self.assertIn(world.sluice(then, *STAGING).status, (0,))
                world.commit()
                self.assertStatus(world.sluice("run", *STAGING), 0)
            self.tearDown()
            self.doCleanups()
            self.setUp()

    def test_a_list_that_cannot_be_had_afterwards_fails_the_step(self):
        world = self.start()
        world.commit()
        with open(world.path / "more", "w") as more:
            more.write("0002\n")
        stage_mute = world.path / "mute-later"
        stage_mute.write_text("")
        world.say("more", "0002\n")
        pipeline = json.loads((world.repository.path / "promotion.yml").read_text())
        hooks = pipeline["environments"]["staging"]["hooks"]
        hooks["migrate"]["run"][2] += f"; touch {world.path}/mute"
        world.repository.write("promotion.yml", json.dumps(pipeline))
        world.commit()
        failed = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn("what was applied is not known", failed.out)
        self.assertEqual(len(world.calls("deploy")), 1)


class Waiting(Promote):
    def test_what_was_given_with_the_call_counts_when_it_begins(self):
        world = self.world()
        stage = world.stage()
        del stage["allow"]
        first = world.pipeline(staging=stage)
        self.assertStatus(world.sluice("run", *STAGING, **OPEN), 0)
        second = world.commit()
        world.say("bad", second)
        self.assertStatus(world.sluice("run", *STAGING, **OPEN), 1)
        world.unsay("bad")
        parked = world.sluice("run", *STAGING, "--park", "--reason", "the pool is larger now", **CLOSED)
        self.assertStatus(parked, 0)
        self.assertState(world, "staging", "waiting", first)
        self.assertStatus(world.sluice("resume", *STAGING, "--park", **OPEN), 0)
        self.assertState(world, "staging", "confirmed", second)
        begun = [entry for entry in world.entries() if entry["kind"] == "begun"][-1]
        self.assertEqual(begun["reason"], "the pool is larger now")

    def test_who_asked_for_it_cannot_approve_it_and_who_goes_on_with_it_can(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor", "not_author": True}))
        self.assertStatus(world.sluice("run", *STAGING, GITHUB_ACTOR="grace"), 3)
        self.assertStatus(world.sluice("approve", *STAGING, GITHUB_ACTOR="grace"), 0)
        self.assertStatus(world.sluice("resume", *STAGING, GITHUB_ACTOR="linus"), 3)
        self.assertStatus(world.sluice("approve", *STAGING, GITHUB_ACTOR="linus"), 0)
        self.assertStatus(world.sluice("resume", *STAGING, GITHUB_ACTOR="linus"), 0)

    def test_one_that_is_given_up_is_aborted(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        self.assertStatus(world.sluice("run", *STAGING), 3)
        self.assertStatus(world.sluice("abort", *STAGING), 0)
        self.assertEqual(world.status("staging"), {"state": "aborted", "live": None} | world.status("staging"))
        self.assertStatus(world.sluice("run", *STAGING), 3)
        self.assertEqual(world.status("staging")["state"], "waiting")

    def test_many_runs_that_wait_say_so_once(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for outcome in [pool.submit(world.sluice, "run", *STAGING) for _ in range(8)]:
                self.assertStatus(outcome.result(), 3)
        self.assertEqual(world.kinds("staging"), ["waiting"])


class Words(Promote):
    def test_of_many_people_who_lock_one_has_it(self):
        for origin in (True, False):
            world = self.world(f"world-{origin}", origin=origin)
            world.pipeline(staging=world.stage())
            with concurrent.futures.ThreadPoolExecutor(12) as pool:
                locks = [pool.submit(world.sluice, "lock", *STAGING, GITHUB_ACTOR=f"person{number}") for number in range(12)]
                statuses = sorted(each.result().status for each in locks)
            self.assertEqual(statuses, [0] + [1] * 11)
            self.assertEqual(world.kinds("staging"), ["locked"])

    def test_a_token_never_falls_though_the_ledger_was_wound_back(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", *STAGING), 0)
        kept = run_git(world.origin, "rev-parse", "sluice/ledger")
        for _ in range(2):
            world.commit()
            self.assertStatus(world.sluice("run", *STAGING), 0)
        run_git(world.origin, "update-ref", "refs/heads/sluice/ledger", kept)
        world.commit()
        refused = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertIn("sluice promote unlock --force --reason TEXT --environment NAME", refused.out)
        self.assertStatus(world.sluice("unlock", *STAGING, "--force", "--reason", "restored from a copy"), 0)
        self.assertEqual(world.entries()[-1]["reason"], "restored from a copy")
        self.assertStatus(world.sluice("run", *STAGING), 0)
        tokens = [call["token"] for call in world.calls("deploy")]
        self.assertEqual(tokens, sorted(set(tokens)))

    def test_what_is_attested_may_have_an_end(self):
        world = self.world()
        world.pipeline(staging=world.stage(gates={"qa": {"attested": "QA"}}))
        self.assertStatus(world.sluice("run", *STAGING, now="2026-11-24T10:00:00Z"), 3)
        self.assertStatus(world.sluice("attest QA", *STAGING, "--until", "tomorrow"), 2)
        self.assertStatus(world.sluice("attest QA", *STAGING, "--until", "2026-11-25", now="2026-11-24T10:00:00Z"), 0)
        late = self.assertStatus(world.sluice("run", *STAGING, now="2026-11-26T00:00:00Z"), 3)
        self.assertIn("ended at 2026-11-26T00:00:00Z", late.out)
        self.assertStatus(world.sluice("run", *STAGING, now="2026-11-25T23:59:59Z"), 0)

    def test_each_of_several_emergencies_has_its_review(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        for _ in range(2):
            self.assertStatus(world.sluice("run", *STAGING, "--emergency", "--reason", "down"), 0)
            world.commit()
        self.assertStatus(world.sluice("review", *STAGING, "--reason", "x"), 2)
        for one in world.status("staging")["unreviewed_emergencies"]:
            self.assertStatus(world.sluice("review", *STAGING, "--reason", "x", "--promotion", one[:8]), 0)
        self.assertNotIn("unreviewed_emergencies", world.status("staging"))

    def test_an_environment_that_is_none_is_told(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for verb in ("status", "history"):
            self.assertIn("did you mean staging", self.assertStatus(world.sluice(verb, "--environment", "stagin"), 2).err)


class Plan(Promote):
    def test_it_has_the_steps_that_the_risk_of_the_change_asks_for(self):
        world = self.world()
        world.pipeline(staging=world.stage(steps=["5"], risk={"low": {"strategy": "canary"}}))
        plan = json.loads(world.sluice("plan", *STAGING, "--format", "json").out)
        self.assertEqual([step["name"] for step in plan["steps"]],
                         ["deploy-5", "verify-5", "deploy", "verify", "confirm", "rollback"])
        drawn = world.sluice("plan", *STAGING, "--format", "mermaid").out
        self.assertIn("unhealthy", drawn)

    def test_a_backup_that_cannot_be_made_here_is_told_before(self):
        world = self.world()
        stage = world.stage(database_backup={"source": "dbname=shop", "scratch": "dbname=postgres", "file": "{time}.dump"})
        world.pipeline(staging=stage)
        bare = world.path / "bin"
        bare.mkdir()
        for program in ("git", "sh", "env", "python3"):
            (bare / program).symlink_to(f"/usr/bin/{program}")
        for verb in ("plan", "run"):
            refused = self.assertStatus(world.sluice(verb, *STAGING, PATH=str(bare)), 1)
            self.assertIn("pg_dump", refused.out)
        self.assertEqual(world.entries(), [])


class Reactions(Promote):
    """What a pipeline says of a watch that does not end healthy."""

    def ends(self, says, **verify):
        world = self.world(f"world-{len(list(self.root.iterdir()))}")
        probe = {"no-data": "exit 0", "cut-off": "exit 75", "ill": "echo '{\"status\": \"fail\"}'", "degraded": "echo '{\"status\": \"warn\"}'"}
        stage = world.stage(verify={"count": 2, **verify})
        stage["hooks"]["probe"]["run"] = ["sh", "-c", f"[ -e {world.path}/first ] || {{ echo '{{\"status\": \"ok\"}}'; exit; }}; {probe[says]}"]
        first = world.pipeline(staging=stage)
        self.assertStatus(world.sluice("run", *STAGING), 0)
        world.say("first")
        world.commit()
        status = world.sluice("run", *STAGING).status
        return status, world.status("staging")["state"]

    def setUp(self):
        super().setUp()
        self.root = pathlib.Path(self.directory)

    def test_each_conclusion_has_its_own(self):
        asks, confirms, fails = (3, "needs_operator"), (0, "confirmed"), (1, "failed")
        for says, verify, end in (("no-data", {}, asks), ("no-data", {"on_cannot_observe": "rollback"}, asks),
                                  ("no-data", {"on_no_data": "rollback"}, fails), ("cut-off", {}, asks),
                                  ("cut-off", {"on_no_data": "rollback"}, asks), ("cut-off", {"on_cannot_observe": "rollback"}, fails),
                                  ("ill", {}, fails), ("ill", {"on_unhealthy": "ask"}, asks), ("ill", {"on_unhealthy": "warn"}, confirms),
                                  ("degraded", {}, asks), ("degraded", {"on_inconclusive": "warn"}, confirms),
                                  ("degraded", {"on_inconclusive": "rollback"}, fails)):
            with self.subTest(says=says, **verify):
                self.assertEqual(self.ends(says, **verify), end)

    def test_what_nobody_saw_is_never_taken_for_well(self):
        world = self.world()
        for key in ("on_no_data", "on_cannot_observe"):
            world.pipeline(staging=world.stage(verify={key: "warn"}))
            self.assertIn(key, self.assertStatus(world.sluice("plan", *STAGING), 2).err)
