# SPDX-License-Identifier: Apache-2.0
"""What a change brings is judged, what was there before is told, and the change cannot excuse itself."""
import json
import shutil

from deps_cases import DAY, DepsCase, advisory, npm_lock
from harness import Repository

HOLE = "vulnerable-dependency left {} {}"
IGNORE = "deps:\n  ignore:\n    - {id: CVE-2099-0001, reason: not reached, expires: 2026-06-30}\n"


class Base(DepsCase):
    def change(self, before, after, name="shop"):
        """The gate's outcome for a change of files from `before` to `after`, compared with where it began."""
        shop = self.repository(name)
        base = shop.commit("Start", before)
        for path in before.keys() - after.keys():
            (shop.path / path).unlink()
        shop.commit("Change", after)
        return self.judge(shop, self.database(), "--base", base)

    def test_what_the_change_introduces_fails(self):
        outcome = self.change({"package-lock.json": npm_lock({"right": "1.0.0"})},
                              {"package-lock.json": npm_lock({"right": "1.0.0", "left": "1.0.0"})})
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
        self.assertSays(outcome.text, "compared with")

    def test_what_was_there_does_not(self):
        outcome = self.change({"package-lock.json": npm_lock({"left": "1.0.0"})},
                              {"package-lock.json": npm_lock({"left": "1.0.0", "right": "1.0.0"})})
        self.assertFinds(outcome, 0, HOLE.format("1.0.0", "older"))

    def test_a_bump_that_keeps_the_hole_brings_nothing(self):
        outcome = self.change({"package-lock.json": npm_lock({"left": "1.0.0"})},
                              {"package-lock.json": npm_lock({"left": "1.1.0"})})
        self.assertFinds(outcome, 0, HOLE.format("1.1.0", "older"))

    def test_a_bump_that_brings_another_hole_fails_for_that(self):
        database = self.database(advisory("GHSA-2222-3333-4444", "left"),
                                 advisory("GHSA-5555-6666-7777", "left", introduced="1.1.0"))
        shop = self.repository()
        base = shop.commit("Start", {"package-lock.json": npm_lock({"left": "1.0.0"})})
        shop.commit("Update", {"package-lock.json": npm_lock({"left": "1.1.0"})})
        outcome = self.judge(shop, database, "--base", base)
        self.assertFinds(outcome, 1, HOLE.format("1.1.0", "older"), HOLE.format("1.1.0", "active"))

    def test_the_same_package_in_another_lockfile_is_new_there(self):
        lock = {"web/package-lock.json": npm_lock({"left": "1.0.0"})}
        outcome = self.change(lock, lock | {"api/package-lock.json": npm_lock({"left": "1.0.0"})})
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "older"), HOLE.format("1.0.0", "active"))

    def test_a_lockfile_that_was_moved_brings_nothing(self):
        many = {f"p{number}": "1.0.0" for number in range(10)}
        outcome = self.change({"package-lock.json": npm_lock(many | {"left": "1.0.0"})},
                              {"web/package-lock.json": npm_lock(many | {"left": "1.0.0"})})
        self.assertFinds(outcome, 0, HOLE.format("1.0.0", "older"))
        outcome = self.change({"package-lock.json": npm_lock(many)},
                              {"web/package-lock.json": npm_lock(many | {"left": "1.0.0"})}, "other")
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))

    def test_a_lockfile_that_is_unlike_what_went_is_new(self):
        outcome = self.change({"docs/package-lock.json": npm_lock({"left": "1.0.0", "a": "1.0.0", "b": "1.0.0"})},
                              {"web/package-lock.json": npm_lock({"left": "1.0.0", "c": "1.0.0", "d": "1.0.0"})})
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))

    def test_what_was_excluded_was_never_accepted(self):
        """Moving a lockfile out of what is excluded brings its holes in."""
        shop = self.repository()
        base = shop.commit("Start", {"examples/package-lock.json": npm_lock({"left": "1.0.0"})})
        shop.git("mv", "examples", "web")
        shop.commit("Move")
        outcome = self.judge(shop, self.database(), "--base", base, "--exclude", "examples/**")
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))

    def test_a_broken_lockfile_of_the_base_is_not_the_changes(self):
        outcome = self.change({"package-lock.json": '{"lockfileVersion": 3,'}, {"package-lock.json": npm_lock({"left": "1.2.0"})})
        self.assertFinds(outcome, 0)
        self.assertGaps(outcome)

    def test_a_lockfile_that_the_change_breaks_is_a_gap(self):
        outcome = self.change({"package-lock.json": npm_lock({"left": "1.2.0"})}, {"package-lock.json": '{"lockfileVersion": 3,'})
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, "package-lock.json:1")

    def test_staged(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.2.0"})})
        shop.write("package-lock.json", npm_lock({"left": "1.0.0"}))
        self.assertFinds(self.judge(shop, self.database(), "--pre-commit"), 0)
        shop.git("add", "-A")
        self.assertFinds(self.judge(shop, self.directory / "db", "--pre-commit"), 1, HOLE.format("1.0.0", "active"))


class Trust(DepsCase):
    """A pull request's own configuration is not what judges it."""

    def pull_request(self, base_configuration, head_configuration, name="pull"):
        (self.directory / name).mkdir()
        upstream = self.repository(f"{name}/upstream")
        files = {"package-lock.json": npm_lock({"right": "1.0.0"})}
        base = upstream.commit("Start", files | ({".sluice.yml": base_configuration} if base_configuration else {}))
        fork = Repository(self.directory / name / "fork", clone_of=upstream)
        fork.git("checkout", "-q", "-b", "change")
        fork.commits = 10
        files = {"package-lock.json": npm_lock({"right": "1.0.0", "left": "1.0.0"})}
        head = fork.commit("Change", files | ({".sluice.yml": head_configuration} if head_configuration else {}))
        checkout = Repository(self.directory / name / "checkout", clone_of=upstream)
        checkout.git("fetch", "-q", f"file://{fork.path}", "change:refs/remotes/pull/1/head")
        checkout.git("checkout", "-q", "-b", "merged")
        checkout.git("merge", "-q", "--no-ff", "-m", "Merge", head)
        event = self.directory / name / "event.json"
        event.write_text(json.dumps({
            "action": "opened", "number": 1,
            "pull_request": {"number": 1, "base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "change"}},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return checkout, {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": event,
            "GITHUB_SHA": checkout.git("rev-parse", "HEAD"), "GITHUB_REF": "refs/pull/1/merge", "GITHUB_BASE_REF": "main",
            "GITHUB_WORKSPACE": checkout.path, "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_SERVER_URL": "https://github.com"}

    def judged(self, base_configuration, head_configuration, name="pull"):
        checkout, environment = self.pull_request(base_configuration, head_configuration, name)
        return self.judge(checkout, self.database(), **environment)

    def test_an_ignore_that_the_change_brings_does_not_count(self):
        outcome = self.judged("", IGNORE)
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
        self.assertSays(outcome.text, "\"ignore\" in a change's own configuration does not count")

    def test_an_ignore_of_the_base_does(self):
        self.assertFinds(self.judged(IGNORE, ""), 0, HOLE.format("1.0.0", "suppressed"))

    def test_nothing_else_that_weakens_counts(self):
        for key, value in (("rules", "[{action: warn}]"), ("exclude", "['**']"), ("max-age", "0"), ("db", "other")):
            with self.subTest(key):
                outcome = self.judged("", f"deps:\n  {key}: {value}\n", name=f"pull-{key}")
                self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
                self.assertSays(outcome.text, f'"{key}" in a change\'s own configuration does not count')

    def test_a_database_that_only_the_change_names_is_none(self):
        checkout, environment = self.pull_request("", "deps:\n  db: ../../db\n")
        self.database()
        self.assertStatus(self.judge(checkout, None, **environment), 4)

    def test_a_database_that_the_change_brings_is_not_believed(self):
        shop = self.repository("with-database")
        self.database(name="with-database/advisories")
        base = shop.commit("Start", {"package-lock.json": npm_lock({"right": "1.0.0"}), ".sluice.yml": "deps:\n  db: advisories\n"})
        shop.commit("Add left", {"package-lock.json": npm_lock({"right": "1.0.0", "left": "1.0.0"})})
        outcome = self.judge(shop, None, "--base", base)
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
        self.assertGaps(outcome)
        for name in ("advisories", "advisories-advisories"):
            shutil.rmtree(shop.path / name)
        self.database(advisory("GHSA-other", "other"), name="with-database/advisories")
        shop.commit("Forget")
        outcome = self.judge(shop, None, "--base", base)
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, ("advisories/", "brings it along"))

    def test_outside_of_ci_the_files_own_configuration_counts(self):
        checkout, _ = self.pull_request("", IGNORE)
        self.assertFinds(self.judge(checkout, self.database()), 0, HOLE.format("1.0.0", "suppressed"))

    def test_the_day_is_the_operators_alone(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}), ".sluice.yml": "as-of: 2026-01-01\n" + IGNORE})
        outcome = self.judge(shop, self.database())
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "as-of")


