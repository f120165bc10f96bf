# SPDX-License-Identifier: Apache-2.0
"""The commands of the README."""
import os

from harness import TOP, Case, clean_environment, run


class Scripts(Case):
    def script(self, *arguments):
        environment = {**clean_environment(os.environ.get("HOME", "/")), "TMPDIR": str(self.directory)}
        if "XDG_CACHE_HOME" in os.environ:
            environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
        return run([TOP / "scripts" / arguments[0], *arguments[1:]], self.directory, environment, timeout=1800)

    def test_run_without_a_repository_makes_and_explains_a_demonstration(self):
        outcome = self.script("run")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.err, "A demonstration repository in", "removed one commit later")
        self.assertSays(outcome.out, "stripe", "config/production.env:2", "supabase/migrations/20260301000000_orders_by_date.sql")

    def test_run_on_a_repository_has_the_status_of_the_gates(self):
        self.assertStatus(self.script("run", self.clean("clean").path), 0)
        outcome = self.script("run", self.planted("planted").path, "--fail-on", "critical")
        self.assertStatus(outcome, 1)
        self.assertNoSecret(outcome.out, outcome.err)
        self.assertStatus(self.script("run", "/nonexistent"), 2)
