# SPDX-License-Identifier: Apache-2.0
"""A secret that stands in a name, a reason, a value or an error is on no way out of the real executables."""
import json

from harness import Case, github_token

FORMATS = ("text", "json", "sarif", "junit", "html", "summary", "github", "oneline", "gitlab-codequality",
           "gitlab-secret-detection", "gitlab-sast", "gitlab-dependency-scanning")


class Redaction(Case):
    def setUp(self):
        super().setUp()
        self.token = github_token("redaction")
        self.password = "Summer" + "2024!"
        self.shown = f"{self.token[:6]}…(40 characters)"

    def assertHidden(self, text, where=""):
        self.assertNotIn(self.token[8:20], text, where)
        self.assertNotIn(self.password[:-1], text, where)  # a sink may escape the last character

    def outputs(self, repository, tool, *arguments, **environment):
        """What the tool says in every format, in one text, and what its reports on disk say."""
        files = [f"--format={name}={self.directory / name}" for name in FORMATS]
        outcome = repository.run(tool, *arguments, *files, GITHUB_STEP_SUMMARY=self.directory / "s.md",
                                 GITHUB_OUTPUT=self.directory / "o.txt", **environment)
        texts = [outcome.out, outcome.err]
        texts += [file.read_text() for file in self.directory.iterdir() if file.is_file()]
        for text in texts:
            self.assertHidden(text, str(outcome))
        return outcome, "\n".join(texts)

    def test_names_of_files_branches_tags_and_people(self):
        repository = self.repository()
        repository.commit("Start", {"a.txt": "x\n"})
        repository.git("checkout", "-q", "-b", f"b-{self.token}")
        repository.commit("Leak", {f"conf/{self.token}.env": f"TOKEN={github_token('other')}\n"})
        repository.git("tag", f"v-{self.token}")
        repository.git("-c", f"user.name={self.token}", "commit", "-q", "--allow-empty", "-m", "x",
                       f"--author={self.token} <a@example.org>")
        blob = repository.git("rev-parse", f"HEAD:conf/{self.token}.env")
        outcome, text = self.outputs(repository, "sluice-secrets", "--scope", "history")
        self.assertStatus(outcome, 1)
        self.assertSays(text, f"conf/{self.shown}.env", blob)
        report = json.loads((self.directory / "json").read_text())["reports"][0]
        found = [each for each in report["findings"] if f"conf/{self.shown}.env" in json.dumps(each, ensure_ascii=False)]
        self.assertTrue(found)
        outcome, _ = self.outputs(repository, "sluice", "check", GITHUB_ACTIONS="true",
                                  GITHUB_REF=f"refs/heads/b-{self.token}", GITHUB_REF_NAME=f"b-{self.token}",
                                  GITHUB_EVENT_NAME="push")
        self.assertNotEqual(outcome.status, 0)

    def test_the_reason_of_a_mark(self):
        repository = self.repository()
        mark = f"sluice:allow[github-personal-access-token] was {self.token}"
        repository.commit("Leak", {"a.env": f"TOKEN={github_token('other')}  # {mark}\n"})
        _, text = self.outputs(repository, "sluice-secrets", "--verbose", "--scope", "history")
        self.assertIn(self.shown, text)

    def test_a_value_of_the_configuration(self):
        repository = self.repository()
        for text in (f"severity: {{json-web-token: {self.token}}}\n", f"fail-on: '{self.token}'\n", f"{self.token}: 1\n",
                     f"secrets:\n  exclude: ['{self.token}/**']\n  scope: {self.token}\n"):
            with self.subTest(text=text.replace(self.token, "TOKEN")):
                repository.write(".sluice.yml", text)
                outcome, said = self.outputs(repository, "sluice-secrets")
                self.assertStatus(outcome, 2)
                self.assertIn(self.token[:4], said)
        repository.write(".sluice.yml", f"secrets:\n  exclude: ['{self.token}/**']\n")
        shown = repository.run("sluice-secrets", "--show-config")
        self.assertHidden(shown.out)
        self.assertIn(f"{self.shown}/**", shown.out)

    def test_a_url_with_a_password_in_a_variable(self):
        repository = self.clean()
        url = f"https://ci:{self.password}@git.acme.io/shop/app"
        self.outputs(repository, "sluice-secrets", GITLAB_CI="true", CI="true", CI_PROJECT_URL=url,
                     CI_REPOSITORY_URL=url)
        self.outputs(repository, "sluice-secrets", JENKINS_URL="http://ci/", GIT_URL=url, CI="true")
        for variable in ("SLUICE_THREADS", "SLUICE_FAIL_ON", "SLUICE_BASELINE", "SLUICE_CONFIG"):
            with self.subTest(variable=variable):
                outcome, _ = self.outputs(repository, "sluice-secrets", **{variable: url})
                self.assertStatus(outcome, 2)
        repository.git("remote", "add", "origin", url)
        self.outputs(repository, "sluice-secrets")

    def test_a_literal_a_name_and_a_syntax_error_of_a_migration(self):
        repository = self.clean()
        base = repository.git("rev-parse", "HEAD")
        repository.commit("Migrate", {
            "migrations/0002_a.sql": f"update shop set id = 1 where '{self.token}' = 'postgres://a:{self.password}@h/d';\n"
                                     f'drop table "{self.token}";\nalter table shop drop column "{self.token}";\n'
                                     f"update shop set id = 2; -- '{self.token}'\n",
            "migrations/0003_b.sql": f"create {self.token};\n",
            f"migrations/0004_{self.token}.sql": "drop table shop;\n"})
        outcome, text = self.outputs(repository, "sluice-migrations", "--base", base)
        self.assertNotEqual(outcome.status, 0)
        self.assertIn(self.shown, text)
        why = repository.run("sluice-migrations", "--why", "drop-column", "migrations/0002_a.sql")
        self.assertHidden(why.out + why.err)

    def test_a_baseline(self):
        repository = self.repository()
        repository.commit("Leak", {f"{self.token}.env": f"TOKEN={github_token('other')}\n",
                                   "u.env": f"A=postgres://app:{self.password}@db.acme.io/shop\n"})
        self.outputs(repository, "sluice-secrets", "--baseline", "b.json", "--baseline-action", "create")
        text = (repository.path / "b.json").read_text().replace("\\u2026", "…")
        self.assertHidden(text)
        self.assertIn(self.shown, text)
        broken = repository.path / "c.json"
        broken.write_text(f'{{"schema": "{self.token}"}}')
        outcome, _ = self.outputs(repository, "sluice-secrets", "--baseline", "c.json")
        self.assertStatus(outcome, 2)

    def test_a_linked_file_and_arguments(self):
        repository = self.repository()
        outside = self.directory / "outside"
        outside.mkdir()
        (outside / "hosts.yml").write_text(f"github.com:\n  oauth_token: {self.token}\n")
        (repository.path / ".sluice.yml").symlink_to(outside / "hosts.yml")
        outcome, _ = self.outputs(repository, "sluice-secrets")
        self.assertStatus(outcome, 2)
        outcome, _ = self.outputs(repository, "sluice", self.token)
        self.assertStatus(outcome, 2)
        outcome, _ = self.outputs(repository, "sluice-secrets", "--config", str(outside / "hosts.yml"))
        self.assertStatus(outcome, 2)

    def test_a_weak_password_cannot_be_tried_on_its_fingerprint(self):
        repository = self.repository()
        repository.commit("Leak", {"u.env": f"A=postgres://app:{self.password}@db.acme.io/shop\n"})
        _, text = self.outputs(repository, "sluice-secrets", "--scope", "history")
        report = json.loads((self.directory / "json").read_text())["reports"][0]
        self.assertEqual(len(report["findings"]), 1)
        fingerprint = report["findings"][0]["fingerprint"]
        self.assertTrue(fingerprint.endswith("0" * 32), fingerprint)
        self.assertIn("…(8 to 15 characters)", text)
        self.assertNotIn(f"({len(self.password)} characters)", text)

    def test_a_report_that_is_read_is_redacted(self):
        repository = self.planted()
        written = repository.run("sluice-secrets", "--format", "json")
        report = written.out.replace("deploy.env", f"deploy-{self.token}.env")
        (repository.path / "r.json").write_text(report)
        for name in FORMATS:
            outcome = repository.run("sluice", "report", "--format", name, "r.json")
            self.assertHidden(outcome.out + outcome.err, name)
        once = repository.run("sluice", "report", "--format", "json", "r.json").out
        (repository.path / "again.json").write_text(once)
        self.assertEqual(repository.run("sluice", "report", "--format", "json", "again.json").out, once)
