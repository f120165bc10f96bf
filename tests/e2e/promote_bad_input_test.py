# SPDX-License-Identifier: Apache-2.0
"""Pipelines, hooks, names and clocks that nobody would wish for."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

from harness import BIN, github_token, run_git, run_measured
from promote.bad_input_case import STAGING, BadInput


class Pipelines(BadInput):
    def refused(self, text, *words):
        world = self.world(f"world-{time.monotonic_ns()}", origin=False)
        world.commit()
        (world.repository.path / "promotion.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
        for verb in ("plan", "run", "resume", "rollback", "status"):
            outcome = world.sluice(verb, *STAGING, timeout=20)
            self.assertStatus(outcome, 2)
            for word in words:
                self.assertIn(word, outcome.err)
        return world

    def test_environments_that_need_each_other(self):
        self.refused('{"environments": {"staging": {"needs": ["production"]}, "production": {"needs": ["staging"]}}}', "needs", "itself")
        self.refused('{"environments": {"staging": {"needs": ["staging"]}}}', "needs", "itself")
        ring = {f"e{n}": {"needs": [f"e{(n + 1) % 200}"]} for n in range(200)}
        self.refused(json.dumps({"environments": {**ring, "staging": {"needs": ["e0"]}}}), "e7", "itself")

    def test_a_need_that_is_no_environment(self):
        self.refused('{"environments": {"staging": {"needs": ["qa"]}}}', "no environment")

    def test_a_gate_that_nobody_knows(self):
        self.refused('{"environments": {"staging": {"evidence": ["secret"]}}}', "did you mean secrets")
        self.refused('{"environments": {"staging": {"evidence": ["promote"]}}}', "evidence")
        self.refused('{"environments": {"staging": {"gates": {"x": {"htp": "http://a"}}}}}', "did you mean http")
        self.refused('{"environments": {"staging": {"gates": {"x": {}}}}}', "x")

    def test_files_that_are_no_pipeline(self):
        self.refused("environments: [staging]\n")
        self.refused("environments: staging\n")
        self.refused("- 1\n")
        self.refused("environments: {staging: {deny: [{days: [blursday]}]}}\n")
        self.refused("environments: {staging: {lease: -1}}\n", "lease")
        self.refused("environments: {staging: {soak: 99999999999999999999}}\n", "soak")
        self.refused("environments: {staging: {needs: []}, staging: {needs: []}}\n", "staging")
        self.refused(b"\x00" * 4096)
        self.refused("[" * 100_000)
        self.refused("environments: " + "{a: " * 5000 + "1" + "}" * 5000)

    def test_a_file_that_grows_when_it_is_read(self):
        bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        for level in range(9):
            name, inner = chr(ord("b") + level), chr(ord("a") + level)
            bomb += f"{name}: &{name} [{', '.join(['*' + inner] * 10)}]\n"
        self.refused(bomb + "environments: {staging: {needs: *j}}\n")

    def test_a_file_that_is_too_long(self):
        self.refused("# " + "x" * (2 << 20) + "\nenvironments: {staging: {allow: []}}\n")

    def test_a_pipeline_that_is_a_link_out_of_the_repository(self):
        world = self.world(origin=False)
        world.say("elsewhere.yml", json.dumps({"environments": {"staging": world.stage()}}))
        (world.repository.path / "promotion.yml").symlink_to(world.path / "elsewhere.yml")
        self.assertStatus(world.sluice("run", *STAGING), 2)
        self.assertEqual(world.calls(), [])

    def test_no_pipeline_and_no_repository(self):
        world = self.world(origin=False)
        outcome = self.assertStatus(world.sluice("run", *STAGING), 2)
        self.assertIn("promotion.yml", outcome.err)
        (world.path / "bare").mkdir()
        self.assertStatus(world.sluice("run", *STAGING, directory=world.path / "bare"), 2)


class Programs(BadInput):
    """What a hook may be, and do."""

    def test_one_that_is_not_there_or_cannot_run_is_told_before(self):
        world = self.world()
        (world.path / "plain").write_text("no program")
        (world.path / "crlf").write_bytes(b"#!/bin/sh\r\n")
        (world.path / "crlf").chmod(0o755)
        for run in ([str(world.path / "missing")], [str(world.path / "plain")], [str(world.path)], [str(world.path / "crlf")],
                    ["no-such-program-anywhere"]):
            stage = world.stage()
            stage["hooks"]["deploy"] = {"run": run}
            world.pipeline(staging=stage)
            plan = json.loads(world.sluice("plan", *STAGING, "--format", "json").out)
            lacks = {step["name"]: step["lacks"] for step in plan["steps"]}
            self.assertNotEqual(lacks["deploy"], "", run)

    def test_one_that_hangs_is_ended_with_all_that_it_started(self):
        world = self.with_deploy(f"sleep 1000 & echo $! > \"$WORLD/child\"; sleep 1000\n", timeout=1)
        self.assertWentBack(world, "did not end within 1s")
        child = int((world.path / "child").read_text())
        self.wait_for(lambda: not pathlib.Path(f"/proc/{child}").exists() or "\nState:\tZ" in pathlib.Path(f"/proc/{child}/status").read_text())

    def test_one_that_hangs_and_heeds_no_signal(self):
        world = self.with_deploy("trap '' TERM INT HUP\nwhile :; do sleep 1; done\n", timeout=1)
        self.assertWentBack(world, "did not end within 1s")

    def test_one_that_prints_a_gigabyte_is_kept_short(self):
        for name, text in (("lines", "yes 'a line that is long enough to be one of a log, with a time, a place and a word' | head -c 1000000000"),
                           ("line", "head -c 1000000000 /dev/zero | tr '\\0' x")):
            with self.subTest(name):
                world = self.with_deploy(f'printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"\n{text}\n', name=name)
                log = world.path / "log"
                status, kilobytes = run_measured(world.command("run", *STAGING), world.repository.path, world.variables(), log)
                self.assertEqual(status, 0)
                self.assertLess(kilobytes, 400_000)
                self.assertState(world, "staging", "confirmed", world.second)
                self.assertLess(len(json.dumps(self.ended(world))), 8000)
                self.assertLess(log.stat().st_size, 2_000_000)
                log.unlink()

    def test_one_that_dies_of_a_signal(self):
        for number in ("SEGV", "KILL", "TERM"):
            with self.subTest(number):
                world = self.with_deploy(f"kill -{number} $$\n", name=number)
                self.assertWentBack(world, f"SIG{number}")

    def test_one_that_fails_as_a_shell_does(self):
        world = self.with_deploy("no-such-command\n")
        self.assertWentBack(world, "127")

    def test_one_that_leaves_a_daemon_behind(self):
        world = self.with_deploy("""\
printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"
setsid sh -c 'echo $$ > "$WORLD/daemon"; while :; do sleep 1; done' &
""")
        self.assertStatus(world.sluice("run", *STAGING, timeout=60), 0)
        self.wait_for(lambda: (world.path / "daemon").exists() and (world.path / "daemon").read_text().strip())
        daemon = int((world.path / "daemon").read_text())
        os.killpg(daemon, 0)
        self.assertState(world, "staging", "confirmed", world.second)
        os.killpg(daemon, signal.SIGKILL)

    def test_one_that_reads_gets_nothing_and_has_no_terminal(self):
        world = self.with_deploy("""\
[ -z "$(cat)" ] || exit 3
! [ -t 0 ] && ! [ -t 1 ] || exit 4
printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"
exec >&- 2>&-
""")
        self.assertStatus(world.sluice("run", *STAGING), 0)

    def test_one_that_kills_its_run(self):
        world = self.with_deploy('[ -e "$WORLD/killed" ] || { touch "$WORLD/killed"; kill -9 $PPID; sleep 0.3; }\n'
                                 'printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"\n')
        self.assertStatus(world.sluice("run", *STAGING), -9)
        self.wait_for(lambda: world.sluice("resume", *STAGING).status == 0)
        self.assertState(world, "staging", "confirmed", world.second)

    def test_one_that_promotes_finds_itself_locked(self):
        world = self.with_deploy(f"""\
printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"
for verb in run resume rollback abort; do
  {BIN / "sluice-promote"} $verb --environment staging; echo "$verb $?" >> "$WORLD/inner"
