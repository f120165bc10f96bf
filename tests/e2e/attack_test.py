# SPDX-License-Identifier: Apache-2.0
"""Every line of tests/attack/attacks.toml: what somebody does to a repository, how the gate is then called, and what it
must answer. Whatever it answers, no credential that the attack planted is in anything that comes out."""
import json
import re
import tomllib

from harness import BIN, TOP, Case, clean_environment, github_token, made_up, run

DATA = TOP / "tests/attack"
FORMATS = ("github", "gitlab-codequality", "gitlab-dependency-scanning", "gitlab-sast", "gitlab-secret-detection", "html", "json", "junit", "oneline", "sarif", "summary")
PIECE = 12  # as long a piece of a secret is one too many
PEOPLE = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
          "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"}


def github(event, **variables):
    return lambda at: {"GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": event, "GITHUB_SHA": at["head"],
                       "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SERVER_URL": "https://github.com",
                       "GITHUB_EVENT_PATH": at["payload"], "GITHUB_REF": f"refs/heads/{at['branch']}", **variables}


# How a gate is called: the variables that the platform sets, for the tip of the branch that is checked out.
EVENTS = {
    "shell": lambda at: {},
    "ci": lambda at: {"CI": "true", "SLUICE_DEFAULT_BRANCH": "main"},
    "push": github("push"),
    "pull_request": github("pull_request", GITHUB_REF="refs/pull/1/merge", GITHUB_BASE_REF="main"),
    "pull_request_target": github("pull_request_target", GITHUB_BASE_REF="main"),
    "workflow_dispatch": github("workflow_dispatch"),
    "schedule": github("schedule"),
    "merge_group": github("merge_group"),
    "merge_request": lambda at: {
        "CI": "true", "GITLAB_CI": "true", "CI_JOB_NAME": "gate", "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "1", "CI_COMMIT_SHA": at["head"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": at["base"],
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_DEFAULT_BRANCH": "main"},
    "jenkins": lambda at: {"JENKINS_URL": "http://ci/", "GIT_COMMIT": at["head"], "BRANCH_NAME": at["branch"],
                           "SLUICE_DEFAULT_BRANCH": "main"},
}


def attacks():
    return tomllib.loads((DATA / "attacks.toml").read_text())["attack"]


class Attack(Case):
    def git(self, *arguments):
        result = run(["git", *arguments], self.work, clean_environment(self.directory))
        return result.out.strip() if result.status == 0 else ""

    def places(self, attack):
        head = self.git("rev-parse", "HEAD")
        base = self.git("merge-base", "main", "HEAD") or head
        before = attack.get("before") or self.git("rev-parse", "-q", "--verify", "refs/sluice/before") or base
        payload = self.directory / "event.json"
        payload.write_text(json.dumps({
            "action": "opened", "number": 1, "ref": self.git("symbolic-ref", "HEAD"), "before": before, "after": head,
            "pull_request": {"number": 1, "base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "change"}},
            "merge_group": {"base_sha": before, "head_sha": head, "base_ref": "refs/heads/main",
                            "head_ref": "refs/heads/gh-readonly-queue/main/pr-1"},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return {"head": head, "base": base, "payload": payload, "branch": self.git("branch", "--show-current")}

    def prepare(self, attack):
        self.work = self.directory / "shop"
        self.work.mkdir()
        self.secrets = {"TOKEN": github_token(attack["name"]), "OTHER": github_token("other " + attack["name"]),
                        "HEX": made_up(attack["name"], 40, "0123456789abcdef")}
        path = f"{BIN}:{clean_environment('/')['PATH']}"
        script = f". {DATA}/recipe.sh\n{attack['recipe']}\n"
        done = run(["sh", "-c", script], self.work, clean_environment(self.directory, **PEOPLE, **self.secrets) | {"PATH": path})
        self.assertEqual(done.status, 0, f"the recipe of '{attack['name']}': {done}")

    def judge(self, attack):
        self.prepare(attack)
        variables = {name: value.format(**self.secrets) for name, value in attack.get("environment", {}).items()}
        event = EVENTS[attack.get("event", "shell")](self.places(attack))
        environment = clean_environment(self.directory, **{**event, **variables})
        files = {name: self.directory / f"report.{name}" for name in FORMATS}
        command = [word.format(**self.secrets) for word in attack["run"].split()]
        formats = [f"--format={name}={file}" for name, file in files.items()] if attack.get("sinks", True) else []
        outcome = run([BIN / command[0], *command[1:], *formats], self.directory / attack.get("at", "shop"), environment,
                      attack.get("stdin", "").format(**self.secrets))
        self.assertStatus(outcome, attack["status"])
        for words in attack.get("says", []):
            self.assertIn(words, re.sub(r"\s+", " ", outcome.out + outcome.err))
        for words in attack.get("lacks", []):
            self.assertNotIn(words, outcome.out + outcome.err)
        texts = [outcome.out, outcome.err, *(file.read_text() for file in files.values() if file.exists()),
                 *((self.work / path).read_text() for path in attack.get("reads", []))]
        for name, secret in self.secrets.items():
            for piece in {secret[at:at + PIECE] for at in range(6, len(secret) - PIECE)}:
                for text in texts:
                    self.assertNotIn(piece, text, f"{name} of '{attack['name']}' is shown in part")

    def test_each(self):
        for attack in attacks():
            with self.subTest(attack["name"]):
                self.setUp()
                self.judge(attack)

    def test_each_is_of_a_promise_that_is_made(self):
        """SECURITY.md's table and the list name the same promises."""
        table = (TOP / "SECURITY.md").read_text()
        made = set(re.findall(r"^\| \*\*(.+?)\*\* \|", table, re.M))
        self.assertEqual(made, {attack["promise"] for attack in attacks()})

    def test_no_name_twice(self):
        names = [attack["name"] for attack in attacks()]
        self.assertEqual(len(names), len(set(names)))
