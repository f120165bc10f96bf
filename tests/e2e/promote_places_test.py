# SPDX-License-Identifier: Apache-2.0
"""Repositories and remotes that nobody would wish for."""
import json
import os
import pathlib
import shutil
import signal
import subprocess

from harness import BIN, Repository, run_git
from promote.bad_input_case import STAGING, BadInput


class Repositories(BadInput):
    def promotes(self, world, directory):
        head = run_git(directory, "rev-parse", "HEAD")
        self.assertStatus(world.sluice("run", *STAGING, directory=directory), 0)
        told = world.status("staging", directory=directory)
        self.assertEqual((told["state"], told["live"]), ("confirmed", head))

    def test_a_detached_head(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.commit()
        world.repository.git("checkout", "-q", "--detach", "HEAD~1")
        self.promotes(world, world.repository.path)

    def test_two_worktrees_share_one_ledger_and_one_lock(self):
        for origin in (True, False):
            with self.subTest(origin=origin):
                world = self.world(f"world-{origin}", origin=origin)
                world.pipeline(staging=world.stage())
                other = world.path / "other"
                world.repository.git("worktree", "add", "-q", str(other), "-b", "other")
                self.promotes(world, other)
                self.assertIn("live already", self.assertStatus(world.sluice("run", *STAGING), 0).out)
                run_git(other, "commit", "-q", "--allow-empty", "-m", "more")
                world.say("slow-deploy", "30")
                run = world.start("run", *STAGING, directory=other)
                self.wait_for(lambda: len(world.calls("deploy")) == 2)
                world.unsay("slow-deploy")
                world.commit()
                self.assertStatus(world.sluice("run", *STAGING), 1)
                run.kill()
                run.wait()
                outcome = self.assertStatus(world.sluice("resume", *STAGING), 1)
                self.assertIn("deploy", outcome.out)
                run = json.loads(next((world.repository.path / ".git/sluice/running").iterdir()).read_text())
                os.killpg(run["hook"]["pid"], signal.SIGKILL)
                self.wait_for(lambda: world.sluice("resume", *STAGING).status == 0)

    def test_a_repository_of_sha256(self):
        for origin in (True, False):
            with self.subTest(origin=origin):
                world = self.world(f"world-{origin}", origin=False)
                shutil.rmtree(world.repository.path)
                world.repository = Repository(world.path / "work", arguments=("--object-format=sha256",))
                if origin:
                    world.origin = world.path / "origin.git"
                    run_git(world.path, "init", "-q", "--bare", "-b", "main", "--object-format=sha256", str(world.origin))
                    world.repository.git("remote", "add", "origin", f"file://{world.origin}")
                first = world.pipeline(staging=world.stage())
                self.assertEqual(len(first), 64)
                self.promotes(world, world.repository.path)
                world.say("bad", world.commit())
                self.assertStatus(world.sluice("run", *STAGING), 1)
                self.assertState(world, "staging", "rolled_back", first)
                self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_a_clone_without_history_or_blobs(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for number, arguments in enumerate((("--depth", "1"), ("--filter=blob:none",), ("--single-branch", "--no-tags"))):
            run_git(world.origin, "config", "uploadpack.allowFilter", "true")
            world.commit()
            self.promotes(world, world.clone(f"clone-{number}", *arguments))

    def test_within_a_hook_of_git(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        hook = world.repository.path / ".git/hooks/post-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\nexport WORLD='{world.path}' GITHUB_ACTOR=ada\nenv | grep ^GIT_ > '{world.path}/git-told'\n"
                        f"exec {BIN / 'sluice-promote'} run --environment staging > '{world.path}/told' 2>&1\n")
        hook.chmod(0o755)
        head = world.repository.commit("a change")
        self.assertIn("GIT_INDEX_FILE", (world.path / "git-told").read_text())
        self.assertState(world, "staging", "confirmed", head)

    def test_a_disk_that_is_full_stops_before_anything_is_done(self):
        for origin in (True, False):
            with self.subTest(origin=origin):
                world = self.world(f"world-{origin}", origin=origin)
                world.pipeline(staging=world.stage())
                outcome = world.sluice("run", *STAGING, prefix=("sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"))
                self.assertIn(outcome.status, (2, 4), outcome)
                self.assertNotEqual(outcome.err, "")
                self.assertEqual(world.calls(), [])
                self.assertStatus(world.sluice("run", *STAGING), 0)

    def test_a_git_directory_that_may_not_be_written_to(self):
        for origin in (True, False):
            with self.subTest(origin=origin):
                world = self.world(f"world-{origin}", origin=origin)
                world.pipeline(staging=world.stage())
                prefix, variables = self.without_writing(world)
                outcome = world.sluice("run", *STAGING, prefix=prefix, **variables)
                self.assertIn(outcome.status, (2, 4), outcome)
                self.assertIn("ermission", outcome.err)
                self.assertEqual(world.calls(), [])

    def without_writing(self, world):
        """A prefix and variables for a user who may read what is there, and no more."""
        for path in (world.path.parent, world.path, *world.path.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444)
        self.addCleanup(subprocess.run, ["chmod", "-R", "u+w", str(world.path.parent)], check=True)
        world.path.parent.chmod(0o755)
        trusting = pathlib.Path(self.directory) / "gitconfig"
        trusting.write_text("[safe]\n\tdirectory = *\n")
        prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if os.geteuid() == 0 else ()
        return prefix, {"GIT_CONFIG_GLOBAL": trusting}


class Remotes(BadInput):
    def git_wrapper(self, world, text):
        """A `git` on PATH that does something about it; $REAL is the real one."""
        directory = world.path / "wrapper"
        directory.mkdir(exist_ok=True)
        (directory / "git").write_text(f"#!/bin/sh\nREAL={shutil.which('git')}\ncase \" $* \" in\n{text}\nesac\nexec \"$REAL\" \"$@\"\n")
        (directory / "git").chmod(0o755)
        return {"PATH": f"{directory}:{os.environ['PATH']}"}

    def test_one_that_declines_the_ledger(self):
        for name, hook, word in (("hook", "pre-receive", "declined"), ("update", "update", "declined")):
            with self.subTest(name):
                world = self.world(name)
                world.pipeline(staging=world.stage())
                file = world.origin / "hooks" / hook
                file.parent.mkdir(exist_ok=True)
                file.write_text("#!/bin/sh\necho 'protected branch: sluice/ledger' >&2\nexit 1\n")
                file.chmod(0o755)
                outcome = world.sluice("run", *STAGING)
                self.assertIn(outcome.status, (2, 4), outcome)
                self.assertIn(word, outcome.err)
                self.assertEqual(world.calls(), [])
                self.assertEqual(world.entries(), [])
                self.assertFalse((world.repository.path / ".git/sluice/ledger.git").exists())

    def test_one_that_declines_from_the_middle_of_a_promotion_on(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        file = world.origin / "hooks/pre-receive"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n[ ! -s '{world.path}/calls' ]\n")
        file.chmod(0o755)
        outcome = world.sluice("run", *STAGING)
        self.assertIn(outcome.status, (2, 4), outcome)
        self.assertEqual(world.kinds()[-1], "step-begun deploy")
        file.unlink()
        self.assertStatus(world.sluice("resume", *STAGING), 0)
        self.assertEqual(len({call["key"] for call in world.calls("deploy")}), 1)

    def test_one_with_a_branch_in_the_way(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        run_git(world.origin, "update-ref", "refs/heads/sluice", "main")
        outcome = world.sluice("run", *STAGING)
        self.assertIn(outcome.status, (2, 4), outcome)
        self.assertIn("sluice", outcome.err)
        self.assertEqual(world.calls(), [])

    def test_one_that_is_no_repository(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for url in ("file:///nowhere", "https://127.0.0.1:9/x.git", "ssh://nobody@127.0.0.1:9/x", str(world.path), "ext::sh -c touch% pwned"):
            world.repository.git("remote", "set-url", "origin", url)
            self.assertStatus(world.sluice("run", *STAGING, GIT_SSH_COMMAND="false"), 4)
        self.assertEqual(world.calls(), [])
        self.assertEqual(list(world.path.rglob("pwned")), [])

    def test_an_answer_that_is_lost_after_the_push_is_no_lost_entry(self):
        world = self.world()
        commit = world.pipeline(staging=world.stage(hooks=("backup", "migrate", "deploy", "rollback", "probe")))
        for path in ("push", "push again"):
            lost = self.git_wrapper(world, f'*" push "*) "$REAL" "$@"; echo >> "{world.path}/pushes"; echo "fatal: the connection was lost" >&2; exit 128;;')
            self.assertStatus(world.sluice("run", *STAGING, "--again", **lost), 0)
            self.assertState(world, "staging", "confirmed", commit)
        kinds = world.kinds()
        self.assertEqual(len(kinds), 2 * 10)
        self.assertEqual(len((world.path / "pushes").read_text()), 2 * 10)
        self.assertEqual([call["step"] for call in world.calls()], ["backup", "migrate", "deploy"] * 2)
        self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_one_that_answers_two_times_of_three(self):
        world = self.world()
        commit = world.pipeline(staging=world.stage())
        flaky = self.git_wrapper(world, f"""\
*" push "*|*" ls-remote "*)
  echo >> "{world.path}/asked"
  if [ $(($(wc -l < "{world.path}/asked") % 3)) = 0 ]; then echo "fatal: unable to access" >&2; exit 128; fi;;""")
        outcome = world.sluice("run", *STAGING, **flaky)
        if outcome.status != 0:
            self.assertStatus(outcome, 4)
            self.wait_for(lambda: world.sluice("resume" if world.kinds() else "run", *STAGING, **flaky).status == 0)
        self.assertState(world, "staging", "confirmed", commit)
        self.assertEqual(len(world.calls("deploy")), 1)

    def test_one_that_is_slow(self):
        world = self.world()
        commit = world.pipeline(staging=world.stage(lease=1))
        slow = self.git_wrapper(world, '*" push "*|*" ls-remote "*) sleep 0.7;;')
        self.assertStatus(world.sluice("run", *STAGING, **slow), 0)
        self.assertState(world, "staging", "confirmed", commit)
        self.assertEqual(len(world.calls("deploy")), 1)

    def test_one_that_is_cut_off_while_a_hook_works_does_not_stop_the_hook(self):
        world = self.world()
        world.pipeline(staging=world.stage(lease=3))
        world.say("slow-deploy", "5")
        away = str(world.origin) + ".away"
        run = world.start("run", *STAGING)
        self.wait_for(lambda: world.calls("deploy"))
        shutil.move(world.origin, away)
        self.assertEqual(run.wait(120), 4)
        self.assertEqual(world.live("staging"), world.repository.git("rev-parse", "HEAD"))
        shutil.move(away, world.origin)
        world.unsay("slow-deploy")
        self.assertStatus(world.sluice("resume", *STAGING), 0)
