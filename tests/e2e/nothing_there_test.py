# SPDX-License-Identifier: Apache-2.0
"""Nothing there is never a pass: each way in which a gate can find itself with nothing to look at."""
import json
import os
import shutil

from harness import BIN, GATES, Case, Repository, clean_environment, github_token, run, run_git

EVENTS = {
    "github": {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"},
    "gitlab": {"GITLAB_CI": "true", "CI_PROJECT_DIR": "/builds/x", "CI_JOB_NAME": "gate", "CI_PIPELINE_SOURCE": "push"},
    "woodpecker": {"CI": "woodpecker", "CI_PIPELINE_EVENT": "push"},
    "drone": {"DRONE": "true", "DRONE_BUILD_EVENT": "push"},
}
TABLE = "create table shop (id bigint primary key);\n"


class NothingThere(Case):
    def plain(self, name="plain"):
        """The files of a repository without the repository."""
        directory = self.directory / name
        (directory / "migrations").mkdir(parents=True)
        (directory / "migrations/0001_shop.sql").write_text(TABLE)
        (directory / "README.md").write_text("# Shop\n")
        return directory

    def gate(self, directory, *command, stdin="", **environment):
        return run([BIN / command[0], *command[1:]], directory, clean_environment(self.directory, **environment), stdin)

    def assertIncomplete(self, outcome, *parts):
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "INCOMPLETE", *parts)
        self.assertNotIn("PASS", outcome.out)

    def test_no_repository_under_an_event(self):
        archive = self.plain("archive")
        empty = self.directory / "empty"
        empty.mkdir()
        for name, environment in EVENTS.items():
            for directory in (archive, empty):
                for tool in (*([gate] for gate in GATES), ["sluice", "check"]):
                    with self.subTest(event=name, directory=directory.name, tool=tool):
                        outcome = self.gate(directory, *tool, **environment)
                        self.assertIncomplete(outcome, "no-repository", "is not in a git repository")

    def test_the_fix_is_in_the_platforms_own_words(self):
        archive = self.plain()
        self.assertSays(self.gate(archive, "sluice-secrets", **EVENTS["github"]).out, "actions/checkout", "fetch-depth: 0")
        self.assertSays(self.gate(archive, "sluice-secrets", **EVENTS["gitlab"]).out, "GIT_STRATEGY: clone")

    def test_a_secret_in_an_archive_is_found_all_the_same(self):
        self.planted_token = github_token()
        archive = self.plain()
        (archive / "deploy.env").write_text(f"TOKEN={self.planted_token}\n")
        for environment in ({}, EVENTS["github"]):
            outcome = self.gate(archive, "sluice-secrets", **environment)
            self.assertStatus(outcome, 1)
            self.assertSays(outcome.out, "deploy.env:1:7", "no-repository")
            self.assertNoSecret(outcome.out, outcome.err)

    def test_a_plain_directory_in_a_shell(self):
        directory = self.plain()
        self.assertIncomplete(self.gate(directory, "sluice-secrets"), "no-repository", "--scope worktree")
        for environment in ({}, EVENTS["github"]):
            for gate in ("sluice-secrets", "sluice-migrations"):
                outcome = self.gate(directory, gate, "--scope", "worktree", **environment)
                self.assertStatus(outcome, 0)
                self.assertSays(outcome.out, "PASS")
        for scope in ("history", "range", "staged"):
            self.assertIncomplete(self.gate(directory, "sluice-secrets", "--scope", scope), "no-repository")
        self.assertIncomplete(self.gate(directory, "sluice-migrations", "--scope", "staged"), "no-repository")

    def test_an_empty_directory(self):
        empty = self.directory / "empty"
        empty.mkdir()
        for command in (*([gate] for gate in GATES), ["sluice", "check"], ["sluice-secrets", "--scope", "worktree"],
                        ["sluice", "check", "--secrets.scope", "worktree"], ["sluice", "check", "--gates", "migrations"]):
            with self.subTest(command=command):
                self.assertIncomplete(self.gate(empty, *command))

    def test_a_git_file_whose_target_is_not_visible(self):
        main = self.clean("main")
        linked = self.directory / "linked"
        main.git("worktree", "add", "-q", str(linked))
        outer = self.repository("outer")
        outer.commit("Start", {"a.txt": "a\n"})
        outer.git("submodule", "--quiet", "add", f"file://{main.path}", "inner")
        hidden = self.directory / "hidden"
        os.rename(main.path, hidden)
        os.rename(outer.path / ".git", self.directory / "hidden2")
        for directory in (linked, outer.path / "inner", linked / "migrations"):
            for command in (*([gate] for gate in GATES), ["sluice", "check"], ["sluice-secrets", "--scope", "worktree"],
                            ["sluice-secrets", "--scope", "staged"]):
                with self.subTest(directory=directory.name, command=command):
                    outcome = self.gate(directory, *command)
                    self.assertIncomplete(outcome, "no-repository", "which is no git directory here")
        self.assertSays(self.gate(linked, "sluice-secrets").out, "mount the main repository")

    def test_a_repository_that_is_damaged_at_its_root(self):
        repository = self.clean()
        os.remove(repository.path / ".git/HEAD")
        for gate in GATES:
            self.assertIncomplete(repository.run(gate), "no-repository", "lacks HEAD")

    def test_a_deleted_working_directory(self):
        for command in ("sluice-secrets", "sluice-migrations", "sluice check", "sluice-secrets --scope worktree"):
            with self.subTest(command=command):
                gone = self.directory / "gone"
                gone.mkdir()
                outcome = run(["sh", "-c", f"rmdir {gone}; exec {BIN}/{command}"], gone,
                              clean_environment(self.directory))
                self.assertIncomplete(outcome, "the working directory does not exist any more")

    def test_standard_input_that_is_empty_closed_or_cannot_be_read(self):
        repository = self.clean()
        environment = clean_environment(self.directory)
        for command in ("sluice-secrets --scope stdin", "sluice-secrets --pre-push", "sluice-secrets --pre-receive",
                        "sluice-migrations --pre-push", "sluice check --pre-push", "sluice check --pre-receive"):
            for how in ("<&-", f"< {self.directory}"):
                with self.subTest(command=command, how=how):
                    outcome = run(["sh", "-c", f"exec {BIN}/{command} {how}"], repository.path, environment)
                    self.assertIncomplete(outcome, "standard input")
        self.assertIncomplete(repository.run("sluice-secrets", "--scope", "stdin"), "standard input", "it is empty")
        self.assertIncomplete(repository.run("sluice-secrets", "--pre-receive"), "standard input")

    def test_a_range_by_hand_that_holds_no_commit(self):
        repository = self.clean()
        for tool in (*([gate] for gate in GATES), ["sluice", "check"]):
            for request in (["--base", "HEAD"], ["--base", "main", "--head", "main"],
                            ["--base", "HEAD", "--head", "HEAD~1"]):
                with self.subTest(tool=tool, request=request):
                    self.assertIncomplete(repository.run(*tool, *request), "no-range", "git log --oneline")
            self.assertIncomplete(repository.run(*tool, SLUICE_BASE="HEAD"), "no-range")
            # Nothing of it is about dependencies, variables or promotions, which is a gap of whoever asks by name.
            has_nothing = tool in (["sluice-deps"], ["sluice-env"], ["sluice-promote"])
            self.assertStatus(repository.run(*tool, "--base", "HEAD~1"), 3 if has_nothing else 0)

    def test_a_range_of_an_event_or_hook_without_commits_is_nothing_to_do_with_the_reason(self):
        repository = self.clean()
        head = repository.git("rev-parse", "HEAD")
        payload = self.directory / "event.json"
        payload.write_text(json.dumps({"ref": "refs/heads/main", "before": head, "after": head,
                                       "repository": {"default_branch": "main"}}))
        event = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(payload),
                 "GITHUB_SHA": head, "GITHUB_REF": "refs/heads/main"}
        outcome = repository.run("sluice-secrets", **event)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "0 commits")
        for gate in GATES:
            line = f"refs/heads/main {head} refs/heads/main {head}\n"
            self.assertStatus(repository.run(gate, "--pre-push", stdin=line), 0)
        staged = repository.run("sluice-secrets", "--pre-commit")
        self.assertStatus(staged, 0)
        self.assertSays(staged.out, "nothing is staged")

    def test_an_index_that_is_corrupt(self):
        repository = self.clean()
        index = repository.path / ".git/index"
        whole = index.read_bytes()
        self.planted_token = github_token()
        for name, damaged in (("cut", whole[:40]), ("empty", b""), ("flipped", whole[:60] + b"\0\1" + whole[62:]),
                              ("text", b"not an index\n" * 9)):
            index.write_bytes(damaged)
            for command in (["sluice-secrets", "--scope", "staged"], ["sluice-secrets", "--scope", "worktree"],
                            ["sluice-secrets"], ["sluice-secrets", "--pre-commit"],
                            ["sluice-migrations", "--scope", "staged"], ["sluice", "check", "--pre-commit"]):
                with self.subTest(name=name, command=command):
                    outcome = repository.run(*command)
                    self.assertIncomplete(outcome, "corrupt-object", "index", "rm -f .git/index", "git reset")

    def test_a_gate_by_name_without_input_is_a_gap_that_can_be_accepted(self):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n"})
        self.assertIncomplete(repository.run("sluice-migrations"), "no-input", "there are no migrations")
        self.assertIncomplete(repository.run("sluice", "check", "--gates", "migrations"), "no-input")
        along = repository.run("sluice", "check")
        self.assertStatus(along, 0)
        self.assertSays(along.out, "not applicable")
        self.assertStatus(repository.run("sluice-migrations", "--pre-commit"), 0)
        repository.commit("Accept", {".sluice.yml": "gates: [migrations]\naccept-gaps:\n  - {kind: no-input, "
                                     "subject: 'the repository', reason: none yet, expires: 2099-01-01}\n"})
        self.assertStatus(repository.run("sluice", "check"), 0)
        self.assertStatus(repository.run("sluice-migrations"), 0)

    def test_a_request_that_touches_no_migration_is_a_pass_with_that_reason(self):
        repository = self.clean()
        base = repository.git("rev-parse", "HEAD")
        repository.commit("Docs", {"README.md": "# The shop\n"})
        outcome = repository.run("sluice-migrations", "--base", base)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "the change brings no migration")

    def test_an_embedded_bare_repository_is_not_the_repository(self):
        repository = self.planted()
        inner = repository.path / "vendor/inner"
        run_git(repository.path, "init", "-q", "--bare", str(inner))
        shutil.rmtree(inner / "hooks", ignore_errors=True)
        for arguments in (["--repo", "vendor/inner"], ["--repo", "vendor/inner/objects"]):
            outcome = repository.run("sluice-secrets", *arguments)
            self.assertStatus(outcome, 1)
            self.assertSays(outcome.out, "deploy.env:2:7")
            self.assertNoSecret(outcome.out, outcome.err)
        self.assertStatus(self.gate(inner, "sluice-secrets"), 1)

    def test_git_dir_is_honoured_and_repo_beats_it(self):
        planted, clean = self.planted("planted"), self.clean("clean")
        environment = {"GIT_DIR": str(planted.path / ".git"), "GIT_WORK_TREE": str(planted.path)}
        self.assertStatus(self.gate(clean.path, "sluice-secrets", **environment), 1)
        self.assertStatus(self.gate(clean.path, "sluice", "check", **environment), 1)
        self.assertStatus(self.gate(planted.path, "sluice-secrets", "--repo", str(clean.path), **environment), 0)
        self.assertStatus(self.gate(planted.path, "sluice", "check", "--repo", str(clean.path), **environment), 0)
        self.assertStatus(self.gate(planted.path, "sluice-secrets", SLUICE_REPO=str(clean.path), **environment), 0)
        nowhere = self.gate(clean.path, "sluice-secrets", GIT_DIR="/nonexistent")
        self.assertIncomplete(nowhere, "GIT_DIR", "no-repository")

    def test_what_is_staged_in_a_shallow_clone_needs_no_history(self):
        shallow = Repository(self.directory / "shallow", clone_of=self.clean(), arguments=["--depth", "1"])
        shallow.write("b.txt", "b\n")
        shallow.git("add", "b.txt")
        for command in (["sluice-secrets", "--scope", "staged"], ["sluice-secrets", "--pre-commit"]):
            self.assertStatus(shallow.run(*command), 0)

    def test_every_format_tells_of_the_gap(self):
        archive = self.plain()
        for form in ("json", "sarif", "junit", "summary", "html"):
            outcome = self.gate(archive, "sluice-secrets", "--format", form, **EVENTS["gitlab"])
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.out, "is not in a git repository")
