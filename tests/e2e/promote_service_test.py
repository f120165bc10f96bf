# SPDX-License-Identifier: Apache-2.0
"""A service with a database goes from staging to production, and every way in which that ends: with a real PostgreSQL, services that
really answer on loopback, and hooks as a team writes them."""
import concurrent.futures
import json
import os
import pathlib
import signal
import time

from promote.postgres import Postgres
from promote.shop import Shop
from promote_case import Promote

POSTGRES = None

SECOND = {"app/items.sql": "select name, price from item order by name",
          "migrations/0002_prices.sql": "alter table item add price numeric not null default 0"}


def setUpModule():
    global POSTGRES
    POSTGRES = Postgres()


def tearDownModule():
    if POSTGRES is not None:
        POSTGRES.close()


class Service(Promote):
    def shop(self, name="shop", **more):
        path = pathlib.Path(self.directory) / name
        path.mkdir()
        shop = Shop(path, POSTGRES, **more)
        self.addCleanup(shop.close)
        return shop

    def run_in(self, shop, stage, status=0, **more):
        return self.assertStatus(shop.sluice("run", "--environment", stage, **more), status)

    def promoted(self, **more):
        """With a first release in both places."""
        shop = self.shop()
        first = shop.pipeline(staging=shop.shop("staging", **more), production=shop.shop("production", needs=["staging"], **more))
        self.run_in(shop, "staging")
        self.run_in(shop, "production")
        return shop, first

    def assertLive(self, shop, stage, state, commit):
        told = shop.status(stage)
        self.assertEqual((told["state"], told["live"]), (state, commit), told)
        self.assertEqual(shop.version(stage), commit)


