# SPDX-License-Identifier: Apache-2.0
"""The command that a report prints repeats the run: given to a shell, without the event that it was made of."""
import json
import os

from harness import BIN, Case, clean_environment, github_token, run

KEPT = ("rule", "disposition", "fingerprint", "where", "message", "severity")


class Repeat(Case):
    def report(self, text):
        return json.loads(text)["reports"]

    def found(self, reports):
        return [[{key: finding[key] for key in KEPT} for finding in report["findings"]] for report in reports]

    def brought(self, reports):
        """What the run is about: not what was there before."""
        return [finding for finding in reports[0]["findings"] if finding["disposition"] != "older"]

    def repeated(self, command, directory):
        environment = clean_environment(self.directory)
        environment["PATH"] = f"{BIN}:{environment['PATH']}"
        return run(["/bin/sh", "-c", f"{command} --format json"], directory, environment)

    def check(self, repository, *command, directory=None, **environment):
        directory = directory or repository.path
        environment = clean_environment(self.directory, **environment)
        first = run([BIN / command[0], *command[1:], "--format", "json"], directory, environment)
        reports = self.report(first.out)
        repeat = reports[0]["context"]["reproduce"]
        second = self.repeated(repeat, directory)
        self.assertEqual(second.status, first.status, f"{repeat}\n{first}\n{second}")
        again = self.report(second.out)
        self.assertEqual(self.found(again), self.found(reports), repeat)
        for report in reports:
            self.assertEqual(report["context"]["reproduce"], repeat)
        self.assertEqual(again[0]["context"]["reproduce"], repeat)
        return repeat, reports

    def setUp(self):
        super().setUp()
        self.planted_token = github_token(1)
        self.shop = self.repository("the shop's")
        self.shop.commit("Start", {"old.env": f"T={github_token(2)}\n"})
        self.base = self.shop.git("rev-parse", "HEAD").strip()
        self.branch = "x;$(touch${IFS}pwned)'\"`id`&##error]"
        self.shop.git("checkout", "-q", "-b", self.branch)
        self.head = self.shop.commit("Add", {"new.env": f"T={self.planted_token}\n"})

    def tearDown(self):
        self.assertFalse((self.shop.path / "pwned").exists())

    def test_a_range_that_was_asked_for(self):
        repeat, reports = self.check(self.shop, "sluice-secrets", "--base", "main", "--head", self.branch)
        self.assertEqual(repeat, f"sluice-secrets --base {self.base} --head {self.head}")
        self.assertEqual(len(self.brought(reports)), 1)

    def test_an_event(self):
        event = self.directory / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 1, "base": {"sha": self.base, "ref": "main"},
                                                      "head": {"sha": self.head, "ref": self.branch}},
                                     "repository": {"default_branch": "main"}}))
        repeat, reports = self.check(
            self.shop, "sluice-secrets", GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="pull_request", GITHUB_EVENT_PATH=event,
            GITHUB_SHA=self.head, GITHUB_HEAD_REF=self.branch, **{"INPUT_FAIL-ON": "critical"})
        self.assertIn(f"--base {self.base} --head {self.head}", repeat)
        self.assertIn("--fail-on critical", repeat)
        self.assertEqual(len(self.brought(reports)), 1)

    def test_hostile_values_stay_words(self):
        repeat, _ = self.check(self.shop, "sluice-secrets", "--default-branch", self.branch, "--exclude", "a b/$(id)*",
                               "--exclude=-x,y", SLUICE_TRUSTED_BRANCHES="it's,a\nb")
        self.assertNotIn("##", repeat)
        self.assertNotIn("\n", repeat)
        for part in ("--exclude 'a b/$(id)*'", "--exclude=-x,y", "--trusted-branches b"):
            self.assertIn(part, repeat)

    def test_another_directory_and_options_of_printing(self):
        repeat, _ = self.check(self.shop, "sluice-secrets", "--repo", self.shop.path, "--scope", "history", "--quiet",
                               "--threads", "1", "--colour", "never", directory=self.directory)
        self.assertEqual(repeat, f"sluice-secrets --repo '{str(self.shop.path)[:-2]}'\\''s' --scope history")

    def test_several_heads_and_tags(self):
        self.shop.git("checkout", "-q", "-b", "other", "main")
        other = self.shop.commit("Other", {"other.env": f"T={github_token(3)}\n"})
        self.shop.git("tag", "-a", "-m", f"Says {github_token(4)}", "v1")
        tag = self.shop.git("rev-parse", "refs/tags/v1").strip()
        zero = "0" * 40
        self.shop.git("update-ref", "refs/remotes/origin/main", self.base)
        self.shop.git("config", "remote.origin.url", "https://git.example/x")
        pushed = "".join(f"{ref} {local} {ref} {zero}\n" for ref, local in
                         (("refs/heads/a", self.head), ("refs/heads/b", other), ("refs/tags/v1", tag)))
        first = run([BIN / "sluice-secrets", "--pre-push", "--format", "json", "origin", "https://git.example/x"],
                    self.shop.path, stdin=pushed)
        reports = self.report(first.out)
        self.assertEqual(len(self.brought(reports)), 3, first)
        repeat = reports[0]["context"]["reproduce"]
        for part in (self.base, self.head, other, tag):
            self.assertIn(part, repeat)
        self.assertEqual(self.found(self.report(self.repeated(repeat, self.shop.path).out)), self.found(reports), repeat)

    def test_what_is_staged(self):
        self.shop.write("staged.env", f"T={github_token(5)}\n")
        self.shop.git("add", ".")
        repeat, reports = self.check(self.shop, "sluice-secrets", "--pre-commit")
        self.assertEqual(repeat, "sluice-secrets --pre-commit")
        self.assertEqual(len(self.brought(reports)), 1)

    def test_check_repeats_itself(self):
        repeat, reports = self.check(self.shop, "sluice", "check", "--base", "main", "--gates", "secrets", "--scope", "range")
        self.assertEqual(repeat, f"sluice check --base {self.base} --head {self.head} --gates secrets --scope range")
        self.assertEqual([report["tool"] for report in reports], ["secrets"])
        self.assertEqual(os.path.basename(BIN), "bin")

    def test_the_text_can_be_pasted(self):
        outcome = self.shop.run("sluice-secrets", "--base", "main", COLUMNS="60")
        lines = outcome.out.splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("  repeat"))
        command = lines[at].replace("  repeat", "", 1)
        while command.endswith("\\"):
            at += 1
            command += "\n" + lines[at]
        again = self.repeated(command, self.shop.path)
        self.assertEqual(len(self.brought(self.report(again.out))), 1, again)
