# SPDX-License-Identifier: Apache-2.0
"""Runners that are killed, told to end, suspended, or not alone, while a real service is deployed."""
import concurrent.futures
import os
import pathlib
import signal
import subprocess

from promote.service_case import SECOND, Service, setUpModule, tearDownModule  # noqa: F401


class Runners(Service):
    def begun(self, shop, seconds=30, **more):
        """A run in a deployment that takes its time."""
        (shop.place("staging") / "slow-deploy").write_text(str(seconds))
        (shop.place("staging") / "deploying").unlink(missing_ok=True)
        run = shop.start("run", "--environment", "staging", **more)
        self.addCleanup(run.kill)
        self.wait_for(lambda: (shop.place("staging") / "deploying").exists())
        (shop.place("staging") / "slow-deploy").unlink()
        return run

    def hook_of(self, shop):
        return int((shop.place("staging") / "deploying").read_text())

    def test_a_killed_runner_is_resumed_to_the_same_end(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        for kill in range(1, 30):
            outcome = shop.sluice("run", "--environment", "staging", kill=kill)
            if outcome.status == 0:
                break
            self.assertStatus(outcome, -9)
            outcome = shop.sluice("resume", "--environment", "staging")
            self.assertStatus(outcome, 0)
            self.assertLive(shop, "staging", "confirmed", second)
            self.assertEqual(shop.migrations("staging"), ["0001_items.sql", "0002_prices.sql"])
            second = shop.release(f"change {kill}", {"app/note": str(kill)})
        self.assertGreater(kill, 8)
        self.assertStatus(shop.sluice("history", "--verify"), 0)

    def test_two_runners_race_and_one_deploys(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        (shop.place("staging") / "slow-deploy").write_text("1")
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(lambda n: shop.sluice("run", "--environment", "staging", GITHUB_ACTOR=f"u{n}"), range(6)))
        self.assertEqual(sorted({outcome.status for outcome in outcomes} - {1}), [0], outcomes)
        self.assertEqual([deploy[2] for deploy in shop.deploys("staging")], [first, second])
        self.assertLive(shop, "staging", "confirmed", second)

    def test_whoever_comes_second_is_told_who_came_first(self):
        shop, first = self.promoted()
        shop.release("prices", SECOND)
        run = self.begun(shop, 20)
        for verb in ("run", "plan", "resume", "rollback", "abort"):
            outcome = self.assertStatus(shop.sluice(verb, "--environment", "staging", GITHUB_ACTOR="bob"), 1)
            self.assertIn("ada", outcome.out, outcome)
        # To the next environment it is not verified yet, and may be.
        self.assertStatus(shop.sluice("plan", "--environment", "production"), 3)
        os.kill(self.hook_of(shop), signal.SIGTERM)
        run.wait(60)

    def test_an_orphaned_hook_keeps_everybody_out_until_it_has_ended(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 60)
        run.kill()
        run.wait()
        hook = self.hook_of(shop)
        for verb in ("resume", "rollback"):
            outcome = self.assertStatus(shop.sluice(verb, "--environment", "staging"), 1)
            self.assertIn(str(hook), outcome.out)
            self.assertIn("deploy", outcome.out)
        self.assertStatus(shop.sluice("abort", "--environment", "staging"), 0)
        outcome = self.assertStatus(shop.sluice("run", "--environment", "staging"), 1)
        self.assertIn(str(hook), outcome.out)
        self.assertEqual(len(shop.deploys("staging")), 2)
        os.killpg(hook, signal.SIGKILL)
        self.wait_for(lambda: not alive(hook))
        self.run_in(shop, "staging")
        self.assertLive(shop, "staging", "confirmed", second)
        self.assertEqual(list((shop.repository.path / ".git/sluice/running").iterdir()), [])

    def test_an_orphaned_hook_is_no_matter_to_another_environment(self):
        shop, first = self.promoted()
        second = shop.release("prices", SECOND)
        self.run_in(shop, "staging")
        shop.release("a note", {"app/note": "1"})
        run = self.begun(shop, 60)
        run.kill()
        run.wait()
        self.assertStatus(shop.sluice("run", "--environment", "production", "--commit", second), 0)
        os.killpg(self.hook_of(shop), signal.SIGKILL)

    def test_a_runner_that_is_told_to_end_takes_its_hook_along_and_can_be_resumed(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number):
                shop, first = self.shop_of(number), None
                first = shop.pipeline(staging=shop.shop("staging"))
                self.run_in(shop, "staging")
                second = shop.release("prices", SECOND)
                run = self.begun(shop, 60)
                hook = self.hook_of(shop)
                run.send_signal(number)
                self.assertEqual(run.wait(60), -number)
                self.wait_for(lambda: not alive(hook))
                self.assertEqual(shop.status("staging")["state"], "running")
                self.assertEqual(shop.version("staging"), first)
                self.assertStatus(shop.sluice("resume", "--environment", "staging"), 0)
                self.assertLive(shop, "staging", "confirmed", second)

    def test_the_first_process_of_a_container_ends_as_others_do(self):
        shop = self.shop(stages=("staging",))
        first = shop.pipeline(staging=shop.shop("staging"))
        alone = ("unshare", "--pid", "--fork", "--kill-child", *(() if os.geteuid() == 0 else ("--user", "--map-root-user")))
        self.run_in(shop, "staging", prefix=alone)
        second = shop.release("prices", SECOND)
        self.run_in(shop, "staging", 137, prefix=alone, kill=3)
        self.assertEqual(shop.status("staging")["state"], "running")
        # Nobody outside can see whether it lives.
        self.assertStatus(shop.sluice("resume", "--environment", "staging"), 1)
        self.assertStatus(shop.sluice("resume", "--environment", "staging", "--force"), 0)
        self.assertLive(shop, "staging", "confirmed", second)
        third = shop.release("a note", {"app/note": "1"})
        run = self.begun(shop, 60, prefix=alone)
        inner = int(subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, text=True, check=True).stdout)
        os.kill(inner, signal.SIGTERM)
        self.assertEqual(run.wait(60), 143)
        self.assertEqual(shop.version("staging"), second)
        self.assertStatus(shop.sluice("resume", "--environment", "staging", "--force"), 0)
        self.assertLive(shop, "staging", "confirmed", third)
        self.assertNotEqual(first, second)

    def shop_of(self, number):
        return self.shop(f"shop-{number}", stages=("staging",))

    def test_a_hook_that_does_not_heed_the_end_is_ended_all_the_same(self):
        shop = self.shop(stages=("staging",))
        first = shop.pipeline(staging=shop.shop("staging"))
        self.run_in(shop, "staging")
        text = (shop.repository.path / "ops/deploy").read_text()
        second = shop.release("stubborn", {"ops/deploy": text.replace("set -eu", "set -eu; trap '' TERM INT HUP")})
        run = self.begun(shop, 60)
        hook = self.hook_of(shop)
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(60), -signal.SIGTERM)
        self.wait_for(lambda: not alive(hook))
        self.assertStatus(shop.sluice("resume", "--environment", "staging"), 0)
        self.assertLive(shop, "staging", "confirmed", second)

    def test_a_run_that_lost_its_promotion_ends_its_hook(self):
        shop = self.shop(stages=("staging",))
        shop.pipeline(staging=shop.shop("staging", lease=3))
        self.run_in(shop, "staging")
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 100)
        hook = self.hook_of(shop)
        self.assertStatus(shop.sluice("resume", "--environment", "staging", "--force", GITHUB_ACTOR="bob"), 0)
        self.assertEqual(run.wait(60), 1)
        self.assertFalse(alive(hook))
        self.assertLive(shop, "staging", "confirmed", second)
        tokens = [int(deploy[0]) for deploy in shop.deploys("staging")]
        self.assertEqual(tokens, sorted(set(tokens)))

    def test_a_suspended_runner_that_wakes_after_its_lease_writes_nothing_more(self):
        shop = self.shop(stages=("staging",))
        shop.pipeline(staging=shop.shop("staging", lease=2))
        self.run_in(shop, "staging")
        second = shop.release("prices", SECOND)
        run = self.begun(shop, 1)
        run.send_signal(signal.SIGSTOP)
        self.addCleanup(run.send_signal, signal.SIGCONT)
        self.wait_for(lambda: shop.sluice("resume", "--environment", "staging", GITHUB_ACTOR="bob").status == 0)
        entries = len(shop.entries())
        run.send_signal(signal.SIGCONT)
        self.assertEqual(run.wait(60), 1)
        self.assertEqual(len(shop.entries()), entries)
        self.assertLive(shop, "staging", "confirmed", second)


def alive(process):
    """Whether it runs: one that has ended and that nobody asked for its status does not."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
