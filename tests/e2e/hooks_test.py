# SPDX-License-Identifier: Apache-2.0
"""Git's own hooks and the three programs that people run them with."""
import os

from harness import BIN, CACHE, CLIENTS, TOP, Case, clean_environment, github_token, run, run_git


class Hooks(Case):
    def setUp(self):
        super().setUp()
        self.remote = self.directory / "remote.git"
        self.remote.mkdir()
        run_git(self.remote, "init", "-q", "--bare", "-b", "main")

    def shared(self):
        repository = self.clean()
        repository.git("remote", "add", "origin", f"file://{self.remote}")
        repository.git("push", "-q", "origin", "main")
        return repository

    def git(self, repository, *arguments):
        environment = clean_environment(self.directory, GIT_AUTHOR_NAME="Ada", GIT_AUTHOR_EMAIL="a@example.org",
                                        GIT_COMMITTER_NAME="Ada", GIT_COMMITTER_EMAIL="a@example.org",
                                        PRE_COMMIT_HOME=self.directory / "pre-commit-home")
        environment["PATH"] = f"{BIN}:{environment['PATH']}"
        return run(["git", "-c", "protocol.file.allow=always", *arguments], repository.path, environment)

    def install(self, repository, hook, line):
        file = repository.path / ".git/hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{line}\n")
        file.chmod(0o755)

    def leak(self, repository, path="deploy.env", seed=11):
        self.planted_token = github_token(seed)
        return repository.commit("Deploy", {path: f"TOKEN={self.planted_token}\n"})

    def test_pre_push_examines_every_ref_that_is_pushed(self):
        repository = self.shared()
        self.install(repository, "pre-push", "exec sluice-secrets --pre-push")
        repository.commit("Fine", {"a.txt": "a\n"})
        repository.git("branch", "fine")
        repository.git("checkout", "-q", "-b", "leaky")
        self.leak(repository)
        outcome = self.git(repository, "push", "origin", "fine", "leaky")
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.out + outcome.err, "github-personal-access-token", "deploy.env")
        self.assertNoSecret(outcome.out, outcome.err)
        self.assertNotIn("leaky", run_git(self.remote, "branch", "--list"))
        self.assertStatus(self.git(repository, "push", "origin", "fine"), 0)

    def test_pre_push_lets_a_deletion_pass_and_ignores_what_the_remote_has(self):
        repository = self.shared()
        self.leak(repository)
        repository.git("push", "-q", "origin", "main", "main:old")
        self.install(repository, "pre-push", "exec sluice-secrets --pre-push")
        repository.commit("Fine", {"a.txt": "a\n"})
        self.assertStatus(self.git(repository, "push", "origin", "main"), 0)
        self.assertStatus(self.git(repository, "push", "origin", ":old"), 0)

    def test_pre_push_refuses_input_that_is_not_a_hooks(self):
        outcome = self.shared().run("sluice-secrets", "--pre-push", stdin="refs/heads/main not-an-id\n")
        self.assertStatus(outcome, 2)

    def test_pre_commit_hook_sees_what_is_staged_and_not_what_is_beside_it(self):
        repository = self.shared()
        self.install(repository, "pre-commit", "exec sluice-secrets --scope staged")
        repository.write("unstaged.env", f"TOKEN={github_token(21)}\n")
        repository.write("b.txt", "b\n")
        repository.git("add", "b.txt")
        self.assertStatus(self.git(repository, "commit", "-m", "Fine"), 0)
        self.planted_token = github_token(22)
        repository.write("staged.env", f"TOKEN={self.planted_token}\n")
        repository.git("add", "staged.env")
        repository.write("staged.env", "gone from the work tree\n")
        outcome = self.git(repository, "commit", "-m", "Leak")
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.out + outcome.err, "staged.env")
        self.assertNoSecret(outcome.out, outcome.err)

    def test_lefthook_passes_standard_input(self):
        repository = self.shared()
        lefthook = CLIENTS / "lefthook-linux-x64/bin/lefthook"
        if not lefthook.exists():
            self.skipTest("lefthook has no build for this machine")
        os.chmod(lefthook, 0o755)
        repository.commit("Hooks", {"lefthook.yml": "pre-push:\n  commands:\n    secrets:\n"
                                                    "      run: sluice-secrets --pre-push\n      use_stdin: true\n"})
        environment = clean_environment(self.directory, LEFTHOOK_BIN=lefthook)
        self.assertStatus(run([lefthook, "install"], repository.path, environment), 0)
        environment["PATH"] = f"{lefthook.parent}:{environment['PATH']}"
        self.assertStatus(self.git(repository, "-c", "core.abbrev=12", "push", "origin", "main"), 0)
        self.leak(repository)
        outcome = self.git(repository, "push", "origin", "main")
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.out + outcome.err, "github-personal-access-token")

    def pre_commit(self, repository, *arguments):
        program = CACHE / "python/bin/pre-commit"
        environment = clean_environment(self.directory, PRE_COMMIT_HOME=self.directory / "pre-commit-home")
        environment["PATH"] = f"{BIN}:{program.parent}:{environment['PATH']}"
        return run([program, *arguments], repository.path, environment)

    def test_pre_commit_runs_the_published_hooks(self):
        """The hooks of .pre-commit-hooks.yaml, installed as a user would, for both stages."""
        published = self.repository("published")
        published.commit("Release", {".pre-commit-hooks.yaml": (TOP / ".pre-commit-hooks.yaml").read_text()})
        published.git("tag", "v1")
        repository = self.shared()
        repository.commit("Hooks", {".pre-commit-config.yaml": f"repos:\n  - repo: file://{published.path}\n    rev: v1\n"
                                                               "    hooks:\n      - id: sluice-secrets-system\n"
                                                               "      - id: sluice-secrets-system-push\n"})
        installed = self.pre_commit(repository, "install", "-t", "pre-commit", "-t", "pre-push")
        self.assertStatus(installed, 0)
        repository.write("c.txt", "c\n")
        repository.git("add", "c.txt")
        self.assertStatus(self.git(repository, "commit", "-m", "Fine"), 0)
        self.assertStatus(self.git(repository, "push", "origin", "main"), 0)
        self.planted_token = github_token(31)
        repository.write("leak.env", f"TOKEN={self.planted_token}\n")
        repository.git("add", "leak.env")
        outcome = self.git(repository, "commit", "-m", "Leak")
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.out + outcome.err, "leak.env")
        self.assertNoSecret(outcome.out, outcome.err)
        self.assertStatus(self.git(repository, "commit", "--no-verify", "-m", "Leak"), 0)
        pushed = self.git(repository, "push", "origin", "main")
        self.assertNotEqual(pushed.status, 0, pushed)
        self.assertSays(pushed.out + pushed.err, "leak.env")
        self.assertNoSecret(pushed.out, pushed.err)
