# SPDX-License-Identifier: Apache-2.0
"""A pull request's own configuration cannot weaken the gate that judges it; the base branch's can."""
import json
import shutil

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


STRICT = "fail-on: low\n"
ALLOW = "allow:\n  - {path: deploy.env, reason: a test token, expires: 2099-01-01}\n"


class Checkout(Case):
    """Clones as the platforms make them, of an upstream whose main has moved on since the change left it."""

    def upstream(self, main, *, fork_point="", change=""):
        """`main`, `fork_point`, `change`: the text of .sluice.yml there."""
        upstream = self.repository("upstream")
        self.fork_point = upstream.commit("Start", {"README.md": "# Shop\n", ".sluice.yml": fork_point})
        upstream.git("checkout", "-q", "-b", "change")
        self.token = github_token(7)
        self.head = upstream.commit("Deploy", {"deploy.env": f"TOKEN={self.token}\n", ".sluice.yml": change})
        upstream.git("checkout", "-q", "main")
        self.tip = upstream.commit("Decide", {".sluice.yml": main, "CHANGES": "1\n"})
        upstream.git("checkout", "-q", "--detach", "main")
        upstream.git("merge", "-q", "--no-ff", "-X", "ours", "-m", "Merge", self.head)
        self.merge = upstream.git("rev-parse", "HEAD")
        upstream.git("update-ref", "refs/pull/1/merge", self.merge)
        upstream.git("update-ref", "refs/pipelines/1", self.head)
        upstream.git("checkout", "-q", "main")
        return upstream

    def fetched(self, upstream, commit, *fetch):
        clone = self.repository("clone")
        clone.git("remote", "add", "origin", f"file://{upstream.path}")
        clone.git("fetch", "-q", "--no-tags", "--refmap=", *fetch)
        clone.git("checkout", "-q", "--force", "--detach", commit)
        return clone

    def actions_checkout(self, upstream, depth):
        """actions/checkout of a pull request: the merge alone, or with every branch."""
        if depth:
            return self.fetched(upstream, self.merge, f"--depth={depth}", "origin",
                                f"+{self.merge}:refs/remotes/pull/1/merge")
        return self.fetched(upstream, self.merge, "origin", "+refs/heads/*:refs/remotes/origin/*",
                            f"+{self.merge}:refs/remotes/pull/1/merge")

    def gitlab_checkout(self, upstream, depth):
        """A merge request's pipeline: its own ref alone, with GIT_DEPTH 0 the branches too."""
        if depth:
            return self.fetched(upstream, self.head, f"--depth={depth}", "origin", "+refs/pipelines/1:refs/pipelines/1")
        return self.fetched(upstream, self.head, "origin", "+refs/heads/*:refs/remotes/origin/*",
                            "+refs/pipelines/1:refs/pipelines/1")

    def github(self, checkout, event="pull_request", ref="refs/pull/1/merge", sha=None):
        file = self.directory / "event.json"
        file.write_text(json.dumps({
            "number": 1, "ref": ref, "after": sha or self.head, "before": self.fork_point,
            "pull_request": {"number": 1, "base": {"sha": self.fork_point, "ref": "main"},
                             "head": {"sha": self.head, "ref": "change"}},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return {"GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": file,
                "GITHUB_SHA": sha or self.merge, "GITHUB_REF": ref, "GITHUB_WORKSPACE": checkout.path,
                "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SERVER_URL": "https://github.com"}

    def gitlab(self, checkout):
        return {"CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": checkout.path, "CI_JOB_NAME": "gate",
                "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "1", "CI_COMMIT_SHA": self.head,
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.fork_point, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                "CI_DEFAULT_BRANCH": "main"}

    def judged(self, checkout, environment, status, *words):
        outcome = checkout.run("sluice-secrets", **environment)
        self.assertStatus(outcome, status)
        self.assertSays(outcome.out + outcome.err, *words)
        self.assertNotIn(self.token, outcome.out + outcome.err)
        return outcome

    def test_depth_0_takes_the_tip_and_not_the_fork_point(self):
        upstream = self.upstream(STRICT, fork_point=ALLOW, change=ALLOW)
        for checkout, environment in ((self.actions_checkout, self.github), (self.gitlab_checkout, self.gitlab)):
            clone = checkout(upstream, 0)
            self.judged(clone, environment(clone), 1)
            shutil.rmtree(clone.path)

    def test_depth_0_accepts_what_the_tip_accepts(self):
        upstream = self.upstream(ALLOW)
        for checkout, environment in ((self.actions_checkout, self.github), (self.gitlab_checkout, self.gitlab)):
            clone = checkout(upstream, 0)
            self.judged(clone, environment(clone), 0)
            shutil.rmtree(clone.path)

    def test_gitlab_depth_20_has_no_tip(self):
        """The fork point is in that clone, and does not count; the built-in defaults do."""
        upstream = self.upstream(ALLOW, fork_point=ALLOW, change=ALLOW)
        clone = self.gitlab_checkout(upstream, 20)
        self.judged(clone, self.gitlab(clone), 1, "whose tip is not in this clone", "built-in",
                    "git fetch origin", "is the change's own and does not count")

    def test_actions_checkout_depth_1_has_nothing_to_judge_by(self):
        upstream = self.upstream(ALLOW, fork_point=ALLOW, change=ALLOW)
        clone = self.actions_checkout(upstream, 1)
        self.judged(clone, self.github(clone), 3, "fetch-depth: 0")

    def test_no_event_off_the_default_branch_is_judged_by_its_own_file(self):
        upstream = self.upstream(STRICT, change=ALLOW)
        clone = self.fetched(upstream, self.head, "origin", "+refs/heads/*:refs/remotes/origin/*")
        for event in ("push", "workflow_dispatch", "issue_comment", "pull_request_review", "pull_request_sync",
                      "pull_request_target", "repository_dispatch", "schedule"):
            environment = self.github(clone, event, "refs/heads/change", self.head)
            self.judged(clone, environment, 1, "does not count")

    def test_every_platform_is_one(self):
        upstream = self.upstream(STRICT, change=ALLOW)
        clone = self.fetched(upstream, self.head, "origin", "+refs/heads/*:refs/remotes/origin/*")
        clone.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        platforms = {
            "plain": {"CI": "true"},
            "bitbucket": {"CI": "true", "BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_COMMIT": self.head,
                          "BITBUCKET_BRANCH": "change"},
            "bitbucket request": {"BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_COMMIT": self.head, "BITBUCKET_PR_ID": "1",
                                  "BITBUCKET_PR_DESTINATION_BRANCH": "main"},
            "azure": {"TF_BUILD": "True", "BUILD_REASON": "IndividualCI", "BUILD_SOURCEVERSION": self.head,
                      "BUILD_SOURCEBRANCH": "refs/heads/change"},
            "circleci": {"CIRCLECI": "true", "CIRCLE_SHA1": self.head, "CIRCLE_BRANCH": "change"},
            "jenkins": {"JENKINS_URL": "http://ci/", "GIT_COMMIT": self.head, "BRANCH_NAME": "change"},
            "jenkins change": {"JENKINS_URL": "http://ci/", "GIT_COMMIT": self.head, "CHANGE_ID": "1",
                               "CHANGE_TARGET": "main"},
            "drone": {"DRONE": "true", "DRONE_BUILD_EVENT": "push", "DRONE_COMMIT_SHA": self.head,
                      "DRONE_COMMIT_REF": "refs/heads/change", "DRONE_REPO_BRANCH": "main"},
            "woodpecker": {"CI": "woodpecker", "CI_PIPELINE_EVENT": "push", "CI_COMMIT_SHA": self.head,
                           "CI_COMMIT_REF": "refs/heads/change", "CI_REPO_DEFAULT_BRANCH": "main"},
        }
        for name, environment in platforms.items():
            with self.subTest(name):
                self.judged(clone, environment, 1, "is the change's own and does not count")
        outcome = clone.run("sluice-secrets")  # a laptop's own file counts, and what would not is told
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, '"allow" counts here; a request would be judged by .sluice.yml (of main)')

    def test_trusted_branches_are_the_default_branchs_to_name(self):
        upstream = self.upstream("trusted-branches: [release/*]\n", change=ALLOW)
        upstream.git("branch", "release/1", "change")
        clone = self.fetched(upstream, self.head, "origin", "+refs/heads/*:refs/remotes/origin/*")
        self.judged(clone, self.github(clone, "workflow_dispatch", "refs/heads/release/1", self.head), 0)
        self.judged(clone, self.github(clone, "workflow_dispatch", "refs/heads/change", self.head), 1)

    def test_default_branch_is_the_operators_to_name(self):
        upstream = self.upstream(ALLOW, change=STRICT)
        clone = self.fetched(upstream, self.head, "origin", "+refs/heads/*:refs/remotes/origin/*")
        self.judged(clone, {"CI": "true"}, 1, "--default-branch", "built-in")
        self.judged(clone, {"CI": "true", "SLUICE_DEFAULT_BRANCH": "main"}, 0)
        clone.write(".sluice.yml", "default-branch: change\n")
        self.judged(clone, {"CI": "true"}, 2, "can only be set by a flag or the environment")


class Links(Case):
    """The path of what decides is taken literally, there and here."""

    def linked(self, files, link, target):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n", **files})
        (repository.path / link).parent.mkdir(parents=True, exist_ok=True)
        (repository.path / link).symlink_to(target)
        repository.commit("Link")
        return repository

    def refused(self, repository, *arguments, **environment):
        outcome = repository.run("sluice-secrets", *arguments, **environment)
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "is a symbolic link")
        return outcome

    def test_a_configuration_that_is_a_link(self):
        (self.directory / "outside.yml").write_text("fail-on: none\n")
        for target in ("other.yml", str(self.directory / "outside.yml"), "nowhere.yml"):
            with self.subTest(target):
                repository = self.linked({"other.yml": "fail-on: none\n"}, ".sluice.yml", target)
                self.refused(repository)
                self.refused(repository, CI="true", SLUICE_DEFAULT_BRANCH="main")
                shutil.rmtree(repository.path)

    def test_a_directory_on_the_way(self):
        (self.directory / "outside").mkdir()
        (self.directory / "outside/b.json").write_text('{"schema": "sluice.baseline/2", "findings": []}')
        repository = self.linked({}, "config", str(self.directory / "outside"))
        self.refused(repository, "--baseline", "config/b.json")
        self.refused(repository, "--config", "config/b.json")

    def test_a_link_at_the_tip_that_is_a_file_here(self):
        repository = self.linked({"other.yml": "fail-on: none\n"}, ".sluice.yml", "other.yml")
        repository.git("checkout", "-q", "-b", "change")
        (repository.path / ".sluice.yml").unlink()
        repository.commit("Unlink", {".sluice.yml": "fail-on: low\n"})
        self.refused(repository, CI="true", SLUICE_DEFAULT_BRANCH="main")

    def test_a_file_names_nothing_outside_the_repository(self):
        outside = self.directory / "b.json"
        outside.write_text('{"schema": "sluice.baseline/2", "findings": []}')
        repository = self.repository()
        for named in (str(outside), "../b.json"):
            repository.commit("Name it", {".sluice.yml": f"baseline: {named}\n"})
            outcome = repository.run("sluice-secrets")
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.err, "not in the repository; only --baseline may")
        repository.commit("Name none", {".sluice.yml": ""})
        self.assertStatus(repository.run("sluice-secrets", "--baseline", outside), 0)
