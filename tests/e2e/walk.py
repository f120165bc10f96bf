# SPDX-License-Identifier: Apache-2.0
"""Walks CONTRIBUTING's ways as a person would, with the commands as they stand there.

A walk happens in an overlay over this checkout, mounted for one child process at the checkout's own path: the build
directory is warm, so that only what is new compiles, nothing of it reaches the checkout, and the overlay's upper
directory is the list of what was written.
"""
import os
import re
import subprocess

from harness import CACHE, TOP, Case, clean_environment, run


def overlay_works():
    script = f"""
set -e
d=$(mktemp -d)
mount -t tmpfs none $d; mkdir $d/upper $d/work
mount -t overlay overlay -o lowerdir={TOP},upperdir=$d/upper,workdir=$d/work {TOP}
"""
    return subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True).returncode == 0


def commands(heading):
    """The shell commands of the numbered steps under a heading of CONTRIBUTING.md."""
    section = (TOP / "CONTRIBUTING.md").read_text().split(heading)[1].split("\n## ")[0]
    return re.findall(r"`((?:scripts|build)/[^`]+)`", section)


class Walk(Case):
    def walk(self, start, fill_in, build, generate):
        """Runs the steps, with `fill_in` in the place of the person; returns what was written by hand and what was
        generated."""
        if not overlay_works():
            self.skipTest("overlay mounts are not allowed here")
        written = f"(cd {self.directory}/upper && find . -type f -not -path './build/*' -not -path './.git/*' | sort)"
        started = "\n".join(start)
        built = "\n".join(f"({step}) >> {self.directory}/log 2>&1 || {{ tail -n 60 {self.directory}/log; exit 1; }}"
                          for step in build)
        script = f"""
set -e
mount -t tmpfs none {self.directory}
cd {self.directory}
mkdir upper work
mount -t overlay overlay -o lowerdir={TOP},upperdir=upper,workdir=work {TOP}
cd {TOP}
{started}
{fill_in}
echo "== by hand"; {written}
{built}
{generate} || exit 1
echo "== all"; {written}
{generate} --check
"""
        environment = clean_environment(os.environ.get("HOME", "/"), XDG_CACHE_HOME=CACHE.parent)
        outcome = run(["unshare", "-m", "bash", "-c", script], "/", environment, timeout=1800)
        self.assertStatus(outcome, 0)
        by_hand, everything = (set(re.findall(r"^\./(.+)$", part, re.MULTILINE))
                               for part in outcome.out.split("== by hand")[1].split("== all"))
        return by_hand, everything - by_hand