done
""")
        self.assertStatus(world.sluice("run", *STAGING), 0)
        self.assertEqual((world.path / "inner").read_text().split("\n")[:-1], [f"{verb} 1" for verb in ("run", "resume", "rollback", "abort")])
        self.assertState(world, "staging", "confirmed", world.second)

    def test_one_that_takes_the_repository_away_stops_the_run(self):
        world = self.with_deploy('mv .git "$WORLD/git-is-gone"\n')
        outcome = world.sluice("run", *STAGING)
        self.assertIn(outcome.status, (2, 4), outcome)
        shutil.move(world.path / "git-is-gone", world.repository.path / ".git")
        self.assertEqual(world.status("staging")["state"], "running")
        self.assertStatus(world.sluice("rollback", *STAGING), 0)
        self.assertState(world, "staging", "rolled_back", world.first)

    def test_one_that_winds_the_ledger_back_is_not_confirmed(self):
        world = self.with_deploy('git -C "$WORLD/origin.git" update-ref refs/heads/sluice/ledger "$(cat "$WORLD/old")"\n'
                                 'printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"\n')
        world.say("old", run_git(world.origin, "rev-parse", "refs/heads/sluice/ledger"))
        outcome = world.sluice("run", *STAGING)
        self.assertNotEqual(outcome.status, 0)
        self.assertNotIn("confirmed", world.kinds()[-1:] if world.sluice("history").status == 0 else [])
        self.assertStatus(world.sluice("history", "--verify"), 1)
        for verb in ("run", "resume", "rollback", "abort", "lock", "approve"):
            self.assertStatus(world.sluice(verb, *STAGING), 1)

    def test_what_it_prints_can_neither_speak_to_a_runner_nor_tell_a_secret(self):
        token = github_token()
        world = self.with_deploy(f"""\
