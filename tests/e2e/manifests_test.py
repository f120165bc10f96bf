# SPDX-License-Identifier: Apache-2.0
"""The generated manifests, as their platforms' own checkers read them."""
import os
import shutil

import yaml
from harness import CACHE, CLIENTS, GATES, TOP, Case, clean_environment, run

# What a gate that keeps something between runs has beside its action: the container that the action ends with.
CONTAINERS = sorted(TOP.glob("actions/*/container/action.yml"))
MANIFESTS = sorted({TOP / "action.yml", *TOP.glob("actions/*/action.yml")}) + CONTAINERS


class Manifests(Case):
    def test_there_is_one_for_the_umbrella_and_one_for_each_gate(self):
        names = [str(m.relative_to(TOP)) for m in MANIFESTS if m not in CONTAINERS]
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

    def test_advisories_are_brought_up_to_date_and_kept_unless_an_input_turns_it_off(self):
        """With the runner's own words: the inputs of the action reach the container, whose home is what is kept."""
        action, inner = (yaml.safe_load((TOP / f"actions/deps/{name}").read_text())
                         for name in ("action.yml", "container/action.yml"))
        self.assertEqual(action["inputs"], inner["inputs"])
        self.assertEqual(inner["runs"]["env"], {"SLUICE_UPDATE_ADVISORIES": "true"})
        self.assertTrue((TOP / "actions/deps/container" / inner["runs"]["image"]).exists())
        day, cache, copy, gate = action["runs"]["steps"]
        self.assertEqual(day["if"], "inputs.update-advisories != 'false'")
        self.assertEqual(cache["if"], day["if"])
        self.assertEqual(cache["with"]["path"], "${{ runner.temp }}/_github_home/.cache/sluice/advisories")
        self.assertEqual({name: f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}, gate["with"])
        self.assertEqual({name: output["value"] for name, output in action["outputs"].items()},
                         {name: f"${{{{ steps.gate.outputs.{name} }}}}" for name in inner["outputs"]})
        # The steps that are ours, as the runner would carry them out.
        workspace = self.directory / "work/shop/shop"
        workspace.mkdir(parents=True)
        output = self.directory / "output"
        environment = clean_environment(self.directory, GITHUB_WORKSPACE=workspace, GITHUB_OUTPUT=output,
                                        GITHUB_ACTION_PATH=TOP / "actions/deps")
        self.assertStatus(run(["bash", "-e", "-c", day["run"]], workspace, environment), 0)
        self.assertRegex(output.read_text(), r"\Aday=\d{4}-\d\d-\d\d\n\Z")
        small = self.directory / "action"
        for name in ("Dockerfile", "actions/deps/container/action.yml"):
            (small / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, small / name)
        environment["GITHUB_ACTION_PATH"] = str(small / "actions/deps")
        for _ in range(2):  # a runner of one's own has what an earlier job left
            self.assertStatus(run(["bash", "-e", "-c", copy["run"]], workspace, environment), 0)
            place = workspace / gate["uses"]
            self.assertEqual((place / "action.yml").read_text(),
                             (small / "actions/deps/container/action.yml").read_text())
            self.assertTrue((place / inner["runs"]["image"]).resolve().exists())

    def test_the_umbrella_brings_them_up_to_date_too(self):
        self.assertEqual(yaml.safe_load((TOP / "action.yml").read_text())["runs"]["env"],
                         {"SLUICE_DEPS_UPDATE_ADVISORIES": "true"})

    def test_the_template_keeps_what_it_fetches(self):
        spec, jobs = yaml.safe_load_all((TOP / "templates/deps.yml").read_text())
        job, = jobs.values()
        self.assertEqual(spec["spec"]["inputs"]["update-advisories"]["default"], "true")
        self.assertEqual(job["variables"]["SLUICE_UPDATE_ADVISORIES"], "$[[ inputs.update-advisories ]]")
        self.assertEqual(job["variables"]["XDG_CACHE_HOME"], "$CI_PROJECT_DIR/.cache")
        self.assertEqual(job["cache"]["paths"], [".cache/sluice/advisories/"])

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
