# SPDX-License-Identifier: Apache-2.0
"""Every exit status of every tool. 4 (unavailable) is for what asks the network, and no gate of today does: the test
for it says so by looking at what the gates offer."""
from harness import GATES, Case, Repository

SLOW_MIGRATION = "create index orders_placed on orders (placed);\n"
TABLE = "create table orders (id bigint primary key, placed timestamptz not null);\n"


class ExitStatus(Case):
    def migrations(self, statement):
        repository = self.repository()
        repository.commit("Start", {"supabase/migrations/20260101000000_orders.sql": TABLE})
        repository.commit("More", {"supabase/migrations/20260201000000_more.sql": statement})
        return repository

    def test_secrets_pass(self):
        outcome = self.clean().run("sluice-secrets")
        self.assertStatus(outcome, 0)
        self.assertEqual(outcome.err, "")

    def test_secrets_fail_names_rule_place_and_commit_and_never_the_secret(self):
        outcome = self.planted().run("sluice-secrets")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out, "github-personal-access-token", "deploy.env:2:7", self.planted_commit[:7])
        self.assertNoSecret(outcome.out, outcome.err)

    def test_secrets_incomplete_for_a_shallow_clone_with_the_fix(self):
        shallow = Repository(self.directory / "shallow", clone_of=self.planted(), arguments=["--depth", "1"])
        outcome = shallow.run("sluice-secrets")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "shallow", "git fetch --unshallow")

    def test_migrations_pass(self):
        outcome = self.migrations("alter table orders add column note text;\n").run(
            "sluice-migrations", "--fail-on", "high")
        self.assertStatus(outcome, 0)

    def test_migrations_fail(self):
        outcome = self.migrations(SLOW_MIGRATION).run("sluice-migrations")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out, "supabase/migrations/20260201000000_more.sql:1", "orders")

    def test_migrations_incomplete_for_a_file_that_cannot_be_parsed(self):
        outcome = self.migrations("alter table orders adddd column;\n").run("sluice-migrations")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "20260201000000_more.sql")

    def test_umbrella_has_the_status_of_its_gates(self):
        for name, repository, status in (("planted", self.planted("planted"), 1), ("clean", self.clean("clean"), 0)):
            with self.subTest(name):
                self.assertStatus(repository.run("sluice", "check"), status)
                self.assertStatus(repository.run("sluice", "secrets"), status)

    def test_a_gate_called_by_name_that_has_nothing_to_look_at_is_incomplete_and_along_with_others_not_applicable(self):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n"})
        outcome = repository.run("sluice-migrations")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "no-input", "there are no migrations")
        outcome = repository.run("sluice", "check")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "not applicable", "PASS")
        self.assertStatus(repository.run("sluice", "check", "--gates", "migrations"), 3)

    def test_accepted_gaps_are_named_by_kind(self):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n", ".sluice.yml": "accept-gaps:\n  - {kind: no-input, "
                                    "subject: '*', reason: none yet, expires: 2099-01-01}\n"})
        outcome = repository.run("sluice-migrations")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "every gap of the kind no-input is accepted")

    def test_report_only(self):
        self.assertStatus(self.planted("p").run("sluice", "check", "--report-only"), 0)
        self.assertSays(self.planted("q").run("sluice-secrets", "--report-only").out, "FAIL")

    def test_usage(self):
        repository = self.clean()
        for tool in (["sluice", "check"], *([gate] for gate in GATES)):
            for arguments in (["--no-such-flag"], ["--fail-on", "sometimes"], ["--repo", "/nonexistent"],
                              ["--config", "/nonexistent.yml"], ["--base", "no-such-revision"]):
                with self.subTest(tool=tool, arguments=arguments):
                    outcome = repository.run(*tool, *arguments)
                    self.assertStatus(outcome, 2)
                    self.assertEqual(outcome.out, "")
                    self.assertNotEqual(outcome.err, "")

    def test_umbrella_refuses_what_is_no_command_with_a_suggestion(self):
        outcome = self.clean().run("sluice", "secerts")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "secerts", "secrets")

    def test_a_damaged_repository_is_never_clean(self):
        repository = self.planted()
        for file in (repository.path / ".git/objects").glob("??/*"):
            file.chmod(0o644)
            file.write_bytes(file.read_bytes()[:-8])
        self.assertIn(repository.run("sluice-secrets").status, (2, 3))

    def test_unavailable_is_out_of_reach_while_no_gate_asks_the_network(self):
        for tool in GATES:
            text = self.clean(tool).run(tool, "--help").out
            self.assertSays(text, "4  unavailable")
            for word in ("--verify", "--url", "--refresh"):
                self.assertNotIn(word, text, "a gate asks the network now: test its exit status 4 here")
