# SPDX-License-Identifier: Apache-2.0
"""The action in workflows under the real act, in containers of podman, without a network."""
import json
import shutil

from act_case import ActCase
from containers import IMAGE, image
from harness import TOP, Repository

ACTION_FILES = ("action.yml", "actions/secrets/action.yml", "actions/migrations/action.yml")
# What the image is built from, so that an action that names the Dockerfile can be built in a checkout.
BUILD_FILES = ("Dockerfile", ".dockerignore", "CMakeLists.txt", "CMakePresets.json", "cmake", "src",
               "scripts/lib/image-root.sh")

WORKFLOW = """\
on: {event}
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - id: gate
        uses: {uses}
{inputs}
      - if: always()
        env:
          RESULT: ${{{{ steps.gate.outputs.result }}}}
          COUNT: ${{{{ steps.gate.outputs.findings-count }}}}
          SEVERITY: ${{{{ steps.gate.outputs.highest-severity }}}}
        run: echo "outputs=[$RESULT|$COUNT|$SEVERITY]"
"""


class Act(ActCase):
    def workflow(self, repository, uses=None, event="push", **inputs):
        """Adds the workflow. Without `uses` it is our secrets action on the image that the tests have built."""
        if uses is None:
            uses = "./.github/actions/secrets"
            image()
            text = (TOP / "actions/secrets/action.yml").read_text().replace("../../Dockerfile",
                                                                            "docker://localhost/sluice:e2e")
            assert "docker://" in text
            repository.write(".github/actions/secrets/action.yml", text)
        lines = "".join(f"          {name.replace('_', '-')}: {value}\n" for name, value in inputs.items())
        repository.write(".github/workflows/gate.yml",
                         WORKFLOW.format(event=event, uses=uses, inputs="        with:\n" + lines if inputs else ""))
        repository.commit("Gate")

    def test_planted_secret_fails_with_annotation_summary_and_outputs(self):
        repository = self.planted()
        self.workflow(repository)
        outcome = self.act(repository)
        self.assertNotEqual(outcome.status, 0, self.text())
        errors = self.commands("error")
        self.assertEqual(len(errors), 1, self.text())
        self.assertEqual(errors[0]["kvPairs"].get("file"), "deploy.env")
        # The line is in a commit of the past; on what is checked out an annotation would mark another text.
        self.assertNotIn("line", errors[0]["kvPairs"])
        self.assertSays(errors[0]["arg"], "deploy.env:2:7")
        self.assertSays(errors[0]["arg"] + str(errors[0]["kvPairs"]), "GitHub personal access token")
        self.assertSays(self.summary(), "github-personal-access-token", "deploy.env", self.planted_commit[:7])
        self.assertEqual(self.outputs(), ["fail", "1", "critical"])
        self.assertNoSecret(outcome.out, outcome.err)

    def test_clean_passes(self):
        repository = self.clean()
        self.workflow(repository)
        outcome = self.act(repository)
        self.assertEqual(outcome.status, 0, self.text())
        self.assertEqual(self.commands("error"), [])
        self.assertEqual(self.outputs()[:2], ["pass", "0"])
        self.assertNotEqual(self.summary(), "")

    def test_shallow_is_incomplete(self):
        repository = self.clean("origin")
        self.workflow(repository)
        shallow = Repository(self.directory / "shallow", clone_of=repository, arguments=["--depth", "1"])
        shallow.git("remote", "set-url", "origin", "https://github.com/acme/shop.git")
        outcome = self.act(shallow)
        self.assertNotEqual(outcome.status, 0, self.text())
        self.assertEqual(self.outputs()[0], "incomplete")
        self.assertSays(self.text() + self.summary(), "fetch-depth: 0")

    def test_inputs_reach_the_gate(self):
        repository = self.planted()
        self.workflow(repository, fail_on="none")
        self.assertEqual(self.act(repository).status, 0, self.text())

    def test_a_step_may_name_the_image_itself(self):
        repository = self.planted()
        image()
        self.workflow(repository, uses=f"docker://{IMAGE}", args="secrets", fail_on="none")
        self.assertEqual(self.act(repository).status, 0, self.text())
        self.assertEqual(self.outputs()[0], "pass")

    def test_a_hostile_file_name_cannot_speak_to_the_runner(self):
        repository = self.planted()
        repository.commit("Odd", {"a\n::add-mask::deploy\n##[error]x.env": f"T={self.planted_token}\n"})
        self.workflow(repository)
        self.act(repository)
        self.assertEqual(self.commands("add-mask"), [])
        self.assertEqual(len(self.commands("error")), 1, self.text())

    def test_push_event_with_a_range(self):
        """With the payload of a push, only what was pushed is judged: the old secret is not this push's."""
        repository = self.planted()
        before = repository.git("rev-parse", "HEAD")
        self.workflow(repository)
        event = self.directory / "event.json"
        event.write_text(json.dumps({"ref": "refs/heads/main", "before": before,
                                     "after": repository.git("rev-parse", "HEAD"), "created": False, "forced": False,
                                     "deleted": False, "repository": {"full_name": "acme/shop",
                                                                      "default_branch": "main"}}))
        outcome = self.act(repository, "-e", event)
        self.assertEqual(outcome.status, 0, self.text())
        self.assertEqual(self.outputs()[0], "pass")

    def in_checkout_of_ours(self, uses, **inputs):
        """A repository that holds our sources and uses the action from its own tree, as our own workflow does: the
        runner builds the image from the Dockerfile."""
        image()  # its layers are the cache of the build below
        repository = self.planted()
        for name in (*ACTION_FILES, *BUILD_FILES):
            source, target = TOP / name, repository.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
        self.workflow(repository, uses=uses, **inputs)
        return self.act(repository)

    def test_root_action_built_from_its_dockerfile(self):
        outcome = self.in_checkout_of_ours("./", command="secrets")
        self.assertNotEqual(outcome.status, 0, self.text())
        self.assertEqual(self.outputs()[0], "fail")
        self.assertIn("deploy.env", self.text())

    def test_secrets_action_built_from_the_same_dockerfile(self):
        self.in_checkout_of_ours("./actions/secrets")
        self.assertEqual(self.outputs()[0], "fail")
