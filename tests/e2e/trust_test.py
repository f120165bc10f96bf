# SPDX-License-Identifier: Apache-2.0
"""A pull request's own configuration cannot weaken the gate that judges it; the base branch's can."""
import json

from harness import Case, Repository, github_token

WEAK = "fail-on: none\nallow:\n  - {path: '**', reason: mine, expires: 2099-01-01}\n"


class Trust(Case):
    def pull_request(self, base_configuration, head_configuration):
        """The checkout of a pull request from a fork, as the platform makes it, and the environment of its run."""
        upstream = self.repository("upstream")
        files = {"README.md": "# Shop\n"}
        if base_configuration:
            files[".sluice.yml"] = base_configuration
        base = upstream.commit("Start", files)
        fork = Repository(self.directory / "fork", clone_of=upstream)
        fork.git("checkout", "-q", "-b", "change")
        fork.commits = 10
        self.planted_token = github_token(3)
        files = {"deploy.env": f"TOKEN={self.planted_token}\n"}
        if head_configuration:
            files[".sluice.yml"] = head_configuration
        head = fork.commit("Deploy", files)

        checkout = Repository(self.directory / "checkout", clone_of=upstream)
        checkout.git("fetch", "-q", f"file://{fork.path}", "change:refs/remotes/pull/1/head")
        checkout.git("checkout", "-q", "-b", "merged")
        checkout.commits = 20
        checkout.git("merge", "-q", "--no-ff", "-m", "Merge", head)
        event = self.directory / "event.json"
        event.write_text(json.dumps({
            "action": "opened", "number": 1,
            "pull_request": {"number": 1, "base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "change"}},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return checkout, {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": event,
            "GITHUB_SHA": checkout.git("rev-parse", "HEAD"), "GITHUB_REF": "refs/pull/1/merge", "GITHUB_BASE_REF": "main",
            "GITHUB_WORKSPACE": checkout.path, "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_SERVER_URL": "https://github.com"}

    def test_own_file_cannot_weaken(self):
        checkout, environment = self.pull_request("", WEAK)
        outcome = checkout.run("sluice-secrets", **environment)
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out + outcome.err, "github-personal-access-token", "fail-on")
        self.assertNoSecret(outcome.out, outcome.err)

    def test_own_file_cannot_weaken_through_the_umbrella(self):
        checkout, environment = self.pull_request("", WEAK)
        self.assertStatus(checkout.run("sluice", "secrets", **environment), 1)

    def test_base_file_counts(self):
        checkout, environment = self.pull_request("fail-on: none\n", "")
        self.assertStatus(checkout.run("sluice-secrets", **environment), 0)

    def test_base_file_counts_over_the_change(self):
        checkout, environment = self.pull_request("fail-on: high\n", WEAK)
        self.assertStatus(checkout.run("sluice-secrets", **environment), 1)

    def test_own_file_counts_outside_a_pull_request(self):
        checkout, _ = self.pull_request("", WEAK)
        self.assertStatus(checkout.run("sluice-secrets"), 0)

    def test_inline_comment_of_a_pull_request_is_no_way_out(self):
        """Whether inline comments count is the base branch's to say."""
        checkout, environment = self.pull_request("inline-comments: ignore\n", "inline-comments: honour\n")
        checkout.commit("Excuse", {"other.env": f"TOKEN={github_token(5)} # sluice:allow[*] mine\n"})
        self.assertStatus(checkout.run("sluice-secrets", **environment), 1)

    def test_a_hostile_payload_is_refused(self):
        checkout, environment = self.pull_request("", "")
        event = json.loads(environment["GITHUB_EVENT_PATH"].read_text())
        event["pull_request"]["head"]["sha"] = "--upload-pack=touch /tmp/owned"
        environment["GITHUB_EVENT_PATH"].write_text(json.dumps(event))
        outcome = checkout.run("sluice-secrets", **environment)
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err + outcome.out, "head.sha")