class Releases(Service):
    def test_a_good_release_goes_to_staging_and_then_to_production(self):
        shop, first = self.promoted()
        self.assertLive(shop, "production", "confirmed", first)
        shop.postgres.ask(shop.databases["production"], "insert into item values ('tea')")
        second = shop.release("prices", SECOND)
        refused = self.run_in(shop, "production", 1)
        self.assertIn("staging", refused.out)
        self.assertLive(shop, "production", "confirmed", first)
        self.run_in(shop, "staging")
        outcome = self.run_in(shop, "production")
        self.assertLive(shop, "production", "confirmed", second)
        self.assertEqual(shop.get("production", "/items"), (200, {"items": ["tea|0"], "error": ""}))
        self.assertEqual(shop.migrations("production"), ["0001_items.sql", "0002_prices.sql"])
        for step in ("backup", "migrate", "deploy", "verify"):
            self.assertIn(f"{step} done", outcome.err)
        self.assertTrue((shop.place("production") / "backup").exists())
        self.assertStatus(shop.sluice("history", "--verify"), 0)

    def test_a_pipeline_of_twelve_lines_is_enough(self):
        shop = self.shop(stages=("staging",))
        pipeline = f"""\
environments:
  staging:
    allow: []
    hooks:
      backup: {{run: [ops/backup]}}
      migrate: {{run: [ops/migrate]}}
      deploy: {{run: [ops/deploy]}}
      rollback: {{run: [ops/rollback]}}
    verify:
      url: {shop.url("staging")}
      count: 1
"""
        self.assertLessEqual(len(pipeline.splitlines()), 12)
        shop.repository.write("promotion.yml", pipeline)
        commit = shop.commit("the pipeline")
        self.assertStatus(shop.sluice("plan", "--environment", "staging"), 0)
        self.run_in(shop, "staging")
        self.assertLive(shop, "staging", "confirmed", commit)

    def test_a_slow_release_is_rolled_back(self):
        shop, first = self.promoted()
        slow = shop.release("slow", {"app/slow": "2.5"})
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("latency", outcome.out)
        self.assertLive(shop, "staging", "rolled_back", first)
        refused = self.run_in(shop, "production", 1)
        self.assertIn("staging", refused.out)
        self.assertLive(shop, "production", "confirmed", first)
        # It does not come back by itself, and nothing of it reaches production.
        self.run_in(shop, "staging", 1)
        self.assertEqual([deploy[2] for deploy in shop.deploys("staging")], [first, slow])
        self.assertEqual([deploy[2] for deploy in shop.deploys("production")], [first])

    def test_a_broken_release_is_rolled_back_and_what_it_answered_is_kept(self):
        shop, first = self.promoted()
        shop.release("broken", {"app/broken": "the template is missing"})
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("503", outcome.out + outcome.err)
        self.assertLive(shop, "staging", "rolled_back", first)
        watch = [entry for entry in shop.entries("staging") if entry["kind"] == "step-ended" and entry["step"] == "verify"][-1]
        self.assertIn("the template is missing", json.dumps(watch))

    def test_a_failing_migration_stops_before_the_deployment(self):
        shop, first = self.promoted()
        shop.release("a wrong migration", {**SECOND, "migrations/0002_prices.sql": "alter table itme add price numeric"})
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("itme", outcome.out + outcome.err)
        self.assertLive(shop, "staging", "failed", first)
        self.assertEqual([deploy[2] for deploy in shop.deploys("staging")], [first])
        self.assertEqual(shop.migrations("staging"), ["0001_items.sql"])
        self.run_in(shop, "production", 1)
        mended = shop.release("a right migration", SECOND)
        self.run_in(shop, "staging")
        self.assertLive(shop, "staging", "confirmed", mended)

    def test_a_database_that_somebody_else_changed_is_not_migrated(self):
        shop, first = self.promoted()
        shop.postgres.ask(shop.databases["staging"], "insert into applied values ('0009_by_hand.sql')")
        shop.release("prices", SECOND)
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("0009_by_hand.sql", outcome.out)
        self.assertLive(shop, "staging", "failed", first)
        self.assertEqual(len(shop.deploys("staging")), 1)

    def test_a_backup_that_fails_stops_everything(self):
        shop, first = self.promoted()
        shop.release("prices", SECOND)
        shop.place("staging").joinpath("backup.next").mkdir()
        self.run_in(shop, "staging", 1)
        self.assertLive(shop, "staging", "failed", first)
        self.assertEqual(shop.migrations("staging"), ["0001_items.sql"])

    def test_a_rollback_brings_the_release_before_back_in_production_alone(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        self.run_in(shop, "staging")
        self.run_in(shop, "production")
        self.assertStatus(shop.sluice("rollback", "--environment", "production", "--reason", "wrong prices"), 0)
        self.assertLive(shop, "production", "rolled_back", first)
        self.assertLive(shop, "staging", "confirmed", second)
        self.run_in(shop, "production", 1)
        self.run_in(shop, "production", 1, timeout=60)
        self.assertStatus(shop.sluice("run", "--environment", "production", "--reason", "prices are right"), 0)
        self.assertLive(shop, "production", "confirmed", second)


class Observer(Service):
    def cut_off(self, **more):
        shop = self.shop(stages=("staging", "elsewhere"))
        first = shop.pipeline(staging=shop.shop("staging", verify={"control": shop.url("elsewhere"), **more}))
        self.run_in(shop, "staging")
        return shop, first, shop.release("prices", SECOND)

    def test_cut_off_from_everything_it_cannot_observe_and_touches_nothing(self):
        shop, first, second = self.cut_off()
        for way in shop.ways.values():
            way.cut()
        outcome = self.run_in(shop, "staging", 3)
        self.assertIn("cannot", outcome.out)
        self.assertEqual(shop.status("staging")["state"], "needs_operator")
        self.assertEqual(shop.version("staging"), second)
        self.assertEqual(shop.status("staging")["live"], first)
        for way in shop.ways.values():
            way.mend()
        self.assertStatus(shop.sluice("resume", "--environment", "staging"), 0)
        self.assertLive(shop, "staging", "confirmed", second)
        self.assertEqual(len(shop.deploys("staging")), 2)

    def test_a_service_that_is_gone_while_others_answer_is_unhealthy(self):
        shop, first, second = self.cut_off()
        # Whoever deploys it kills it.
        shop.repository.write("ops/deploy", f"#!/bin/sh\nset -eu\nkill -9 {shop.services['staging'].pid}\n")
        shop.commit("a deployment that kills")
        outcome = self.run_in(shop, "staging", 1)
        self.assertEqual(shop.status("staging")["state"], "failed", outcome)
        self.assertIn("way back failed", outcome.out)
        self.assertIn("unhealthy", outcome.out + outcome.err)

    def test_who_comes_back_during_the_watch_is_not_held_against_it(self):
        shop, first, second = self.cut_off(count=6, interval=1, consecutive=3)
        way = shop.ways["staging"]
        shop.ways["elsewhere"].cut()
        way.cut()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            run = pool.submit(shop.sluice, "run", "--environment", "staging")
            self.wait_for(lambda: "step-begun verify" in shop.kinds("staging")[-1:])
            time.sleep(1.2)
            way.mend()
            shop.ways["elsewhere"].mend()
            self.assertStatus(run.result(), 0)
        self.assertLive(shop, "staging", "confirmed", second)


class Runners(Service):
    def begun(self, shop, seconds=30):
        """A run in a deployment that takes its time."""
        (shop.place("staging") / "slow-deploy").write_text(str(seconds))
        run = shop.start("run", "--environment", "staging")
        self.addCleanup(run.kill)
        self.wait_for(lambda: (shop.place("staging") / "deploying").exists())
        (shop.place("staging") / "slow-deploy").unlink()
        return run

    def hook_of(self, shop):
        return int((shop.place("staging") / "deploying").read_text())

    def test_a_killed_runner_is_resumed_to_the_same_end(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        for kill in range(1, 30):
            outcome = shop.sluice("run", "--environment", "staging", kill=kill)
            if outcome.status == 0:
                break
            self.assertStatus(outcome, -9)
            outcome = shop.sluice("resume", "--environment", "staging")
            self.assertStatus(outcome, 0)
            self.assertLive(shop, "staging", "confirmed", second)
            self.assertEqual(shop.migrations("staging"), ["0001_items.sql", "0002_prices.sql"])
            second = shop.release(f"change {kill}", {"app/note": str(kill)})
        self.assertGreater(kill, 8)
        self.assertStatus(shop.sluice("history", "--verify"), 0)

    def test_two_runners_race_and_one_deploys(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        (shop.place("staging") / "slow-deploy").write_text("1")
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(lambda n: shop.sluice("run", "--environment", "staging", GITHUB_ACTOR=f"u{n}"), range(6)))
        self.assertEqual(sorted({outcome.status for outcome in outcomes} - {1}), [0], outcomes)
        self.assertEqual([deploy[2] for deploy in shop.deploys("staging")], [first, second])
        self.assertLive(shop, "staging", "confirmed", second)

    def test_whoever_comes_second_is_told_who_came_first(self):
        shop, first = self.promoted()
        shop.release("prices", SECOND)
        run = self.begun(shop, 20)
        for verb in ("run", "plan", "resume", "rollback", "abort"):
            outcome = self.assertStatus(shop.sluice(verb, "--environment", "staging", GITHUB_ACTOR="bob"), 1)
            self.assertIn("ada", outcome.out, outcome)
        # To the next environment it is not verified yet, and may be.
        self.assertStatus(shop.sluice("plan", "--environment", "production"), 3)
        os.kill(self.hook_of(shop), signal.SIGTERM)
        run.wait(60)

    def test_an_orphaned_hook_keeps_everybody_out_until_it_has_ended(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 60)
        run.kill()
        run.wait()
        hook = self.hook_of(shop)
        for verb in ("resume", "rollback"):
            outcome = self.assertStatus(shop.sluice(verb, "--environment", "staging"), 1)
            self.assertIn(str(hook), outcome.out)
            self.assertIn("deploy", outcome.out)
        self.assertStatus(shop.sluice("abort", "--environment", "staging"), 0)
        outcome = self.assertStatus(shop.sluice("run", "--environment", "staging"), 1)
        self.assertIn(str(hook), outcome.out)
        self.assertEqual(len(shop.deploys("staging")), 2)
        os.killpg(hook, signal.SIGKILL)
        self.wait_for(lambda: not alive(hook))
        self.run_in(shop, "staging")
        self.assertLive(shop, "staging", "confirmed", second)
        self.assertEqual(list((shop.repository.path / ".git/sluice/running").iterdir()), [])

    def test_an_orphaned_hook_is_no_matter_to_another_environment(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        self.run_in(shop, "staging")
        shop.release("a note", {"app/note": "1"})
        run = self.begun(shop, 60)
        run.kill()
        run.wait()
        self.assertStatus(shop.sluice("run", "--environment", "production", "--commit", second), 0)
        os.killpg(self.hook_of(shop), signal.SIGKILL)

    def test_a_runner_that_is_told_to_end_takes_its_hook_along_and_can_be_resumed(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number):
                shop, first = self.shop_of(number), None
                first = shop.pipeline(staging=shop.shop("staging"))
                self.run_in(shop, "staging")
                second = shop.release("prices", SECOND)
                run = self.begun(shop, 60)
                hook = self.hook_of(shop)
                run.send_signal(number)
                self.assertEqual(run.wait(60), -number)
                self.wait_for(lambda: not alive(hook))
                self.assertEqual(shop.status("staging")["state"], "running")
                self.assertEqual(shop.version("staging"), first)
                self.assertStatus(shop.sluice("resume", "--environment", "staging"), 0)
                self.assertLive(shop, "staging", "confirmed", second)

    def shop_of(self, number):
        return self.shop(f"shop-{number}", stages=("staging",))

    def test_a_hook_that_does_not_heed_the_end_is_ended_all_the_same(self):
        shop = self.shop(stages=("staging",))
        first = shop.pipeline(staging=shop.shop("staging"))
        self.run_in(shop, "staging")
        text = (shop.repository.path / "ops/deploy").read_text()
        second = shop.release("stubborn", {"ops/deploy": text.replace("set -eu", "set -eu; trap '' TERM INT HUP")})
        run = self.begun(shop, 60)
        hook = self.hook_of(shop)
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(60), -signal.SIGTERM)
        self.wait_for(lambda: not alive(hook))
        self.assertStatus(shop.sluice("resume", "--environment", "staging"), 0)
        self.assertLive(shop, "staging", "confirmed", second)

    def test_a_run_that_lost_its_promotion_ends_its_hook(self):
        shop = self.shop(stages=("staging",))
        shop.pipeline(staging=shop.shop("staging", lease=3))
        self.run_in(shop, "staging")
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 100)
        hook = self.hook_of(shop)
        self.assertStatus(shop.sluice("resume", "--environment", "staging", "--force", GITHUB_ACTOR="bob"), 0)
        self.assertEqual(run.wait(60), 1)
        self.assertFalse(alive(hook))
        self.assertLive(shop, "staging", "confirmed", second)
        tokens = [int(deploy[0]) for deploy in shop.deploys("staging")]
        self.assertEqual(tokens, sorted(set(tokens)))

    def test_a_suspended_runner_that_wakes_after_its_lease_writes_nothing_more(self):
        shop = self.shop(stages=("staging",))
        shop.pipeline(staging=shop.shop("staging", lease=2))
        self.run_in(shop, "staging")
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 1)
        run.send_signal(signal.SIGSTOP)
        self.addCleanup(run.send_signal, signal.SIGCONT)
        self.wait_for(lambda: shop.sluice("resume", "--environment", "staging", GITHUB_ACTOR="bob").status == 0)
        entries = len(shop.entries())
        run.send_signal(signal.SIGCONT)
        self.assertEqual(run.wait(60), 1)
        self.assertEqual(len(shop.entries()), entries)
        self.assertLive(shop, "staging", "confirmed", second)


