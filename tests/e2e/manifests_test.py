# SPDX-License-Identifier: Apache-2.0
"""The generated manifests, as their platforms' own checkers read them."""
import os
import shutil

from harness import CACHE, CLIENTS, GATES, TOP, Case, clean_environment, run

MANIFESTS = sorted([TOP / "action.yml", *TOP.glob("actions/*/action.yml")])


class Manifests(Case):
    def test_there_is_one_for_the_umbrella_and_one_for_each_gate(self):
        names = [str(m.relative_to(TOP)) for m in MANIFESTS]
        self.assertEqual(names, ["action.yml", *(f"actions/{gate.removeprefix('sluice-')}/action.yml" for gate in GATES)])

    def test_action_validator_accepts_them(self):
        for manifest in MANIFESTS:
            with self.subTest(str(manifest.relative_to(TOP))):
                self.assertStatus(self.validator(manifest), 0)

    def test_action_validator_is_awake(self):
        broken = self.directory / "action.yml"
        broken.write_text(MANIFESTS[0].read_text().replace("runs:", "runz:"))
        self.assertNotEqual(self.validator(broken).status, 0)

    def validator(self, manifest):
        return run(["node", CLIENTS / "@action-validator/cli/cli.mjs", manifest], manifest.parent)

    def workflow(self, text):
        """actionlint over a repository that uses our actions from its own tree, so that it reads their inputs."""
        repository = self.repository()
        for manifest in MANIFESTS:
            target = repository.path / manifest.relative_to(TOP)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(manifest, target)
        repository.write("Dockerfile", "FROM scratch\n")
        repository.write(".github/workflows/gates.yml", text)
        return run([CACHE / "bin/actionlint", "-no-color"], repository.path)

    def test_actionlint_accepts_a_workflow_that_uses_every_action_and_output(self):
        outcome = self.workflow(WORKFLOW)
        self.assertStatus(outcome, 0)

    def test_actionlint_refuses_an_input_that_we_do_not_have(self):
        outcome = self.workflow(WORKFLOW.replace("fail-on:", "fial-on:"))
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out, "fial-on")

    def test_no_manifest_has_a_default_that_would_beat_the_configuration_file(self):
        for manifest in MANIFESTS:
            self.assertNotRegex(manifest.read_text(), r"(?m)^    default:")

    def test_pre_commit_accepts_the_hooks(self):
        outcome = run([CACHE / "python/bin/pre-commit", "validate-manifest", TOP / ".pre-commit-hooks.yaml"],
                      self.directory, clean_environment(self.directory, PRE_COMMIT_HOME=self.directory))
        self.assertStatus(outcome, 0)

    def test_own_workflows(self):
        outcome = run([CACHE / "bin/actionlint", "-no-color", *sorted(TOP.glob(".github/workflows/*.yml"))], TOP,
                      {**clean_environment(self.directory), "HOME": os.environ.get("HOME", "/")})
        self.assertStatus(outcome, 0)


WORKFLOW = """\
on: push
permissions:
  contents: read
jobs:
  gates:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - id: secrets
        uses: ./actions/secrets
        with:
          fail-on: high
          format: sarif=secrets.sarif
      - uses: ./actions/migrations
      - uses: ./
        with:
          command: secrets
      - run: echo "$RESULT $COUNT $SEVERITY $RANGE"
        env:
          RESULT: ${{ steps.secrets.outputs.result }}
          COUNT: ${{ steps.secrets.outputs.findings-count }}
          SEVERITY: ${{ steps.secrets.outputs.highest-severity }}
          RANGE: ${{ steps.secrets.outputs.range }}
"""
