# SPDX-License-Identifier: Apache-2.0
"""The dependency gate over real repositories: what is found, what is a gap, and what the status is."""
import json
import re
import shutil

from deps_cases import ADVISORIES, DAY, DepsCase, LEFT, advisory, npm_lock, poetry_lock
from harness import Repository

OLD_LEFT = "vulnerable-dependency left 1.0.0 active"


class Packages(DepsCase):
    def listed(self, path, text, status):
        file = self.directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        outcome = self.deps("packages", "--format", "json", file)
        self.assertStatus(outcome, status)
        return outcome, [json.loads(line) for line in outcome.out.splitlines()]

    def test_one_object_a_line(self):
        outcome, lines = self.listed("package-lock.json", npm_lock({"left": "1.0.0", "right": "2.0.0"}, dev=["right"]), 0)
        self.assertEqual(outcome.err, "")
        self.assertEqual([(each["ecosystem"], each["name"], each["version"], each["scope"], each["direct"], each["source"])
                          for each in lines],
                         [("npm", "left", "1.0.0", "runtime", True, "registry"),
                          ("npm", "right", "2.0.0", "dev", True, "registry")])
        text = (self.directory / "package-lock.json").read_text().splitlines()
        for each in lines:
            self.assertIn(f'"node_modules/{each["name"]}"', text[each["line"] - 1])

    def test_what_is_not_locked_is_listed_and_a_gap(self):
        outcome, lines = self.listed("requirements.txt", "snake\nbear==1.0\n", 3)
        self.assertEqual([(each["name"], each["version"]) for each in lines], [("snake", ""), ("bear", "1.0")])
        self.assertSays(outcome.err, "requirements.txt:1", "snake")

    def test_half_a_file_is_not_read(self):
        text = npm_lock({"left": "1.0.0", "right": "2.0.0"})
        outcome, lines = self.listed("package-lock.json", text[:len(text) // 2], 3)
        self.assertEqual(lines, [])
        self.assertSays(outcome.err, "package-lock.json:")

    def test_a_version_of_the_format_that_nobody_knows(self):
        outcome, lines = self.listed("package-lock.json", '{\n"lockfileVersion": 9, "packages": {}}\n', 3)
        self.assertEqual(lines, [])
        self.assertSays(outcome.err, "package-lock.json:2", "9")

    def test_another_file(self):
        outcome, lines = self.listed("notes.txt", "left 1.0.0\n", 2)
        self.assertEqual((lines, outcome.out), ([], ""))
        self.assertSays(outcome.err, "notes.txt", "not a lockfile")

    def test_a_file_that_is_not_there_and_one_that_is_a_directory(self):
        (self.directory / "yarn.lock").mkdir()
        for name in ("package-lock.json", "yarn.lock"):
            with self.subTest(name):
                outcome = self.deps("packages", "--format", "json", name)
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.err, name)
                self.assertEqual(outcome.out, "")


class Gate(DepsCase):
    def test_a_hole_fails_and_says_how_to_close_it(self):
        outcome = self.judge(self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})}), self.database())
        self.assertFinds(outcome, 1, OLD_LEFT)
        self.assertGaps(outcome)
        finding = outcome.report["findings"][0]
        self.assertEqual(finding["subject"], "pkg:npm/left@1.0.0")
        self.assertEqual([each["name"] for each in finding["identifiers"]], ["GHSA-2222-3333-4444", "CVE-2099-0001"])
        self.assertSays(outcome.text, "high[vulnerable-dependency]", "package-lock.json:", "npm install left@1.2.0", "FAIL")

    def test_the_verdict_names_its_data(self):
        outcome = self.judge(self.shop({"package-lock.json": npm_lock({"left": "1.2.0"})}), self.database())
        self.assertFinds(outcome, 0)
        table = outcome.report["sections"][0]["table"]
        self.assertEqual(table["columns"], ["ecosystem", "records", "built", "sha256"])
        self.assertEqual(table["rows"][0][:3], ["npm", "1", "2026-01-09"])
        self.assertRegex(table["rows"][0][3], "^[0-9a-f]{64}$")
        self.assertSays(outcome.text, table["rows"][0][3])

    def test_malware_fails_whatever_it_is_for(self):
        malware = advisory("MAL-2099-7", "right", vector="", fixed="")
        outcome = self.judge(self.shop({"package-lock.json": npm_lock({"right": "2.0.0"}, dev=["right"])}),
                             self.database(malware))
        self.assertFinds(outcome, 1, "malicious-dependency right 2.0.0 active")
        self.assertSays(outcome.text, "critical[malicious-dependency]", "renew its credentials")

    def test_without_a_database(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})
        for database in (None, self.directory / "nothing", self.directory):
            with self.subTest(database):
                outcome = self.judge(shop, database)
                self.assertStatus(outcome, 4)
                self.assertSays(outcome.err, "there is no advisory database in", "get one with `sluice deps db update")

    def test_exploited_fails_however_severe_and_whatever_the_rules_soften(self):
        weak = advisory("GHSA-2222-3333-4444", "left", aliases=["CVE-2099-0001"],
                        vector="CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N")
        catalogue = {"catalogVersion": "2026.01.02", "vulnerabilities": [{"cveID": "CVE-2099-0001", "dateAdded": "2026-01-02"}]}
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}),
                          ".sluice.yml": "deps:\n  rules:\n    - {action: warn}\n"})
        database = self.database(weak)
        self.assertEqual(self.judge(shop, database, "--fail-on", "critical").status, 0)
        known = self.directory / "known_exploited_vulnerabilities.json"
        known.write_text(json.dumps(catalogue))
        self.assertStatus(self.deps("db", "import", "--db", database, known), 0)
        outcome = self.judge(shop, database, "--fail-on", "critical")
        self.assertFinds(outcome, 1, OLD_LEFT)
        self.assertEqual(self.judge(shop, database, "--fail-on", "none").status, 0)

    def test_a_warning_is_told_everywhere_and_fails_nothing(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}, dev=["left"])})
        database = self.database()
        for form, said in (("text", "warning: package-lock.json:"), ("github", "::warning file=package-lock.json"),
                           ("summary", "### Warnings"), ("sarif", '"level": "warning"')):
            with self.subTest(form):
                outcome = self.deps("--db", database, "--as-of", DAY, "--format", form, directory=shop.path)
                self.assertStatus(outcome, 0)
                self.assertSays(outcome.out, said, "left 1.0.0")
        self.assertTrue(self.judge(shop, database).report["findings"][0]["warned"])

    def test_the_first_configuration_holds_what_it_says(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})
        outcome = shop.run("sluice-deps", "starter")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "package-lock.json")
        entries = re.sub(r"^( *)# (?=deps:|rules:|  - |ignore:|max-age:)", r"\1", outcome.out, flags=re.MULTILINE)
        (shop.path / ".sluice.yml").write_text(entries)
        shown = shop.run("sluice-deps", "--show-config")
        self.assertStatus(shown, 0)
        self.assertSays(shown.out, "GitHub Actions", "CVE-2024-0001")

    def test_a_group_of_commands_alone_names_them(self):
        outcome = self.deps("db")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "db: one of its commands is needed: db import, db update, db export, db info")

    def test_help_of_a_command_is_about_the_command(self):
        for command, own, example in ((["packages"], [], "packages package-lock.json"), (["query"], ["--db DIR"], "query <packages.tsv"),
                                      (["compare"], [], "compare npm 1.10.0 1.9.0"), (["db", "import"], ["--db DIR", "--as-of"], "db import --db"),
                                      (["db", "update"], ["--from URL|DIR", "--ecosystems NAME", "--kev-from URL"], "db update"),
                                      (["sbom"], ["--name NAME", "--format NAME[=FILE]"], "sbom --format cyclonedx=bom.json")):
            with self.subTest(command):
                outcome = self.deps(*command, "--help")
                self.assertStatus(outcome, 0)
                self.assertSays(outcome.out, *own, "Example:\n  sluice-deps " + example)
                self.assertNotIn("--min-release-age", outcome.out)
                self.assertNotIn("--fail-on", outcome.out)
        outcome = self.deps("db", "--help")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "db import PATH…", "db update", "db export DIR", "db info")
        self.assertNotIn("packages FILE", outcome.out)

    def test_the_default_rules_are_shown_and_can_be_pasted(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})
        shown = shop.run("sluice-deps", "--show-config").out
        self.assertSays(shown, "    - {malware: true, action: fail}\n    - {kev: true, action: fail}\n")
        pasted = shown[shown.index("deps:\n  rules:"):]
        pasted = pasted[:pasted.rindex("    - {") + pasted[pasted.rindex("    - {"):].index("\n") + 1]
        shop.commit("Configure", {".sluice.yml": pasted})
        self.assertSays(shop.run("sluice-deps", "--show-config").out, "deps.rules[0].malware = true", "deps.rules[0].action = fail")
        database = self.database()
        before = self.judge(self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})}, "other"), database)
        after = self.judge(shop, database)
        self.assertEqual((before.status, after.status), (1, 1))

    def test_the_version_of_a_comment_is_told_as_such(self):
        action = advisory("GHSA-5555-5555-5555", "octo/act", ecosystem="GitHub Actions", fixed="3.0.0")
        commit = "a" * 40
        shop = self.shop({".github/workflows/ci.yml": f"on: push\njobs:\n  a:\n    steps:\n      - uses: octo/act@{commit} # v2.0.0\n"})
        outcome = self.judge(shop, self.database(action))
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.text, "is what the comment says; the commit beside it decides what runs",
                        "1 action pinned by commit is judged by the version that the comment beside it tells")

    def test_composer_tells_the_way(self):
        lock = {"packages": [{"name": "a/a", "version": "1.0.0", "require": {"b/b": "^1"}}, {"name": "b/b", "version": "1.0.0", "require": {"c/c": "^1"}},
                             {"name": "c/c", "version": "1.0.0"}], "packages-dev": []}
        shop = self.shop({"composer.lock": json.dumps(lock), "composer.json": '{"require": {"a/a": "^1"}}'})
        outcome = self.judge(shop, self.database(advisory("GHSA-cccc-cccc-cccc", "c/c", ecosystem="Packagist")))
        self.assertSays(outcome.text, "a/a > b/b > c/c")

    def test_a_manifest_beside_a_lockfile_of_another_ecosystem(self):
        shop = self.shop({"package-lock.json": npm_lock({"right": "1.0.0"}), "pyproject.toml": '[project]\nname = "a"\ndependencies = ["flask"]\n'})
        outcome = self.judge(shop, self.database())
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, "pyproject.toml:3", "flask is asked for, and no lockfile tells the versions")
        alone = self.shop({"pyproject.toml": '[project]\nname = "a"\ndependencies = ["flask"]\n'}, "alone")
        for arguments in ((), ("--asked", "along")):
            outcome = self.judge(alone, self.database(name="other"), *arguments)
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.text, "pyproject.toml:3", "flask is asked for, and no lockfile tells the versions")

    def test_no_database_is_needed_where_nothing_is_locked(self):
        outcome = self.judge(self.shop({"README.md": "# Shop\n"}), None, "--asked", "along")
        self.assertStatus(outcome, 0)
        self.assertEqual(outcome.report["verdict"], "not-applicable")
        self.assertStatus(self.judge(self.directory / "shop", None), 3)

    def test_one_ecosystem_without_advisories_is_a_gap_beside_the_others_finding(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}), "poetry.lock": poetry_lock({"snake": "1.0"})})
        outcome = self.judge(shop, self.database(LEFT))
        self.assertFinds(outcome, 1, OLD_LEFT)
        self.assertGaps(outcome, ("advisories for PyPI", "1 package"))
        self.assertSays(outcome.text, "sluice deps db update")
        shop.commit("Update", {"package-lock.json": npm_lock({"left": "1.2.0"})})
        outcome = self.judge(shop, self.directory / "db")
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, "advisories for PyPI")

    def test_it_says_when_nothing_could_have_failed(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0", "right": "1.0.0"}, dev=["left", "right"])})
        outcome = self.judge(shop, self.database())
        self.assertFinds(outcome, 0, "vulnerable-dependency left 1.0.0 below-threshold")
        self.assertSays(outcome.text, "0 of 2 packages can fail", "peer, runtime")

    def test_a_broken_lockfile_is_a_gap_and_the_others_are_judged(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}), "web/package-lock.json": '{"lockfileVersion": 3,'})
        outcome = self.judge(shop, self.database())
        self.assertFinds(outcome, 1, OLD_LEFT)
        self.assertGaps(outcome, "web/package-lock.json:1")

    def test_a_conflict_that_was_not_resolved(self):
        text = npm_lock({"left": "1.2.0"}).replace('  "lockfileVersion": 3,', "<<<<<<< HEAD\n  \"lockfileVersion\": 3,\n"
                                                   "=======\n  \"lockfileVersion\": 2,\n>>>>>>> theirs")
        outcome = self.judge(self.shop({"package-lock.json": text}), self.database())
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, ("package-lock.json:4", "merge"))

    def test_what_is_excluded_is_named(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.2.0"}),
                          "examples/package-lock.json": npm_lock({"left": "1.0.0"})})
        outcome = self.judge(shop, self.database(), "--exclude", "examples/**")
        self.assertFinds(outcome, 0)
        self.assertSays(outcome.text, "examples/package-lock.json is excluded")
        outcome = self.judge(shop, self.directory / "db", "--exclude", "**")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, "every lockfile of the repository is excluded")

    def test_npm_shrinkwrap_counts_instead_of_the_lock_beside_it(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}),
                          "npm-shrinkwrap.json": npm_lock({"left": "1.2.0"})})
        self.assertFinds(self.judge(shop, self.database()), 0)

    def test_what_is_not_tracked_is_not_judged(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.2.0"}), ".gitignore": "node_modules\n"})
        shop.write("node_modules/x/package-lock.json", npm_lock({"left": "1.0.0"}))
        self.assertFinds(self.judge(shop, self.database()), 0)

    def test_a_directory_without_git(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})
        shutil.rmtree(shop.path / ".git")
        self.assertFinds(self.judge(shop, self.database()), 1, OLD_LEFT)

    def test_from_a_directory_below_and_from_outside(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}), "docs/a.md": "a\n"})
        database = self.database()
        self.assertFinds(self.judge(shop.path / "docs", database, "--repo", ".."), 1, OLD_LEFT)
        self.assertFinds(self.judge(self.directory, database, "--repo", "shop"), 1, OLD_LEFT)
        # A relative path of the command line starts where the command was called.
        self.assertFinds(self.judge(self.directory, "db", "--repo", "shop"), 1, OLD_LEFT)


