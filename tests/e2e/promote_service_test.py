# SPDX-License-Identifier: Apache-2.0
"""A service with a database goes from staging to production, and every way in which that ends: with a real PostgreSQL, services that
really answer on loopback, and hooks as a team writes them."""
import concurrent.futures
import json
import time

from harness import BIN, github_token, run, run_git
from promote.service_case import SECOND, Service, postgres, setUpModule, tearDownModule  # noqa: F401


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


class Ledgers(Service):
    def test_one_that_was_wound_back_is_seen_by_a_runner_that_never_saw_it(self):
        shop, first = self.promoted()
        kept = run_git(shop.origin, "rev-parse", "sluice/ledger")
        second = shop.release("prices", SECOND)
        self.run_in(shop, "staging")
        run_git(shop.origin, "update-ref", "refs/heads/sluice/ledger", kept)
        fresh = shop.clone("fresh")
        for verb in ("plan", "run", "run"):
            refused = self.assertStatus(shop.sluice(verb, "--environment", "staging", "--again", directory=fresh), 1)
            self.assertIn("what is live in staging was deployed by its entry", refused.out)
        self.assertEqual(run_git(shop.origin, "rev-parse", "sluice/ledger"), kept)
        self.assertEqual([deploy[2] for deploy in shop.deploys("staging")], [first, second])
        accepted = shop.sluice("unlock", "--environment", "staging", "--force", "--reason", "restored from a copy", directory=fresh)
        self.assertStatus(accepted, 0)
        for verb in ("plan", "run"):
            self.assertStatus(shop.sluice(verb, "--environment", "staging", directory=fresh), 0)
        self.assertLive(shop, "staging", "confirmed", second)


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
        later = {"now": "2026-11-27T10:05:00Z"}
        emergency = ("run", "--environment", "production", "--emergency", "--reason", "the shop is down")
        self.assertStatus(shop.sluice(*emergency, **friday), 1)
        self.assertLive(shop, "production", "confirmed", first)
        self.run_in(shop, "staging", **friday)
        self.run_in(shop, "production", 3, **later)
        (shop.place("production") / "backup.next").mkdir()
        self.assertStatus(shop.sluice(*emergency, **later), 1)
        self.assertEqual(shop.version("production"), first)
        (shop.place("production") / "backup.next").rmdir()
        self.assertStatus(shop.sluice(*emergency, **later), 0)
        self.assertLive(shop, "production", "confirmed", second)
        begun = [entry for entry in shop.entries("production") if entry["kind"] == "begun"][-1]
        self.assertEqual(set(begun["waived"]), {"approvals", "window", "soak"})
        self.assertEqual(len(shop.status("production")["unreviewed_emergencies"]), 2)


class Evidence(Service):
    def reports(self, shop, *gates):
        """What the gates say of what is checked out."""
        files = []
        for gate in gates:
            files.append(shop.path / f"{gate}.json")
            run([BIN / f"sluice-{gate}", "--fail-on", "high", "--format", f"json={files[-1]}"], shop.repository.path, shop.variables())
        return files

    def asked(self):
        shop = self.shop(stages=("staging",))
        shop.pipeline(staging=shop.shop("staging", evidence=["secrets", "migrations"]))
        return shop

    def test_reports_of_gates_let_their_commit_in_and_no_other(self):
        shop = self.asked()
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("secrets", outcome.out)
        self.assertStatus(shop.sluice("evidence add", "--environment", "staging", *self.reports(shop, "secrets")), 0)
        outcome = self.run_in(shop, "staging", 1)
        self.assertIn("migrations", outcome.out)
        self.assertStatus(shop.sluice("evidence add", "--environment", "staging", *self.reports(shop, "migrations")), 0)
        self.run_in(shop, "staging")
        shop.release("prices", SECOND)
        self.run_in(shop, "staging", 1)
        brought = [word for file in self.reports(shop, "secrets", "migrations") for word in ("--evidence", file)]
        self.assertStatus(shop.sluice("run", "--environment", "staging", *brought), 0)

    def test_a_report_that_failed_lets_nothing_in_whoever_hands_it_in(self):
        shop = self.asked()
        shop.release("a secret", {"app/token": github_token()})
        files = self.reports(shop, "secrets", "migrations")
        shop.sluice("evidence add", "--environment", "staging", *files)
        self.run_in(shop, "staging", 1)
        told = json.loads(files[0].read_text())
        told["reports"][0]["verdict"] = "pass"
        files[0].write_text(json.dumps(told))
        shop.sluice("evidence add", "--environment", "staging", *files)
        self.run_in(shop, "staging", 1)
        self.assertEqual(shop.deploys("staging"), [])


