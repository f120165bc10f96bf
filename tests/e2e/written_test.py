# SPDX-License-Identifier: Apache-2.0
"""A report that could not be written is not a pass, and nothing is written through a link of the examined tree."""
import os
import subprocess

from harness import BIN, Case, clean_environment


class Written(Case):
    def shell(self, directory, script, **environment):
        """Runs a line of shell, for what only a shell can do to descriptors."""
        path = f"{BIN}:{os.environ['PATH']}"
        done = subprocess.run(["bash", "-c", script], cwd=directory, capture_output=True, text=True, timeout=300,
                              env={**clean_environment(self.directory), "PATH": path, **environment})
        return done.returncode, done.stdout, done.stderr

    def test_standard_output_that_is_full_or_closed(self):
        repository = self.clean()
        for command in ("sluice-secrets", "sluice-secrets --format json", "sluice check", "sluice secrets",
                        "sluice-migrations", "sluice help", "sluice version", "sluice explain",
                        "sluice-secrets --help", "sluice-secrets explain", "sluice-secrets --show-config",
                        "sluice check --show-config", "sluice init", "sluice-secrets --quiet --verbose"):
            for redirection in (">/dev/full", ">&-", "<&- >&-"):
                with self.subTest(command=command, redirection=redirection):
                    status, _, err = self.shell(repository.path, f"{command} {redirection}")
                    self.assertEqual(status, 2, err)
                    self.assertIn("standard output cannot be written: it is closed or full", err)
            repository.git("clean", "-qfd")

    def test_a_finding_is_no_excuse(self):
        repository = self.planted()
        status, out, err = self.shell(repository.path, "sluice-secrets >/dev/full")
        self.assertEqual(status, 2)
        self.assertNotIn(self.planted_token, out + err)

    def test_closed_standard_output_writes_into_no_other_file(self):
        repository = self.planted()
        status, _, err = self.shell(repository.path, "sluice-secrets --format json --format html=r.html >&-")
        self.assertEqual(status, 2)
        self.assertTrue((repository.path / "r.html").read_text().lower().startswith("<!doctype html>"))
        self.assertEqual(repository.git("status", "--short"), "?? r.html")

    def test_closed_standard_error_costs_nothing(self):
        self.assertEqual(self.shell(self.clean().path, "sluice-secrets 2>&-")[0], 0)

    def test_a_full_disk(self):
        """/dev/full stands for it: opening succeeds and writing does not."""
        repository = self.clean()
        outcome = repository.run("sluice-secrets", "--format", "json=/dev/full")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "/dev/full")
        self.assertStatus(repository.run("sluice", "check", "--format", "json=/dev/full"), 2)

    def test_no_report_goes_through_a_link_of_the_tree(self):
        outside = self.directory / "outside"
        outside.mkdir()
        (outside / "precious").write_text("kept")
        repository = self.clean()
        os.symlink(outside / "precious", repository.path / "r.json")
        os.symlink(outside, repository.path / "reports")
        os.symlink("/dev/null", repository.path / "null.json")
        repository.commit("Link")
        (repository.path / "sub").mkdir()
        for name in ("r.json", "reports/r.json", "null.json", "sub/../reports/r.json",
                     str(repository.path / "reports/r.json")):
            for tool in (("sluice-secrets",), ("sluice", "check"), ("sluice", "report", "-")):
                with self.subTest(name=name, tool=tool):
                    outcome = repository.run(tool[0], *tool[1:], "--format", f"json={name}", stdin="{}")
                    self.assertStatus(outcome, 2)
                    self.assertSays(outcome.err, "is a symbolic link; a report is written through none")
        self.assertEqual([file.name for file in outside.iterdir()], ["precious"])
        self.assertEqual((outside / "precious").read_text(), "kept")
        self.assertTrue((repository.path / "r.json").is_symlink())

    def test_where_links_are_not_the_trees_they_are_followed(self):
        repository = self.clean()
        (self.directory / "real").mkdir()
        os.symlink(self.directory / "real", self.directory / "link")
        self.assertStatus(repository.run("sluice-secrets", "--format", f"json={self.directory}/link/r.json"), 0)
        self.assertTrue((self.directory / "real/r.json").exists())
        self.assertStatus(repository.run("sluice-secrets", "--format", "json=/dev/stdout"), 0)

    def test_two_formats_for_one_file(self):
        outcome = self.clean().run("sluice-secrets", "--format", "json=r", "--format", "sarif=./r")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "another format is written to this file")

    def test_init_writes_through_no_link(self):
        outside = self.directory / "outside"
        outside.mkdir()
        for link, target in ((".github", outside), (".sluice.yml", outside / "x.yml"), (".github/workflows", outside)):
            with self.subTest(link):
                repository = self.repository(f"repository-{link.replace('/', '-')}")
                (repository.path / link).parent.mkdir(exist_ok=True)
                os.symlink(target, repository.path / link)
                outcome = repository.run("sluice", "init")
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.err, "is a symbolic link")
                self.assertEqual(list(outside.iterdir()), [])
                self.assertFalse((repository.path / ".sluice.yml").is_file())