class Times(Service):
    def test_a_closed_window_says_when_it_opens_and_does_nothing(self):
        shop = self.shop(stages=("staging",))
        stage = shop.shop("staging", allow=[{"days": ["mon", "tue"], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}])
        commit = shop.pipeline(staging=stage)
        outcome = self.run_in(shop, "staging", 3, now="2026-11-27T10:00:00Z")
        self.assertIn("2026-11-30T08:00:00Z", outcome.out)
        self.assertEqual(shop.deploys("staging"), [])
        self.assertEqual(shop.status("staging")["state"], "waiting")
        self.run_in(shop, "staging", now="2026-11-30T08:00:00Z")
        self.assertLive(shop, "staging", "confirmed", commit)

    def test_a_closed_window_is_no_obstacle_to_a_rollback(self):
        shop = self.shop(stages=("staging",))
        first = shop.pipeline(staging=shop.shop("staging", allow=[{"days": ["mon"]}]))
        self.run_in(shop, "staging", now="2026-11-30T08:00:00Z")
        shop.release("prices", SECOND)
        self.run_in(shop, "staging", now="2026-11-30T09:00:00Z")
        self.assertStatus(shop.sluice("rollback", "--environment", "staging", now="2026-12-01T09:00:00Z"), 0)
        self.assertLive(shop, "staging", "rolled_back", first)

    def test_an_emergency_does_without_people_window_and_soak_and_not_without_staging_or_backup(self):
        shop, first = self.promoted()
        closed = {"allow": [{"days": ["mon"]}], "approvals": {"count": 1, "proof": "actor"}, "soak": 3600}
        shop.pipeline(staging=shop.shop("staging"), production=shop.shop("production", needs=["staging"], **closed))
        second = shop.release("prices", SECOND)
        friday = {"now": "2026-11-27T10:00:00Z"}
        emergency = ("run", "--environment", "production", "--emergency", "--reason", "the shop is down")
        self.assertStatus(shop.sluice(*emergency, **friday), 1)
        self.assertLive(shop, "production", "confirmed", first)
        self.run_in(shop, "staging", **friday)
        self.run_in(shop, "production", 3, **friday)
        (shop.place("production") / "backup.next").mkdir()
        self.assertStatus(shop.sluice(*emergency, **friday), 1)
        self.assertEqual(shop.version("production"), first)
        (shop.place("production") / "backup.next").rmdir()
        self.assertStatus(shop.sluice(*emergency, **friday), 0)
        self.assertLive(shop, "production", "confirmed", second)
        begun = [entry for entry in shop.entries("production") if entry["kind"] == "begun"][-1]
        self.assertEqual(set(begun["waived"]), {"approvals", "window", "soak"})
        self.assertEqual(len(shop.status("production")["unreviewed_emergencies"]), 2)


def alive(process):
    """Whether it runs: one that has ended and that nobody asked for its status does not."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