echo '::add-mask::deploy'
echo '::stop-commands::x'
echo '##[error]no'
printf '\\033]0;title\\007\\033[31mred\\033[0m\\n'
echo 'TOKEN={token}'
echo 'the end'
exit 1
""")
        outcome = self.assertWentBack(world, "exit status 1")
        record = json.dumps(self.ended(world))
        self.assertIn("the end", record)
        self.assertNotIn(token, record + outcome.out + outcome.err)
        self.assertNotIn("\\u001b", record)
        self.assertNotIn("\x1b", outcome.out + outcome.err)
        runner = world.sluice("run", *STAGING, "--reason", "again", GITHUB_ACTIONS="true", CI="true",
                              GITHUB_REPOSITORY="acme/shop", GITHUB_REF="refs/heads/main")
        for line in (runner.out + runner.err).splitlines():
            self.assertFalse(line.startswith(("::add-mask", "::stop-commands::x", "##[error]no")), runner)

    def test_what_only_a_run_may_say_is_not_taken_from_outside(self):
        world = self.with_deploy('env | grep ^SLUICE_ > "$WORLD/told"; printf %s "$SLUICE_COMMIT" > "$WORLD/staging/live"\n')
        self.assertStatus(world.sluice("run", *STAGING, SLUICE_FENCING_TOKEN="999999", SLUICE_IDEMPOTENCY_KEY="mine",
                                       SLUICE_COMMIT="0" * 40, SLUICE_ENVIRONMENT="production"), 0)
        told = dict(line.split("=", 1) for line in (world.path / "told").read_text().splitlines())
        self.assertEqual((told["SLUICE_COMMIT"], told["SLUICE_PREVIOUS_COMMIT"]), (world.second, world.first))
        self.assertEqual(told["SLUICE_ENVIRONMENT"], "staging")
        self.assertLess(int(told["SLUICE_FENCING_TOKEN"]), 999999)
        self.assertNotEqual(told["SLUICE_IDEMPOTENCY_KEY"], "mine")

    def test_a_probe_that_prints_what_is_no_json_or_too_much_of_it(self):
        for name, text in (("nothing", "exit 0"), ("words", "echo hello"), ("deep", "printf '[%.0s' $(seq 100000)"),
                           ("much", "head -c 100000000 /dev/zero | tr '\\0' 1"), ("nan", "echo '{\"status\": \"healthy\", \"latency_ms\": NaN}'"),
                           ("huge", "echo '{\"status\": \"healthy\", \"latency_ms\": 1e999}'"),
                           ("list", "echo '[1, 2]'"), ("twice", "echo '{\"status\": \"unhealthy\", \"status\": \"healthy\"}'")):
            with self.subTest(name):
                world = self.world(name)
                stage = world.stage()
                stage["hooks"]["probe"] = {"run": self.script(world, "probe", text + "\n")}
                world.pipeline(staging=stage)
                outcome = world.sluice("run", *STAGING, timeout=60)
                self.assertIn(outcome.status, (1, 3), outcome)
                self.assertIsNone(world.status("staging")["live"])


class Names(BadInput):
    def test_no_shell_reads_a_word_of_a_hook(self):
        world = self.world()
        words = ["$(touch pwned)", "`touch pwned`", "; touch pwned", "a b", "", "*", "~", "$HOME", "--", "-rf", "\n", "'\"", "é\u202e"]
        stage = world.stage()
        stage["hooks"]["deploy"]["run"] = self.script(world, "words", "#!/usr/bin/env python3\nimport json, os, pathlib, sys\n"
                                                      'world = pathlib.Path(os.environ["WORLD"])\n'
                                                      '(world / "words.json").write_text(json.dumps(sys.argv[1:]))\n'
                                                      '(world / "staging").mkdir(exist_ok=True)\n'
                                                      '(world / "staging/live").write_text(os.environ["SLUICE_COMMIT"])\n') + words
        world.pipeline(staging=stage)
        plan = self.assertStatus(world.sluice("plan", *STAGING), 0)
        self.assertNotIn("\u202e", plan.out)
        self.assertStatus(world.sluice("run", *STAGING), 0)
        self.assertEqual(json.loads((world.path / "words.json").read_text()), words)
        self.assertEqual(list(world.path.rglob("pwned")), [])

    def test_environments_with_names_that_mean_something_elsewhere(self):
        names = ["../../outside", "a b", "$(touch pwned)", "x;touch pwned", "--force", "-", "é", "a/b", "a\\b", "'", "staging\n", "..", "%s", "\u202egnigats"]
        world = self.world()
        world.pipeline(**{name: {**world.stage(hooks=("probe",)), "verify": {"count": 1, "interval": 0, "version": "any"},
                                 "hooks": {"deploy": {"run": ["true"]}, "rollback": {"run": ["true"]},
                                           "probe": {"run": ["echo", '{"status": "healthy"}']}}} for name in names})
        for name in names:
            with self.subTest(name):
                outcome = world.sluice("run", f"--environment={name}")
                self.assertIn(outcome.status, (0, 2), outcome)
                self.assertNotIn("\u202e", outcome.out + outcome.err)
                if outcome.status == 0:
                    self.assertEqual(world.status(name)["state"], "confirmed")
        self.assertEqual([path for path in world.path.rglob("*pwned*")], [])
        self.assertFalse((world.path.parent / "outside").exists())
        self.assertStatus(world.sluice("history", "--verify"), 0)
        self.assertNotIn("\u202e", world.sluice("status").out + world.sluice("history").out)

    def test_actors_and_reasons_that_git_or_a_terminal_would_read_otherwise(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        actors = ["<>", "...", "a\nb", "Ada <root@example.org>", "\x1b[31mred", "$(touch pwned)", " ", "é", b"\xff\xfe", "x" * 5000]
        for number, actor in enumerate(actors):
            with self.subTest(actor):
                said = self.assertStatus(world.sluice("lock", *STAGING, "--reason", f"\x1b]0;x\x07 {number}", "--force", GITHUB_ACTOR=os.fsdecode(actor)), 0)
                told = world.sluice("status").out + world.sluice("history").out + said.out
                self.assertNotIn("\x1b", told)
        self.assertEqual(len(world.entries()), len(actors))
        self.assertStatus(world.sluice("history", "--verify"), 0)
        self.assertEqual(list(world.path.rglob("pwned")), [])

    def test_a_commit_that_is_named_as_an_option_or_a_path(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for revision in ("--help", "-n1", "../../etc/passwd", "HEAD~99999", "@{u}", "main:promotion.yml", "HEAD^{tree}", "0" * 40, "$(touch pwned)", "\n",
                         "main..main", ":/x"):
            with self.subTest(revision):
                outcome = self.assertStatus(world.sluice("run", *STAGING, f"--commit={revision}"), 2)
                self.assertTrue(outcome.err)
        self.assertEqual(world.entries(), [])
        self.assertEqual(world.calls(), [])


class Clocks(BadInput):
    def in_deployment(self, **environment):
        world = self.world()
        world.pipeline(staging=world.stage(lease=900))
        world.say("slow-deploy", "60")
        run = world.start("run", *STAGING, **environment)
        self.addCleanup(self.end, world, run)
        self.wait_for(lambda: world.calls("deploy"))
        world.unsay("slow-deploy")
        return world, run

    def end(self, world, run):
        run.terminate()
        run.wait()

    def test_by_a_clock_that_is_behind_no_lease_has_ended(self):
        world, _ = self.in_deployment(now="2026-11-24T10:00:00Z")
        for now in ("2026-11-24T09:59:00Z", "2026-11-24T10:05:00Z", "2020-01-01T00:00:00Z"):
            for verb in ("resume", "rollback", "abort", "run"):
                self.assertStatus(world.sluice(verb, *STAGING, now=now), 1)
        self.assertEqual(len(world.calls("deploy")), 1)

    def test_the_lease_of_a_run_whose_clock_is_behind_does_not_end_early(self):
        world = self.world()
        world.pipeline(staging=world.stage(lease=900, approvals={"proof": "actor"}))
        self.assertStatus(world.sluice("approve", *STAGING, now="2026-11-24T10:00:00Z"), 0)
        world.say("slow-deploy", "60")
        run = world.start("run", *STAGING, now="2026-11-24T09:00:00Z")
        self.addCleanup(self.end, world, run)
        self.wait_for(lambda: world.calls("deploy"))
        self.assertStatus(world.sluice("resume", *STAGING, now="2026-11-24T10:05:00Z"), 1)
        self.assertEqual(len(world.calls("deploy")), 1)

    def test_one_entry_from_the_far_future_does_not_keep_leases_for_ever(self):
        world = self.world()
        world.pipeline(staging=world.stage(lease=900, approvals={"proof": "actor"}))
        self.assertStatus(world.sluice("approve", *STAGING, now="2099-01-01T00:00:00Z"), 0)
        world.say("slow-deploy", "60")
        run = world.start("run", *STAGING, now="2026-11-24T10:00:00Z")
        self.addCleanup(self.end, world, run)
        self.wait_for(lambda: world.calls("deploy"))
        world.unsay("slow-deploy")
        self.assertStatus(world.sluice("resume", *STAGING, now="2026-11-24T10:10:00Z"), 1)
        self.assertStatus(world.sluice("resume", *STAGING, now="2026-11-24T10:20:00Z"), 0)

    def test_a_run_that_was_robbed_by_a_clock_that_is_ahead_is_fenced(self):
        world, run = self.in_deployment()
        self.assertStatus(world.sluice("resume", *STAGING, now="2099-01-01T00:00:00Z"), 0)
        confirmed = world.kinds().count("confirmed")
        os.killpg(self.hook_of(run), signal.SIGKILL)
        self.assertEqual(run.wait(60), 1)
        self.assertEqual(world.kinds().count("confirmed"), confirmed)
        tokens = [call["token"] for call in world.calls("deploy")]
        self.assertLess(tokens[0], tokens[1])

    def hook_of(self, run):
        return int(subprocess.run(["pgrep", "-P", str(run.pid), "-f", "act deploy"], capture_output=True, text=True, check=True).stdout.split()[0])

    def test_windows_are_judged_by_now_whatever_the_ledger_has(self):
        world = self.world()
        world.pipeline(staging=world.stage(allow=[{"days": ["mon"]}]))
        self.assertStatus(world.sluice("run", *STAGING, now="2030-01-07T10:00:00Z"), 0)
        world.commit()
        self.assertStatus(world.sluice("run", *STAGING, now="2026-11-24T10:00:00Z"), 3)
        self.assertStatus(world.sluice("run", *STAGING, now="2026-11-23T10:00:00Z"), 0)
        self.assertEqual({entry["clock"] for entry in world.entries()}, {"told"})
        self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_a_time_that_is_none(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        for now in ("yesterday", "2026-13-01T00:00:00Z", "1", "2026-11-24 10:00"):
            self.assertStatus(world.sluice("run", *STAGING, now=now), 2)
        self.assertEqual(world.calls(), [])
