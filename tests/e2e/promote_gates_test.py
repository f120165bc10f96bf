# SPDX-License-Identifier: Apache-2.0
"""What stands between a commit and an environment: other environments, reports of the real gates, signatures of real keys, time."""

from harness import BIN, clean_environment, run, run_git
from promote_case import Promote


class Gates(Promote):
    def why(self, outcome, status, words):
        self.assertIn(words, self.assertStatus(outcome, status).out)

    def test_production_wants_the_same_commit_verified_in_staging(self):
        world = self.world()
        world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"]))
        self.why(world.sluice("run", "--environment", "production"), 1, "verified-before")
        world.sluice("run", "--environment", "staging")
        self.assertStatus(world.sluice("run", "--environment", "production"), 0)
        world.commit()
        self.assertStatus(world.sluice("run", "--environment", "production"), 1)

    def test_the_last_verification_counts_and_not_the_best(self):
        world = self.world()
        commit = world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"]))
        world.sluice("run", "--environment", "staging")
        world.say("bad", commit)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--again"), 1)
        self.assertStatus(world.sluice("run", "--environment", "production"), 1)

    def test_soak_is_waited_for(self):
        world = self.world()
        world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"], soak=3600))
        world.sluice("run", "--environment", "staging", now="2026-11-24T10:00:00Z")
        self.why(world.sluice("run", "--environment", "production", now="2026-11-24T10:30:00Z"), 3, "2026-11-24T11:00:0")
        self.assertStatus(world.sluice("run", "--environment", "production", "--emergency", "--reason", "outage",
                                       now="2026-11-24T10:31:00Z"), 0)

    def report(self, world, name="report.json", gate="secrets", *arguments):
        file = world.path / name
        outcome = run([BIN / f"sluice-{gate}", "--format", f"json={file}", *arguments], world.repository.path,
                      clean_environment(world.path, SLUICE_AS_OF="2026-11-24"))
        self.assertIn(outcome.status, (0, 1, 3), outcome)
        return file

    def test_evidence_is_the_report_of_a_gate_for_this_very_commit(self):
        world = self.world()
        world.pipeline(staging=world.stage(evidence=["secrets"]))
        self.why(world.sluice("run", "--environment", "staging"), 1, "evidence")
        report = self.report(world)
        self.assertStatus(world.sluice("plan", "--environment", "staging", "--evidence", report), 0)
        self.assertStatus(world.sluice("evidence add", "--environment", "staging", "--evidence", report), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        world.commit()
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        plan = ["plan", "--environment", "staging", "--evidence", self.report(world)]
        self.assertStatus(world.sluice(*plan), 0)
        self.why(world.sluice(*plan, now="2027-03-01T10:00:00Z"), 1, "and may not be older than")

    def test_a_gate_that_cannot_be_looked_at_leaves_it_to_a_person(self):
        world = self.world()
        for gate in ({"http": "http://127.0.0.1:9/"}, {"command": ["./not-there"]}, {"disk": "not-there"},
                     {"sql": "select true", "database": "postgres://127.0.0.1:9/shop"}):
            with self.subTest(gate=gate):
                world.pipeline(staging=world.stage(gates={"it": gate}))
                for verb in ("plan", "run"):
                    self.why(world.sluice(verb, "--environment", "staging"), 3, "staging: cannot observe: it: ")
        self.assertEqual(world.calls("deploy"), [])

    def test_a_commit_that_is_empty_is_not_that_which_is_checked_out(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for verb in ("plan", "run", "rollback", "approve", "attest QA"):
            outcome = self.assertStatus(world.sluice(verb, "--environment", "staging", "--commit", ""), 2)
            self.assertIn("--commit", outcome.err)
        self.assertEqual(world.calls(), [])

    def test_an_unknown_gate_is_refused_where_it_is_written(self):
        world = self.world()
        world.pipeline(staging=world.stage(evidence=["secretz"]))
        outcome = self.assertStatus(world.sluice("plan", "--environment", "staging"), 2)
        self.assertIn("did you mean secrets", outcome.err)

    def test_approvals_of_one_machine_are_of_others_than_who_starts(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 2, "proof": "actor"}))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 3)
        self.assertStatus(world.sluice("approve", "--environment", "staging"), 0)
        self.assertStatus(world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="bob"), 0)
        self.assertStatus(world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="bob"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging", GITHUB_ACTOR="carol"), 3)
        self.assertStatus(world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="dora"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging", GITHUB_ACTOR="carol"), 0)

    def test_a_rejection_wins_also_in_an_emergency(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="bob")
        self.assertStatus(world.sluice("reject", "--environment", "staging", "--reason", "no", GITHUB_ACTOR="dora"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging", GITHUB_ACTOR="carol"), 1)
        self.assertStatus(world.sluice("run", "--environment", "staging", "--emergency", "--reason", "x", GITHUB_ACTOR="carol"), 1)

    def test_an_approval_does_not_outlive_the_pipeline(self):
        world = self.world()
        world.pipeline(staging=world.stage(approvals={"count": 1, "proof": "actor"}))
        commit = world.repository.git("rev-parse", "HEAD")
        world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="bob")
        text = (world.repository.path / "promotion.yml").read_text()
        (world.repository.path / "promotion.yml").write_text(text.replace('"proof": "actor"', '"proof": "actor", "not_author": true', 1) + "\n")
        self.assertStatus(world.sluice("plan", "--environment", "staging", "--commit", commit, GITHUB_ACTOR="carol"), 0)
        (world.repository.path / "promotion.yml").write_text(text.replace('"interval": 0', '"interval": 1', 1))
        self.assertStatus(world.sluice("plan", "--environment", "staging", "--commit", commit, GITHUB_ACTOR="carol"), 3)

    def test_a_signature_counts_if_the_default_branch_knows_the_key(self):
        world = self.world()
        keys = {}
        for name in ("bob", "mallory"):
            key = world.path / name
            self.assertStatus(run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)], world.path), 0)
            keys[name] = key
        public = (world.path / "bob.pub").read_text().split()
        world.repository.write(".sluice/allowed_signers", f"bob@example.org {public[0]} {public[1]}\n")
        world.pipeline(staging=world.stage(approvals={"count": 1}))

        def approve(name):
            git = {"GIT_CONFIG_COUNT": 2, "GIT_CONFIG_KEY_0": "gpg.format", "GIT_CONFIG_VALUE_0": "ssh",
                   "GIT_CONFIG_KEY_1": "user.signingKey", "GIT_CONFIG_VALUE_1": keys[name]}
            return world.sluice("approve", "--environment", "staging", GITHUB_ACTOR=name, **git)
        self.assertNotEqual(world.sluice("approve", "--environment", "staging", GITHUB_ACTOR="bob").status, 0)
        self.assertStatus(approve("mallory"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 3)
        self.assertStatus(approve("bob"), 0)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)

    def test_the_identity_may_be_files(self):
        world = self.world()
        stage = {"identity": "files", "files": ["dist/**"]}
        world.pipeline(staging=world.stage(**stage), production=world.stage(needs=["staging"], **stage))
        world.repository.write("dist/app.js", "1")
        world.sluice("run", "--environment", "staging")
        world.commit("something beside it")
        self.assertStatus(world.sluice("run", "--environment", "production"), 0)
        world.repository.write("dist/app.js", "2")
        self.assertStatus(world.sluice("plan", "--environment", "production"), 1)