class Policy(DepsCase):
    def judged(self, configuration, lock=None, *arguments, day=DAY, database=None):
        shop = self.shop({"package-lock.json": lock or npm_lock({"left": "1.0.0"}), ".sluice.yml": configuration})
        return self.judge(shop, database or self.database(), *arguments, day=day)

    def test_ignored_by_any_name_until_its_last_day(self):
        outcome = self.judged(IGNORE.replace("CVE", "cve"), day="2026-06-30", database=self.database(day="2026-06-29"))
        self.assertFinds(outcome, 0, HOLE.format("1.0.0", "suppressed"))
        self.assertSays(outcome.text, "not reached")

    def test_expired(self):
        outcome = self.judged(IGNORE, day="2026-07-01", database=self.database(day="2026-06-30"))
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
        self.assertSays(outcome.text, "expired on 2026-06-30", "not reached", ".sluice.yml:3")

    def test_unused(self):
        outcome = self.judged(IGNORE, npm_lock({"left": "1.2.0"}))
        self.assertFinds(outcome, 0)
        self.assertSays(outcome.text, "the ignore of CVE-2099-0001 covers nothing", ".sluice.yml:3")

    def test_a_day_that_does_not_exist(self):
        outcome = self.judged(IGNORE.replace("2026-06-30", "2026-02-30"))
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, ".sluice.yml:3", "2026-02-30")

    def test_an_ignore_without_reason_or_last_day(self):
        for absent in ("reason: not reached, ", ", expires: 2026-06-30", "id: CVE-2099-0001, "):
            with self.subTest(absent):
                outcome = self.judged(IGNORE.replace(absent, ""))
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.err, absent.strip(", ").split(":")[0])

    def test_an_ignore_is_of_its_package_and_path(self):
        outcome = self.judged(IGNORE.replace("reason", "package: 'right*', reason"))
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))
        outcome = self.judged(IGNORE.replace("reason", "path: 'web/**', reason"))
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))

    def test_unknown_keys_have_a_suggestion(self):
        for wrong, right in (("deps:\n  ingore: []\n", "ignore"), ("deps:\n  rules:\n    - {sevrity: high, action: warn}\n", "severity"),
                             ("deps:\n  rules:\n    - {scope: [runtim], action: warn}\n", "runtime")):
            with self.subTest(wrong):
                outcome = self.judged(wrong)
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.err, f"did you mean", right)

    def test_the_first_rule_that_fits_decides(self):
        outcome = self.judged("deps:\n  rules:\n    - {package: [left], action: warn, reason: being replaced}\n    - {action: fail}\n")
        self.assertFinds(outcome, 0, HOLE.format("1.0.0", "below-threshold"))
        self.assertSays(outcome.text, "being replaced", ".sluice.yml:3")

    def test_a_rule_may_fail_what_the_defaults_pass(self):
        outcome = self.judged("deps:\n  rules:\n    - {scope: [dev], action: fail}\n", npm_lock({"left": "1.0.0"}, dev=["left"]))
        self.assertFinds(outcome, 1, HOLE.format("1.0.0", "active"))

    def test_no_rule_lets_malware_pass_by_the_way(self):
        outcome = self.judged("deps:\n  rules:\n    - {severity: high, action: warn}\n    - {unscored: true, malware: false, action: warn}\n",
                              npm_lock({"right": "1.0.0"}), database=self.database(advisory("MAL-2099-7", "right", vector="", fixed="")))
        self.assertFinds(outcome, 1, "malicious-dependency right 1.0.0 active")

    def test_grace(self):
        rules = "deps:\n  rules:\n    - {severity: high, grace: 60, action: fail}\n"
        self.assertFinds(self.judged(rules), 0, HOLE.format("1.0.0", "below-threshold"))
        self.assertFinds(self.judged(rules, day="2026-02-01", database=self.database(day="2026-02-01")), 1, HOLE.format("1.0.0", "active"))

    def test_to_ignore_by_rule_needs_a_reason_and_a_last_day(self):
        outcome = self.judged("deps:\n  rules:\n    - {package: [left], action: ignore}\n")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "reason", "expires")

    def test_exclusions_and_the_database_in_the_file(self):
        self.database()
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.2.0"}), "examples/package-lock.json": npm_lock({"left": "1.0.0"}),
                          ".sluice.yml": "deps:\n  db: ../db\n  exclude: ['examples/**']\n"})
        outcome = self.judge(shop, None)
        self.assertFinds(outcome, 0)
        self.assertSays(outcome.text, "examples/package-lock.json is excluded")
