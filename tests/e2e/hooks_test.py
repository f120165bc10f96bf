# SPDX-License-Identifier: Apache-2.0
"""Git's own hooks and the three programs that people run them with."""
import os
import pathlib

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

    def git(self, repository, *arguments, directory=None, stdin="", first=BIN):
        environment = clean_environment(self.directory, GIT_AUTHOR_NAME="Ada", GIT_AUTHOR_EMAIL="a@example.org",
                                        GIT_COMMITTER_NAME="Ada", GIT_COMMITTER_EMAIL="a@example.org",
                                        PRE_COMMIT_HOME=self.directory / "pre-commit-home")
        environment["PATH"] = f"{first}:{BIN}:{environment['PATH']}"
        return run(["git", "-c", "protocol.file.allow=always", *arguments], directory or repository.path, environment,
                   stdin)

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

    def test_pre_push_knows_where_it_pushes_to(self):
        """What one remote has is news to another."""
        repository = self.shared()
        self.leak(repository)
        repository.git("push", "-q", "origin", "main")  # before there was a hook
        repository.commit("Harmless", {"README.md": "# Shop, again\n"})
        for number, command in enumerate(("sluice-secrets", "sluice check")):
            with self.subTest(command):
                self.install(repository, "pre-push", f'exec {command} --pre-push "$@"')
                self.assertStatus(self.git(repository, "push", "origin", f"main:next-{number}"), 0)
                public = self.directory / f"public-{number}.git"
                run_git(self.directory, "init", "-q", "--bare", str(public))
                refused = self.git(repository, "push", str(public), "main")
                self.assertNotEqual(refused.status, 0, refused)
                self.assertSays(refused.out + refused.err, "github-personal-access-token",
                                "nothing was ever fetched from")
                self.assertNoSecret(refused.out, refused.err)
                self.assertEqual(run_git(public, "for-each-ref"), "")

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

    def assertRefused(self, outcome, *parts):
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.out + outcome.err, *parts)
        self.assertNoSecret(outcome.out, outcome.err)

    def edited(self, name, hook):
        """A repository with a hook, a committed file `leak.env` and a clean edit of `a.txt` beside it."""
        repository = self.repository(name)
        repository.commit("Start", {"a.txt": "a\n", "leak.env": "X=1\n\n\n\n\n\n\n\nY=1\n", "sub/c.txt": "c\n"})
        self.install(repository, "pre-commit", hook)
        repository.write("a.txt", "b\n")
        return repository

    FORMS = {"all": ["commit", "-a", "-m", "x"], "path": ["commit", "-m", "x", "leak.env"],
             "only": ["commit", "-m", "x", "--only", "leak.env"], "include": ["commit", "-m", "x", "-i", "leak.env"],
             "amend": ["commit", "--amend", "-a", "-m", "x"]}

    def test_every_form_of_git_commit_is_judged_by_the_index_that_it_makes(self):
        for name, arguments in self.FORMS.items():
            for directory in (".", "sub"):
                with self.subTest(form=name, directory=directory):
                    repository = self.edited(f"{name}-{directory}", "exec sluice-secrets --scope staged")
                    self.planted_token = github_token(41)
                    repository.write("leak.env", f"TOKEN={self.planted_token}\n")
                    given = [f"../{word}" if word == "leak.env" and directory == "sub" else word for word in arguments]
                    head = repository.git("rev-parse", "HEAD")
                    outcome = self.git(repository, *given, directory=repository.path / directory)
                    self.assertRefused(outcome, "github-personal-access-token", "leak.env:1:7")
                    self.assertEqual(repository.git("rev-parse", "HEAD"), head)
                    repository.write("leak.env", "TOKEN=${TOKEN}\n")
                    self.assertStatus(self.git(repository, *given, directory=repository.path / directory), 0)

    def test_a_commit_of_one_file_is_not_held_up_by_another_that_is_staged(self):
        repository = self.edited("other", "exec sluice-secrets --scope staged")
        self.planted_token = github_token(42)
        repository.write("leak.env", f"TOKEN={self.planted_token}\n")
        repository.git("add", "leak.env")
        self.assertStatus(self.git(repository, "commit", "-m", "Fine", "a.txt"), 0)
        self.assertRefused(self.git(repository, "commit", "-m", "Leak"), "leak.env")

    def test_a_hunk_that_is_not_committed_does_not_count_and_one_that_is_does(self):
        for answers, status in (("y\nn\n", 0), ("n\ny\n", 1)):
            with self.subTest(answers=answers):
                repository = self.edited(f"patch{status}", "exec sluice-secrets --scope staged")
                self.planted_token = github_token(43)
                repository.write("leak.env", f"X=2\n\n\n\n\n\n\n\nTOKEN={self.planted_token}\n")
                outcome = self.git(repository, "commit", "-p", "-m", "Some", "leak.env", stdin=answers)
                self.assertEqual(outcome.status != 0, status != 0, outcome)
                self.assertNoSecret(outcome.err)

    def test_a_split_index_a_linked_worktree_and_a_submodule_are_judged_alike(self):
        repository = self.edited("split", "exec sluice-secrets --scope staged")
        repository.git("update-index", "--split-index")
        self.planted_token = github_token(44)
        repository.write("leak.env", f"TOKEN={self.planted_token}\n")
        self.assertRefused(self.git(repository, "commit", "-a", "-m", "Leak"), "leak.env")
        repository.git("add", "leak.env")
        self.assertRefused(self.git(repository, "commit", "-m", "Leak"), "leak.env")
        repository.git("reset", "-q", "--hard")
        linked = self.directory / "linked"
        repository.git("worktree", "add", "-q", "-b", "side", str(linked))
        (linked / "leak.env").write_text(f"TOKEN={self.planted_token}\n")
        self.assertRefused(self.git(repository, "commit", "-a", "-m", "Leak", directory=linked), "leak.env")
        outer = self.repository("outer")
        outer.commit("Start", {"a.txt": "a\n"})
        outer.git("submodule", "--quiet", "add", f"file://{repository.path}", "inner")
        hook = outer.path / ".git/modules/inner/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexec sluice-secrets --scope staged\n")
        hook.chmod(0o755)
        (outer.path / "inner/leak.env").write_text(f"TOKEN={self.planted_token}\n")
        outcome = self.git(outer, "commit", "-a", "-m", "Leak", directory=outer.path / "inner")
        self.assertRefused(outcome, "leak.env")

    def test_a_repository_that_is_named_is_still_the_hooks_own(self):
        for name, line in (("dot", "--repo ."), ("path", '--repo "$PWD"'), ("sub", "--repo sub")):
            with self.subTest(line=line):
                repository = self.edited(f"named-{name}", f"exec sluice-secrets {line} --scope staged")
                self.planted_token = github_token(46)
                repository.write("leak.env", f"TOKEN={self.planted_token}\n")
                self.assertRefused(self.git(repository, "commit", "-a", "-m", "Leak"), "leak.env")
        hook = self.remote / "hooks/pre-receive"
        repository = self.shared()
        hook.parent.mkdir(exist_ok=True)
        hook.write_text('#!/bin/sh\nexec sluice check --repo "$PWD" --pre-receive\n')
        hook.chmod(0o755)
        self.leak(repository)
        self.assertRefused(self.git(repository, "push", "origin", "main"), "deploy.env", "pre-receive hook declined")

    def test_a_push_into_a_repository_with_a_work_tree(self):
        target = self.clean("target")
        target.git("config", "receive.denyCurrentBranch", "ignore")
        self.install(target, "pre-receive", "exec sluice-secrets --pre-receive")
        repository = self.repository("source", clone_of=target)
        repository.commit("Fine", {"a.txt": "a\n"})
        self.assertStatus(self.git(repository, "push", "origin", "main"), 0)
        self.leak(repository)
        self.assertRefused(self.git(repository, "push", "origin", "main"), "deploy.env", "pre-receive hook declined")

    def test_the_gate_of_all_gates_is_a_hook_too(self):
        repository = self.edited("check", "exec sluice check --pre-commit")
        self.planted_token = github_token(45)
        repository.write("leak.env", f"TOKEN={self.planted_token}\n")
        self.assertRefused(self.git(repository, "commit", "-a", "-m", "Leak"), "leak.env")
        self.assertStatus(self.git(repository, "commit", "-m", "Fine", "a.txt"), 0)

    DROP = "set lock_timeout = '1s';\nalter table orders drop column note;\n"

    def test_migrations_are_judged_as_they_are_staged(self):
        for hook in ("exec sluice-migrations --scope staged", "exec sluice-migrations --pre-commit"):
            with self.subTest(hook=hook):
                repository = self.repository(hook.split("--")[1].replace(" ", "-"))
                repository.commit("Start", {"migrations/1.sql": "create table orders (id int, note text);\n",
                                            "migrations/2.sql": self.DROP, "a.txt": "a\n"})
                self.install(repository, "pre-commit", hook)
                repository.write("a.txt", "b\n")
                self.assertStatus(self.git(repository, "commit", "-a", "-m", "No migration"), 0)
                repository.write("migrations/3.sql", "alter table orders drop column id;\n")
                repository.git("add", "migrations/3.sql")
                repository.write("migrations/3.sql", "create table notes (id int);\n")
                outcome = self.git(repository, "commit", "-m", "Drop")
                self.assertNotEqual(outcome.status, 0, outcome)
                self.assertSays(outcome.out + outcome.err, "migrations/3.sql")
                self.assertNotIn("migrations/2.sql", outcome.out + outcome.err)
                repository.git("add", "migrations/3.sql")
                repository.write("migrations/3.sql", self.DROP)
                self.assertStatus(self.git(repository, "commit", "-m", "Fine"), 0)
                self.assertNotEqual(self.git(repository, "commit", "-a", "-m", "Drop").status, 0)

    def test_pre_receive_refuses_what_lies_in_quarantine(self):
        repository = self.shared()
        hook = self.remote / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexec sluice-secrets --pre-receive\n")
        hook.chmod(0o755)
        repository.commit("Fine", {"a.txt": "a\n"})
        self.assertStatus(self.git(repository, "push", "origin", "main"), 0)
        self.leak(repository)
        blob = repository.git("rev-parse", "HEAD:deploy.env")
        repository.commit("Gone again", {"deploy.env": "TOKEN=${TOKEN}\n"})
        for refs in (["main"], ["main:new"], ["main~2:refs/heads/fine", "main"]):
            with self.subTest(refs=refs):
                outcome = self.git(repository, "push", "--atomic", "origin", *refs)
                self.assertRefused(outcome, "github-personal-access-token", "deploy.env:1:7", "pre-receive hook declined")
                self.assertEqual(run_git(self.remote, "for-each-ref", "--format=%(refname)"), "refs/heads/main")
        outcome = run(["git", "cat-file", "-e", blob], self.remote, clean_environment(self.directory))
        self.assertNotEqual(outcome.status, 0, "the refused blob is in the repository")
        self.assertStatus(self.git(repository, "push", "origin", "main~2:refs/heads/fine"), 0)
        self.assertStatus(self.git(repository, "push", "origin", ":fine"), 0)

    def test_pre_receive_judges_only_what_no_ref_has(self):
        repository = self.shared()
        self.leak(repository)
        repository.git("push", "-q", "origin", "main")
        hook = self.remote / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexec sluice-secrets --pre-receive\n")
        hook.chmod(0o755)
        repository.commit("Fine", {"a.txt": "a\n"})
        self.assertStatus(self.git(repository, "push", "origin", "main", "main:new"), 0)

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

    def pre_commits(self):
        """Every pre-commit that is here: the newest, and Debian's."""
        return [program for program in (CACHE / "python/bin/pre-commit", pathlib.Path("/usr/bin/pre-commit"))
                if program.exists()]

    def pre_commit(self, program, repository, *arguments):
        environment = clean_environment(self.directory, PRE_COMMIT_HOME=self.directory / "pre-commit-home")
        environment["PATH"] = f"{BIN}:{program.parent}:{environment['PATH']}"
        return run([program, *arguments], repository.path, environment)

    def published(self):
        published = self.repository("published")
        published.commit("Release", {".pre-commit-hooks.yaml": (TOP / ".pre-commit-hooks.yaml").read_text()})
        published.git("tag", "v1.0")
        return published

    def hooked(self, program, published, *ids):
        repository = self.repository(f"user-of-{program.parent.parent.name}")
        self.remote = self.directory / f"{repository.path.name}.git"
        self.remote.mkdir()
        run_git(self.remote, "init", "-q", "--bare", "-b", "main")
        hooks = "".join(f"      - id: {name}\n" for name in ids)
        repository.commit("Start", {".pre-commit-config.yaml": f"repos:\n  - repo: file://{published.path}\n"
                                                               f"    rev: v1.0\n    hooks:\n{hooks}",
                                    "migrations/1.sql": "create table orders (id int, note text);\n"})
        repository.git("remote", "add", "origin", f"file://{self.remote}")
        repository.git("push", "-q", "origin", "main")
        installed = self.pre_commit(program, repository, "install", "-t", "pre-commit", "-t", "pre-push")
        self.assertStatus(installed, 0)
        return repository

    def test_pre_commit_runs_the_published_hooks(self):
        """The hooks of .pre-commit-hooks.yaml, installed as a user would, for both stages."""
        published = self.published()
        for program in self.pre_commits():
            with self.subTest(program=str(program)):
                repository = self.hooked(program, published, "sluice-secrets-system", "sluice-secrets-system-push")
                repository.write("c.txt", "c\n")
                repository.git("add", "c.txt")
                fine = self.git(repository, "commit", "-m", "Fine")
                self.assertStatus(fine, 0)
                self.assertNotIn("WARNING", (fine.out + fine.err).upper())
                pushed = self.git(repository, "push", "origin", "main")
                self.assertStatus(pushed, 0)
                self.assertNotIn("WARNING", (pushed.out + pushed.err).upper())
                self.planted_token = github_token(31)
                repository.write("c.txt", f"TOKEN={self.planted_token}\n")
                self.assertRefused(self.git(repository, "commit", "-a", "-m", "Leak"), "c.txt")
                self.assertRefused(self.git(repository, "commit", "-m", "Leak", "c.txt"), "c.txt")
                repository.git("add", "c.txt")
                self.assertRefused(self.git(repository, "commit", "-m", "Leak"), "c.txt")
                self.assertStatus(self.git(repository, "commit", "--no-verify", "-m", "Leak"), 0)
                for refs in (["main"], ["main:new"]):
                    self.assertRefused(self.git(repository, "push", "origin", *refs), "c.txt")

    def test_the_image_is_told_which_index_and_which_push(self):
        """An engine that stands in for docker: it runs the gate with those variables alone that it was told to hand on."""
        published = self.published()
        published.commit("Script", {"scripts/hook": (TOP / "scripts/hook").read_text()})
        (published.path / "scripts/hook").chmod(0o755)
        published.commit("Executable")
        published.git("tag", "-f", "v1.0")
        engine = self.directory / "engine/docker"
        engine.parent.mkdir()
        engine.write_text(f"""#!/usr/bin/env python3
import os, sys
words = sys.argv[1:]
if words[0] != "run":
    sys.exit(0)
kept, options, at = {{"PATH": os.environ["PATH"]}}, {{}}, 1
while words[at].startswith("--"):
    name, value, at = (words[at], "", at + 1) if words[at] == "--rm" else (words[at], words[at + 1], at + 2)
    options.setdefault(name, []).append(value)
kept.update({{name: os.environ[name] for name in options["--env"] if name in os.environ}})
assert all(volume.split(":")[0] == volume.split(":")[1] for volume in options["--volume"])
os.chdir(options["--workdir"][0])
os.execve("{BIN}/" + options["--entrypoint"][0], options["--entrypoint"] + words[at + 1:], kept)
""")
        engine.chmod(0o755)
        program = CACHE / "python/bin/pre-commit"
        repository = self.hooked(program, published, "sluice-secrets")
        self.planted_token = github_token(51)
        repository.write("migrations/1.sql", f"-- {self.planted_token}\n")
        for arguments in (["commit", "-a", "-m", "Leak"], ["commit", "-m", "Leak", "migrations/1.sql"]):
            self.assertRefused(self.git(repository, *arguments, first=engine.parent), "github-personal-access-token")
        self.assertStatus(self.git(repository, "commit", "-a", "--no-verify", "-m", "Leak"), 0)
        self.assertRefused(self.git(repository, "push", "origin", "main", first=engine.parent),
                           "github-personal-access-token")

    def test_pre_commit_judges_variables_as_they_are_staged(self):
        published = self.published()
        for program in self.pre_commits():
            with self.subTest(program=str(program)):
                repository = self.hooked(program, published, "sluice-env-system")
                repository.write("app.js", "process.env.UNKNOWN_NAME;\n")
                repository.write(".env.example", "OTHER=\n")
                repository.git("add", ".")
                outcome = self.git(repository, "commit", "-m", "Read")
                self.assertNotEqual(outcome.status, 0, outcome)
                self.assertSays(outcome.out + outcome.err, "UNKNOWN_NAME")
                repository.write(".env.example", "UNKNOWN_NAME=\n")
                repository.git("add", ".")
                self.assertStatus(self.git(repository, "commit", "-m", "Declare"), 0)

    def test_pre_commit_judges_migrations_as_they_are_staged(self):
        published = self.published()
        for program in self.pre_commits():
            with self.subTest(program=str(program)):
                repository = self.hooked(program, published, "sluice-migrations-system")
                repository.write("migrations/2.sql", self.DROP)
                outcome = self.git(repository, "commit", "-m", "Nothing staged")
                repository.git("add", "migrations/2.sql")
                outcome = self.git(repository, "commit", "-m", "Drop")
                self.assertNotEqual(outcome.status, 0, outcome)
                self.assertSays(outcome.out + outcome.err, "migrations/2.sql")
                self.assertStatus(self.git(repository, "commit", "--no-verify", "-m", "Drop"), 0)
                self.assertNotEqual(self.git(repository, "push", "origin", "main").status, 0)
                repository.write("README.md", "r\n")
                repository.git("add", "README.md")
                self.assertStatus(self.git(repository, "commit", "-m", "No migration"), 0)