class Backups(Service):
    """The dump is taken and proven by the gate itself, and comes back where somebody says so."""

    def kept(self):
        shop = self.shop(stages=("staging",))
        shop.repository.write("ops/restore", "#!/bin/sh\nset -eu\n. \"ops/$SLUICE_ENVIRONMENT.env\"\n"
                              "pg_restore --exit-on-error --clean --if-exists -d \"$DATABASE\" \"$SLUICE_BACKUP_FILE\"\n")
        (shop.repository.path / "ops/restore").chmod(0o755)
        backup = {"source": shop.databases["staging"], "scratch": postgres().address("postgres"), "file": str(shop.path / "{time}.dump"),
                  "empty_by_design": True}
        first = shop.pipeline(staging=shop.shop("staging", hooks=("migrate", "applied", "deploy", "rollback", "restore"), irreversible=True,
                                                database_backup=backup))
        return shop, first

    def test_a_release_that_lost_data_is_left_with_the_backup_before_it(self):
        shop, first = self.kept()
        self.run_in(shop, "staging")
        shop.postgres.ask(shop.databases["staging"], "insert into item values ('tea'), ('coffee')")
        shop.release("a release that deletes", {"migrations/0002_gone.sql": "delete from item where name = 'tea'"})
        self.run_in(shop, "staging")
        self.assertEqual(shop.get("staging", "/items")[1]["items"], ["coffee"])
        self.assertStatus(shop.sluice("rollback", "--environment", "staging"), 2)
        self.assertStatus(shop.sluice("rollback", "--environment", "staging", "--data", "restore"), 0)
        self.assertLive(shop, "staging", "rolled_back", first)
        self.assertEqual(shop.get("staging", "/items")[1]["items"], ["coffee", "tea"])
        self.assertEqual(shop.migrations("staging"), ["0001_items.sql"])

    def test_a_migration_that_failed_is_taken_back_with_the_backup_made_for_it(self):
        shop, first = self.kept()
        self.run_in(shop, "staging")
        second = shop.release("another", {"app/items.sql": "select name from item order by name desc"})
        self.run_in(shop, "staging")
        shop.postgres.ask(shop.databases["staging"], "insert into item values ('tea'), ('sold while the second was live')")
        shop.release("half", {"migrations/0002_gone.sql": "delete from item where name = 'tea'",
                              "migrations/0003_wrong.sql": "select 1/0"})
        self.run_in(shop, "staging", 1)
        self.assertStatus(shop.sluice("rollback", "--environment", "staging", "--data", "restore"), 0)
        self.assertLive(shop, "staging", "rolled_back", second)
        self.assertEqual(shop.get("staging", "/items")[1]["items"], ["tea", "sold while the second was live"])

    def test_a_run_that_died_after_its_migration_is_taken_back_with_the_data(self):
        shop, first = self.kept()
        self.run_in(shop, "staging")
        shop.postgres.ask(shop.databases["staging"], "insert into item values ('tea')")
        shop.release("gone", {"migrations/0002_gone.sql": "delete from item"})
        self.run_in(shop, "staging", -9, kill=5)
        self.assertEqual(shop.kinds("staging")[-1], "step-ended migrate")
        told = self.assertStatus(shop.sluice("rollback", "--environment", "staging", "--data", "restore"), 0)
        self.assertIn("the data are what they were before", told.out + told.err)
        self.assertLive(shop, "staging", "rolled_back", first)
        self.assertEqual(shop.get("staging", "/items")[1]["items"], ["tea"])
        self.assertEqual(len(shop.deploys("staging")), 1)

    def test_a_database_that_cannot_be_reached_stops_everything(self):
        shop, first = self.kept()
        self.run_in(shop, "staging")
        shop.release("prices", SECOND)
        postgres().stop()
        try:
            outcome = shop.sluice("run", "--environment", "staging")
        finally:
            postgres().start()
        self.assertNotEqual(outcome.status, 0)
        self.assertLive(shop, "staging", "failed", first)
        self.assertEqual(len(shop.deploys("staging")), 1)
