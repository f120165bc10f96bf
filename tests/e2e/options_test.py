# SPDX-License-Identifier: Apache-2.0
"""Flags, INPUT_* and SLUICE_* variables, .sluice.yml, and how they tell what is wrong with them."""
import json
import re

from harness import BIN, GATES, Case, clean_environment, github_token, run

# A line of .sluice.yml that is commented out, unlike one that explains.
EXAMPLE_LINE = re.compile(r"^# (?!yaml-)((?: *- )? *[a-z-]+:(?: .*)?)$")


class Options(Case):
    def test_help_and_version(self):
        for tool in ("sluice", *GATES):
            with self.subTest(tool):
                text = run([BIN / tool, "--help"], self.directory)
                self.assertStatus(text, 0)
                self.assertSays(text.out, "Usage", tool)
                self.assertEqual(text.err, "")
                version = run([BIN / tool, "--version"], self.directory)
                self.assertStatus(version, 0)
                self.assertRegex(version.out, r"\d+\.\d+\.\d+")

    def test_gates_list_their_options_and_statuses(self):
        for tool in GATES:
            self.assertSays(run([BIN / tool, "--help"], self.directory).out, "--fail-on", "--format", "--baseline",
                            "Exit status", "3  incomplete")

    def test_a_mistyped_flag_gets_a_suggestion(self):
        outcome = self.clean().run("sluice-secrets", "--fial-on", "high")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "fial-on", "fail-on")

    def test_what_init_writes_is_valid_also_with_its_examples(self):
        repository = self.clean()
        repository.write("migrations/1.sql", "SELECT 1;\n")
        self.assertStatus(run([BIN / "sluice", "init"], repository.path), 0)
        configuration = repository.path / ".sluice.yml"
        self.assertStatus(repository.run("sluice", "check"), 0)
        lines = configuration.read_text().splitlines()
        self.assertGreater(sum(bool(EXAMPLE_LINE.match(line)) for line in lines), 8)
        configuration.write_text("\n".join(EXAMPLE_LINE.sub(r"\1", line) for line in lines))
        for tool in GATES:
            outcome = repository.run(tool, "--show-config")
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.out, ".sluice.yml:")

    def test_fail_on(self):
        repository = self.planted()
        self.assertStatus(repository.run("sluice-secrets", "--fail-on", "none"), 0)
        self.assertStatus(repository.run("sluice-secrets", "--fail-on=critical"), 1)

    def test_input_variables_keep_hyphens_and_empty_counts_as_absent(self):
        repository = self.planted()
        github = {"GITHUB_ACTIONS": "true"}
        self.assertStatus(repository.run("sluice-secrets", **{**github, "INPUT_FAIL-ON": "none"}), 0)
        self.assertStatus(repository.run("sluice-secrets", **{**github, "INPUT_FAIL-ON": ""}), 1)

    def test_unknown_input_is_refused(self):
        outcome = self.clean().run("sluice-secrets", **{"GITHUB_ACTIONS": "true", "INPUT_FIAL-ON": "none"})
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err + outcome.out, "INPUT_FIAL-ON", "INPUT_FAIL-ON")

    def test_own_variables(self):
        self.assertStatus(self.planted().run("sluice-secrets", SLUICE_FAIL_ON="none"), 0)

    def test_layers_and_their_origins(self):
        repository = self.planted()
        repository.write(".sluice.yml", "fail-on: high\n")
        shown = repository.run("sluice-secrets", "--show-config")
        self.assertStatus(shown, 0)
        self.assertRegex(shown.out, r"fail-on\b.*high.*\.sluice\.yml:1")
        shown = repository.run("sluice-secrets", "--show-config", SLUICE_FAIL_ON="medium")
        self.assertRegex(shown.out, r"fail-on\b.*medium.*SLUICE_FAIL_ON")
        shown = repository.run("sluice-secrets", "--show-config", "--fail-on", "critical", SLUICE_FAIL_ON="medium")
        self.assertRegex(shown.out, r"fail-on\b.*critical.*--fail-on")

    def test_every_defect_of_a_configuration_file_at_once_with_its_place(self):
        repository = self.clean()
        repository.write(".sluice.yml", "fial-on: high\nsecrets:\n  scop: history\n")
        outcome = repository.run("sluice-secrets")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, ".sluice.yml:1:1", "fail-on", ".sluice.yml:3:3", "scope")

    def test_several_formats_at_once(self):
        repository = self.planted()
        out = self.directory / "out"
        out.mkdir()
        outcome = repository.run("sluice-secrets", "--format", "text", "--format", f"sarif={out}/a.sarif",
                                 "--format", f"json={out}/a.json", "--format", f"junit={out}/a.xml")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out, "github-personal-access-token")
        self.assertEqual(json.loads((out / "a.sarif").read_text())["version"], "2.1.0")
        self.assertEqual(sorted(f.name for f in out.iterdir()), ["a.json", "a.sarif", "a.xml"])
        self.assertNoSecret(*(f.read_text() for f in out.iterdir()))

    def test_baseline_holds_what_was_there_and_nothing_new(self):
        repository = self.planted()
        baseline = self.directory / "baseline.json"
        self.assertStatus(repository.run("sluice-secrets", "--baseline", baseline, "--baseline-action", "create"), 0)
        self.assertNoSecret(baseline.read_text())
        self.assertStatus(repository.run("sluice-secrets", "--baseline", baseline), 0)
        repository.commit("Another", {"other.env": f"TOKEN={github_token(7)}\n"})
        self.assertStatus(repository.run("sluice-secrets", "--baseline", baseline), 1)

    def test_an_unwritable_command_file_does_not_change_the_verdict(self):
        environment = {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "/nonexistent/output",
                       "GITHUB_STEP_SUMMARY": "/nonexistent/summary"}
        self.assertStatus(self.planted("planted").run("sluice-secrets", **environment), 1)
        self.assertStatus(self.clean("clean").run("sluice-secrets", **environment), 0)

    def test_no_colour_in_a_pipe(self):
        self.assertNotIn("\033", self.planted().run("sluice-secrets").out)

    def test_dubious_ownership_is_no_obstacle(self):
        repository = self.planted()
        environment = clean_environment(self.directory, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
        self.assertStatus(run([BIN / "sluice-secrets"], repository.path, environment), 1)
