# SPDX-License-Identifier: Apache-2.0
"""The commands of the README."""
import os
import pty
import subprocess

from harness import BIN, TOP, Case, clean_environment, run


class Scripts(Case):
    def environment(self, **more):
        environment = {**clean_environment(os.environ.get("HOME", "/")), "TMPDIR": str(self.directory), **more}
        if "XDG_CACHE_HOME" in os.environ:
            environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
        return environment

    def script(self, *arguments, **more):
        return run([TOP / "scripts" / arguments[0], *arguments[1:]], self.directory, self.environment(**more),
                   timeout=1800)

    def on_a_terminal(self, *arguments):
        """What the script writes to a terminal that is its standard error."""
        ours, theirs = pty.openpty()
        child = subprocess.Popen([TOP / "scripts" / arguments[0], *arguments[1:]], cwd=self.directory,
                                 env=self.environment(TERM="xterm"), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        text = b""
        try:
            while part := os.read(ours, 4096):
                text += part
        except OSError:  # Linux's way of saying that nobody writes any more
            pass
        os.close(ours)
        self.assertEqual(child.wait(), 0)
        return text.decode()

    def test_run_without_a_repository_makes_and_explains_a_demonstration(self):
        outcome = self.script("run")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.err, "A demonstration repository in", "removed one commit later")
        self.assertSays(outcome.out, "stripe", "config/production.env:2", "supabase/migrations/20260301000000_orders_by_date.sql",
                        "lodash 4.17.20 has GHSA-35jh-r3h4-6jhm", "flatmap-stream 0.1.1 is MAL-2025-20690",
                        "SMTP_HOST is read here")
        self.assertNotIn("mail/go.mod", outcome.out)

    def test_run_on_a_repository_has_the_status_of_the_gates(self):
        self.assertStatus(self.script("run", self.clean("clean").path), 0)
        outcome = self.script("run", self.planted("planted").path, "--fail-on", "critical")
        self.assertStatus(outcome, 1)
        self.assertNoSecret(outcome.out, outcome.err)
        self.assertStatus(self.script("run", "/nonexistent"), 2)

    def test_a_source_without_its_licence_is_named(self):
        sources = self.repository("sources")
        licence = "# SPDX-License-Identifier: Apache-2.0\n"
        for name in ("scripts/check", "scripts/lib/environment.sh"):
            sources.write(name, (TOP / name).read_text())
        sources.commit("Start", {"good.cmake": licence, "second.sh": "#!/bin/sh\n" + licence, "fixtures/any.yml": "a: 1\n"})
        check = ["bash", sources.path / "scripts/check", "licence"]
        self.assertStatus(run(check, self.directory, self.environment()), 0)
        sources.write("bare.yml", "a: 1\nb: 2\n" + licence)
        outcome = run(check, self.directory, self.environment())
        self.assertStatus(outcome, 1)
        self.assertEqual(outcome.out.splitlines()[0], "bare.yml: has no line SPDX-License-Identifier: Apache-2.0")

    def test_a_build_tells_its_log_and_its_time_and_nothing_when_nothing_is_to_do(self):
        (BIN / "sluice").unlink()
        outcome = self.script("build", "release", "sluice")
        self.assertStatus(outcome, 0)
        self.assertRegex(outcome.err, r"\Abuilding preset release \(\d+ steps; log: /.*/build-release\.log\)\n"
                                      r"built preset release in \d+ s\n\Z")
        again = self.script("build", "release", "sluice")
        self.assertEqual((again.status, again.out, again.err), (0, "", ""))

    def test_a_build_on_a_terminal_rewrites_one_line(self):
        (BIN / "sluice").unlink()
        text = self.on_a_terminal("build", "release", "sluice")
        self.assertRegex(text, r"\r\x1b\[K\[\d+/\d+\] ")
        self.assertEqual(text.count("\n"), 2, text)

    def test_a_build_of_one_target_installs_nothing(self):
        # Neither looks at what is installed, nor installs.
        for program in ("dpkg-query", "apt-get", "sudo", "npm", "go"):
            stub = self.directory / "stubs" / program
            stub.parent.mkdir(exist_ok=True)
            stub.write_text(f"#!/bin/sh\necho {program} >>{self.directory}/asked\nexit 1\n")
            stub.chmod(0o755)
        path = f"{self.directory}/stubs:{self.environment()['PATH']}"
        self.assertStatus(self.script("build", "release", "sluice", PATH=path), 0)
        self.assertFalse((self.directory / "asked").exists())