class Checkouts(DepsCase):
    """Work trees that do not hold all of what is tracked, and repositories without one."""

    def setUp(self):
        super().setUp()
        self.db = self.database()
        self.shop_of_two = self.shop({"a/package-lock.json": npm_lock({"left": "1.0.0"}),
                                      "b/package-lock.json": npm_lock({"left": "1.2.0"})})

    def test_sparse(self):
        """A lockfile that the checkout left out is tracked all the same."""
        self.shop_of_two.git("sparse-checkout", "set", "b")
        self.assertFalse((self.shop_of_two.path / "a").exists())
        outcome = self.judge(self.shop_of_two, self.db)
        self.assertFinds(outcome, 1, OLD_LEFT)

    def test_a_tracked_lockfile_that_was_deleted_is_not_there(self):
        shutil.rmtree(self.shop_of_two.path / "a")
        outcome = self.judge(self.shop_of_two, self.db)
        self.assertFinds(outcome, 0)
        self.assertSays(outcome.text, "a/package-lock.json is tracked, and the work tree has it no more")

    def test_a_merge_that_is_under_way(self):
        """What is in conflict is in no index, and on the disk all the same."""
        shop = self.shop_of_two
        shop.git("checkout", "-q", "-b", "other")
        shop.commit("One", {"b/package-lock.json": npm_lock({"left": "1.2.1"})})
        shop.git("checkout", "-q", "main")
        shop.commit("Two", {"b/package-lock.json": npm_lock({"left": "1.2.2"})})
        with self.assertRaisesRegex(RuntimeError, "CONFLICT"):
            shop.git("merge", "other")
        self.assertGaps(self.judge(shop, self.db), ("b/package-lock.json", "merge"))

    def test_an_index_that_cannot_be_read(self):
        index = self.shop_of_two.path / ".git/index"
        index.write_bytes(index.read_bytes()[:40])
        outcome = self.judge(self.shop_of_two, self.db)
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, "not all of its files could be listed")

    def test_shallow(self):
        self.shop_of_two.commit("Again", {"README.md": "# Shop\n"})
        clone = Repository(self.directory / "clone", clone_of=self.shop_of_two, arguments=("--depth=1",))
        self.assertFinds(self.judge(clone, self.db), 1, OLD_LEFT)

    def test_shallow_without_the_base(self):
        base = self.shop_of_two.git("rev-parse", "HEAD")
        self.shop_of_two.commit("Again", {"README.md": "# Shop\n"})
        clone = Repository(self.directory / "clone", clone_of=self.shop_of_two, arguments=("--depth=1",))
        outcome = self.judge(clone, self.db, "--base", base)
        self.assertIn(outcome.status, (1, 2, 3), outcome)
        self.assertSays(outcome.text, base[:7])

    def test_bare_at_a_revision(self):
        base = self.shop_of_two.git("rev-parse", "HEAD")
        self.shop_of_two.commit("Update", {"b/package-lock.json": npm_lock({"left": "1.1.0"})})
        bare = Repository(self.directory / "bare.git", clone_of=self.shop_of_two, arguments=("--bare",))
        outcome = self.judge(bare, self.db, "--base", base, "--head", "main")
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.1.0 active",
                         "vulnerable-dependency left 1.0.0 older")

    def test_submodule(self):
        """Its lockfiles are its own repository's to judge, and nobody knows whether that is done."""
        library = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})}, name="library")
        self.shop_of_two.git("rm", "-q", "-r", "a")
        self.shop_of_two.git("submodule", "--quiet", "add", f"file://{library.path}", "library")
        self.shop_of_two.commit("Take the library in")
        self.assertTrue((self.shop_of_two.path / "library/package-lock.json").exists())
        outcome = self.judge(self.shop_of_two, self.db)
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, ("library", "submodule"))

    def test_a_link_to_a_lockfile_is_judged_once_where_it_leads(self):
        (self.shop_of_two.path / "c").mkdir()
        (self.shop_of_two.path / "c/package-lock.json").symlink_to("../a/package-lock.json")
        self.shop_of_two.commit("Link")
        self.assertFinds(self.judge(self.shop_of_two, self.db), 1, OLD_LEFT)

    def test_a_link_out_of_the_repository_is_not_followed(self):
        (self.directory / "outside.json").write_text(npm_lock({"left": "1.0.1"}))
        shutil.rmtree(self.shop_of_two.path / "a")
        (self.shop_of_two.path / "package-lock.json").symlink_to("../outside.json")
        self.shop_of_two.commit("Link")
        outcome = self.judge(self.shop_of_two, self.db)
        self.assertNotIn("1.0.1", outcome.out)
        self.assertStatus(outcome, 3)
