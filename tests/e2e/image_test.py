# SPDX-License-Identifier: Apache-2.0
"""The image: its size, who may run it, what is in it, how fast it starts."""
import gzip
import os
import subprocess
import time

from containers import image, podman
from harness import GATES, Case

LIMIT = 31 * 1000 * 1000


class Image(Case):
    def setUp(self):
        super().setUp()
        self.image = image()

    def gate(self, repository, *arguments, options=()):
        """Offline, with the repository mounted read-only where a hook or a pipeline would."""
        return podman("run", "--rm", "--network", "none", "-v", f"{repository.path}:/src:ro", "-w", "/src", *options,
                      self.image, *arguments, check=False)

    def test_size_compressed(self):
        archive = self.directory / "image.tar.gz"
        with subprocess.Popen(["podman", "save", self.image], stdout=subprocess.PIPE) as save:
            with gzip.open(archive, "wb", 6) as out:
                while chunk := save.stdout.read(1 << 20):
                    out.write(chunk)
        self.assertEqual(save.returncode, 0)
        size = archive.stat().st_size
        print(f"    image: {size / 1e6:.1f} MB compressed")
        self.assertLess(size, LIMIT)

    def test_root_finds_without_a_network(self):
        outcome = self.gate(self.planted(), "secrets")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out, "github-personal-access-token", "deploy.env")
        self.assertNoSecret(outcome.out, outcome.err)

    def test_any_uid_without_a_passwd_entry(self):
        self.directory.chmod(0o755)
        for name, repository, status in (("planted", self.planted("planted"), 1), ("clean", self.clean("clean"), 0)):
            with self.subTest(name):
                outcome = self.gate(repository, "secrets", options=["--user", "12345:54321", "--env", "HOME="])
                self.assertStatus(outcome, status)

    def test_each_gate_is_an_executable_of_its_own(self):
        for gate in GATES:
            outcome = self.gate(self.clean(gate), options=["--entrypoint", gate])
            # No lockfile, pipeline or anything that reads a variable is in it, which is a gap of whoever asks by name.
            self.assertStatus(outcome, 3 if gate in ("sluice-deps", "sluice-env", "sluice-promote") else 0)

    def test_the_umbrella_runs_its_gates(self):
        self.assertStatus(self.gate(self.planted("planted"), "check"), 1)
        self.assertStatus(self.gate(self.clean("clean"), "check"), 0)

    def test_shell_for_gitlab(self):
        """GitLab replaces the entrypoint and starts `sh`."""
        outcome = podman("run", "--rm", "--network", "none", "-i", "--entrypoint", "", self.image, "/bin/sh", "-c",
                         "sluice --version && cat /etc/ssl/certs/ca-certificates.crt | head -n 1 "
                         "&& TZ=Europe/Berlin date -d '2026-07-01 12:00 UTC' +%Z%H 2>&1; id -u")
        self.assertSays(outcome.out, "-----BEGIN CERTIFICATE-----")
        self.assertRegex(outcome.out, r"\d+\.\d+\.\d+")
        zones = podman("run", "--rm", "--entrypoint", "/bin/sh", self.image, "-c",
                       "ls /usr/share/zoneinfo/Europe/Berlin /tmp -d")
        self.assertSays(zones.out, "/usr/share/zoneinfo/Europe/Berlin")

    def test_it_holds_nothing_but_what_it_needs(self):
        listing = podman("run", "--rm", "--entrypoint", "/bin/sh", self.image, "-c",
                         "ls /usr/local/bin; ls /usr/bin /usr/sbin /var/lib/dpkg /etc/apt 2>/dev/null; true").out
        self.assertEqual(listing.split(), ["sluice", *GATES])

    def test_verdict_within_a_second_of_a_plain_container(self):
        repository = self.clean()

        def best(*command):
            times = []
            for _ in range(5):
                start = time.monotonic()
                podman("run", "--rm", "--network", "none", "-v", f"{repository.path}:/src:ro", "-w", "/src", *command)
                times.append(time.monotonic() - start)
            return min(times)

        plain = best("--entrypoint", "/bin/busybox", self.image, "true")
        ours = best(self.image, "secrets")
        print(f"    busybox {plain:.2f} s, sluice secrets {ours:.2f} s, {os.cpu_count()} cores")
        self.assertLess(ours - plain, 1.0)
