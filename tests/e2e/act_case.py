# SPDX-License-Identifier: Apache-2.0
"""What tests of workflows share: the real act, and what came of it."""
import json

from containers import BASE, base_image, socket
from harness import CACHE, Case, clean_environment, run


class ActCase(Case):
    def act(self, repository, *arguments, event="push"):
        base_image()
        environment = clean_environment(self.directory, DOCKER_HOST=f"unix://{socket()}")
        # act finds the repository's owner and ref in the remote.
        if "origin" not in repository.git("remote"):
            repository.git("remote", "add", "origin", "https://github.com/acme/shop.git")
        outcome = run([CACHE / "bin/act", event, "-P", f"ubuntu-latest={BASE}", "--pull=false", "--action-offline-mode",
                       "--container-daemon-socket", "-", "--json", *arguments], repository.path, environment,
                      timeout=1800)
        self.events = []
        for line in (outcome.out + outcome.err).splitlines():
            try:
                self.events.append(json.loads(line))
            except ValueError:
                continue
        return outcome

    def commands(self, name):
        return [e for e in self.events if e.get("command") == name]

    def text(self):
        return "\n".join(str(e.get("msg", "")) for e in self.events)

    def summary(self):
        return "\n".join(e.get("content", "") for e in self.commands("summary"))

    def outputs(self):
        for line in self.text().splitlines():
            if line.strip().startswith("outputs=["):
                return line.strip()[len("outputs=["):-1].split("|")
        self.fail(f"no outputs in:\n{self.text()}")
