# SPDX-License-Identifier: Apache-2.0
"""A release, and another whose deployment is a script of the test's."""
from promote_case import Promote

SCRIPT = "#!/bin/sh\n"
STAGING = ("--environment", "staging")


class BadInput(Promote):
    def script(self, world, name, text):
        """A program outside the repository."""
        file = world.path / name
        file.write_text(text if text.startswith("#!") else SCRIPT + text)
        file.chmod(0o755)
        return [str(file)]

    def with_deploy(self, text, *, timeout=None, **more):
        """A world that has a release, and whose next is deployed by the script."""
        world = self.world(**more)
        world.first = world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", *STAGING), 0)
        stage = world.stage()
        stage["hooks"]["deploy"] = {"run": self.script(world, "deploy", text), **({"timeout": timeout} if timeout else {})}
        world.second = world.pipeline(staging=stage)
        return world

    def ended(self, world, step="deploy"):
        found = [entry for entry in world.entries() if entry["kind"] == "step-ended" and entry["step"] == step]
        return found[-1]

    def assertWentBack(self, world, *words):
        outcome = self.assertStatus(world.sluice("run", *STAGING), 1)
        self.assertState(world, "staging", "rolled_back", world.first)
        for word in words:
            self.assertIn(word, outcome.out)
        return outcome
