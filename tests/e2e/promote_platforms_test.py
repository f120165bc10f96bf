# SPDX-License-Identifier: Apache-2.0
"""Promotions that are recorded on GitHub and GitLab and announced, each request held against what the platform publishes."""
import json
import pathlib
import shutil
import tempfile
import urllib.error
import urllib.request

from harness import github_token, run_git
from platform_servers import GitHub, GitLab, Prism, Webhook, description
from promote_case import Promote


class Platforms(Promote):
    def staged(self, world, *, stages=None, **pipeline):
        stages = stages or {"production": world.stage(url="https://shop.example")}
        world.repository.write("promotion.yml", json.dumps({"environments": stages, **pipeline}, indent=1))
        return world.commit("Let invoices be paid")

    def promote(self, world, *arguments, verb="run", environment="production", **variables):
        return world.sluice(verb, "--environment", environment, *arguments, **variables)


class OnGitHub(Platforms):
    @classmethod
    def setUpClass(cls):
        cls.place = pathlib.Path(tempfile.mkdtemp(prefix="sluice-prism."))
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        described = description()
        cls.github = GitHub(described)
        cls.addClassCleanup(cls.github.stop)
        cls.prism = Prism(cls.place, cls.github.url, described)
        cls.addClassCleanup(cls.prism.stop)

    def setUp(self):
        super().setUp()
        self.github.forget()

    def job(self, world, **more):
        event = world.path / "event.json"
        event.write_text(json.dumps({"repository": {"default_branch": "main"}}))
        return {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_EVENT_PATH": event,
                "GITHUB_WORKSPACE": world.repository.path, "GITHUB_REF": "refs/heads/main", "GITHUB_ACTOR": "ada",
                "GITHUB_SHA": world.repository.git("rev-parse", "HEAD"), "GITHUB_REPOSITORY": "octo/shop",
                "GITHUB_RUN_ID": "77", "GITHUB_SERVER_URL": "https://github.example", "GITHUB_API_URL": self.prism.url,
                "GITHUB_TOKEN": "made-up", **more}

    def states(self):
        return [f"{id} {state}" for id, state, _ in self.github.statuses]

    def assertNothingRefused(self):
        self.assertEqual(self.prism.refused(), [])

    def test_the_proxy_refuses_what_the_description_does_not_allow(self):
        for body in ({}, {"ref": "main", "auto_merge": "no"}, {"ref": "main", "unknown": 1}, {"ref": "main", "payload": 1}):
            with self.subTest(body=body), self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(f"{self.prism.url}/repos/octo/proxy/deployments", method="POST",
                                                              data=json.dumps(body).encode(),
                                                              headers={"Content-Type": "application/json"}))
            self.assertEqual(refused.exception.code, 422)
        self.assertEqual(self.github.asked, [])
        self.prism.log.write_text("")  # what other tests look at

    def test_a_promotion_is_a_deployment_and_its_steps_are_states(self):
        world = self.world()
        commit = self.staged(world)
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        self.assertNothingRefused()
        begun, confirmed = world.entries()[0], world.entries()[-1]
        self.assertEqual(len(self.github.made), 1)
        body = self.github.bodies("POST", "/deployments")[0]
        self.assertEqual((body["ref"], body["auto_merge"], body["required_contexts"]), (commit, False, []))
        self.assertEqual(body["payload"]["sluice"], {"ledger": "", "promotion": begun["id"], "number": 1, "commit": commit,
                                                     "environment": "production"})
        self.assertEqual(self.states(), ["1 in_progress", "1 in_progress", "1 in_progress", "1 success"])
        status = self.github.bodies("POST", "/statuses")[-1]
        self.assertEqual((status["log_url"], status["environment_url"]),
                         ("https://github.example/octo/shop/actions/runs/77", "https://shop.example"))
        world.commit()
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        self.assertEqual(self.github.made[0]["payload"]["sluice"]["ledger"], confirmed["id"])
        self.assertNothingRefused()

    def test_a_run_that_was_killed_and_resumed_has_one_deployment(self):
        world = self.world()
        self.staged(world)
        for entry in range(2, 6):
            with self.subTest(entry=entry):
                self.github.forget()
                world.commit()
                killed = self.promote(world, kill=entry, **self.job(world))
                self.assertLess(killed.status, 0, killed)
                self.assertStatus(self.promote(world, "--force", verb="resume", **self.job(world)), 0)
                self.assertEqual(len(self.github.made), 1)
                self.assertEqual(self.states()[-1], "1 success")
        self.assertNothingRefused()

    def test_a_release_that_is_taken_back_is_a_failure_there(self):
        world = self.world()
        self.staged(world)
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        bad = world.commit()
        world.say("bad", bad)
        self.assertStatus(self.promote(world, **self.job(world)), 1)
        self.assertEqual(self.states()[-1], "2 failure")
        self.assertTrue(self.github.statuses[-1][2].startswith("rolled-back: verify"), self.github.statuses)
        self.assertLessEqual(max(len(text.encode()) for _, _, text in self.github.statuses), 140)
        self.assertNothingRefused()

    def test_a_rollback_is_a_deployment_of_the_release_before(self):
        world = self.world()
        first = self.staged(world)
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        world.commit()
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        self.assertStatus(self.promote(world, verb="rollback", **self.job(world)), 0)
        self.assertEqual((self.github.made[0]["ref"], self.states()[-1]), (first, "3 success"))
        self.assertNothingRefused()

    def test_approvals_of_the_run_count_for_its_commit(self):
        world = self.world()
        commit = self.staged(world, stages={"production": world.stage(approvals={"count": 1, "proof": "platform"})})
        self.github.head = commit
        waits = self.assertStatus(self.promote(world, **self.job(world)), 3)
        self.assertIn("the job that runs this is not one of the environment", waits.err)
        self.github.approvals = [("grace", "approved", "production")]
        self.github.head = "b" * 40
        self.assertIn("approvals of this run are of bbbbbbbb", self.promote(world, **self.job(world)).err)
        self.github.head = commit
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        world.commit()
        self.github.head = world.repository.git("rev-parse", "HEAD")
        self.github.approvals = [("grace", "rejected", "production")]
        self.assertStatus(self.promote(world, **self.job(world)), 1)
        self.assertNothingRefused()

    def test_an_outage_loses_nothing_of_the_ledger(self):
        world = self.world()
        self.staged(world)
        away = "http://127.0.0.1:9"
        told = self.assertStatus(self.promote(world, **self.job(world, GITHUB_API_URL=away)), 0)
        self.assertIn("the deployment is not recorded: GitHub: ", told.err)
        with_outage = world.kinds()
        quiet = self.world("quiet")
        self.staged(quiet)
        self.assertStatus(self.promote(quiet), 0)
        self.assertEqual(with_outage, quiet.kinds())
        self.assertStatus(self.promote(world, verb="history", **self.job(world)), 0)

    def test_a_refusal_names_the_permission_and_changes_nothing(self):
        world = self.world()
        self.staged(world)
        for refusal, said in (((409, {"message": "Conflict merging main"}), "is in conflict, and was not recorded"),
                              ((202, {"message": "Auto-merged main"}), "merged another branch"),
                              ((403, {"message": "Resource not accessible by integration"}), "`permissions: deployments: write`")):
            with self.subTest(status=refusal[0]):
                world.commit()
                self.github.refusal = refusal
                # Of 403 the description does not speak, so that the proxy would hide it.
                told = self.assertStatus(self.promote(world, **self.job(world, GITHUB_API_URL=self.github.url)), 0)
                self.assertIn(said, told.err)
                self.assertNotIn("made-up", told.err + told.out)
        self.assertEqual(self.github.statuses, [])

    def test_without_a_token_nothing_is_asked(self):
        world = self.world()
        self.staged(world)
        told = self.assertStatus(self.promote(world, **self.job(world, GITHUB_TOKEN="")), 0)
        self.assertEqual(told.err.count("GITHUB_TOKEN is not set"), 1)
        self.assertEqual(self.github.asked, [])

    def test_a_ledger_that_was_wound_back_is_seen_by_a_runner_that_never_saw_it(self):
        world = self.world()
        self.staged(world)
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        kept = run_git(world.origin, "rev-parse", "sluice/ledger")
        world.commit()
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        run_git(world.origin, "update-ref", "refs/heads/sluice/ledger", kept)
        world.commit()
        fresh = world.clone("fresh")
        job = self.job(world, GITHUB_WORKSPACE=fresh)
        refused = self.assertStatus(self.promote(world, directory=fresh, **job), 1)
        self.assertIn("was wound back, or replaced", refused.out)
        self.assertStatus(self.promote(world, directory=world.clone("other"), verb="unlock", **job), 1)
        accepted = self.promote(world, "--force", "--reason", "restored from a copy", directory=fresh, verb="unlock", **job)
        self.assertStatus(accepted, 0)
        self.assertStatus(self.promote(world, directory=fresh, **job), 0)
        self.assertNothingRefused()


class OnGitLab(Platforms):
    def setUp(self):
        super().setUp()
        self.gitlab = GitLab()
        self.addCleanup(self.gitlab.stop)
        self.addCleanup(lambda: self.assertEqual(self.gitlab.wrong, []))

    def job(self, world, **more):
        head = world.repository.git("rev-parse", "HEAD")
        return {"CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": world.repository.path, "CI_JOB_NAME": "deploy",
                "CI_PIPELINE_SOURCE": "web", "CI_COMMIT_SHA": head, "CI_COMMIT_REF_NAME": "main", "CI_COMMIT_BRANCH": "main",
                "CI_DEFAULT_BRANCH": "main", "CI_PROJECT_ID": "7", "CI_JOB_ID": "55",
                "CI_JOB_URL": "https://gitlab.example/octo/shop/-/jobs/55", "CI_API_V4_URL": f"{self.gitlab.url}/api/v4",
                "CI_JOB_TOKEN": "made-up", **more}

    def test_a_promotion_is_a_deployment_by_the_jobs_own_token(self):
        world = self.world()
        commit = self.staged(world)
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        self.assertEqual(self.gitlab.made, [{"id": 1, "deployable": None, "environment": "production", "sha": commit,
                                             "ref": "main", "tag": False, "status": "success"}])
        bad = world.commit()
        world.say("bad", bad)
        self.assertStatus(self.promote(world, **self.job(world)), 1)
        self.assertEqual(self.gitlab.made[1]["status"], "failed")

    def test_a_run_that_was_killed_and_resumed_has_one_deployment(self):
        world = self.world()
        self.staged(world)
        self.assertLess(self.promote(world, kill=3, **self.job(world)).status, 0)
        self.assertStatus(self.promote(world, "--force", verb="resume", **self.job(world)), 0)
        self.assertEqual([made["status"] for made in self.gitlab.made], ["success"])

    def test_the_deployment_of_the_job_is_left_to_it(self):
        world = self.world()
        commit = self.staged(world)
        self.gitlab.made.append({"id": 1, "deployable": {"id": 55}, "environment": "production", "sha": commit, "status": "running"})
        self.assertStatus(self.promote(world, **self.job(world)), 0)
        self.assertEqual([method for method, _, _ in self.gitlab.asked], ["GET"])

    def test_a_freeze_period_holds_a_promotion_and_no_rollback(self):
        world = self.world()
        stage = world.stage(freeze="gitlab")
        self.staged(world, stages={"production": stage})
        self.gitlab.freezes = [{"id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1", "cron_timezone": "Europe/Berlin",
                                "created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z"}]
        frozen, thawed = {"now": "2026-11-28T12:00:00Z"}, {"now": "2026-12-01T12:00:00Z"}
        person = {"GITLAB_TOKEN": "a-person's"}
        held = self.assertStatus(self.promote(world, **frozen, **self.job(world, **person)), 3)
        self.assertIn("freeze period 1 of GitLab", held.out)
        unread = self.promote(world, **thawed, **self.job(world))
        self.assertStatus(unread, 4)
        self.assertIn("GITLAB_TOKEN", unread.out)
        for _ in range(2):
            self.assertStatus(self.promote(world, **thawed, **self.job(world, **person)), 0)
            world.commit()
        back = self.promote(world, verb="rollback", now="2026-12-05T12:00:00Z", **self.job(world, **person))
        self.assertStatus(back, 0)

    def test_a_resource_group_without_order_is_told_of(self):
        world = self.world()
        self.staged(world)
        self.gitlab.groups["production"] = {"id": 1, "key": "production", "process_mode": "unordered"}
        told = self.assertStatus(self.promote(world, **self.job(world, GITLAB_TOKEN="a-person's")), 0)
        self.assertIn("`oldest_first`", told.err)


class Announced(Platforms):
    def setUp(self):
        super().setUp()
        self.hook = Webhook()
        self.addCleanup(self.hook.stop)
        self.addCleanup(lambda: self.assertEqual(self.hook.wrong, []))
        self.variables = {"SLUICE_SLACK_WEBHOOK": f"{self.hook.url}/services/address-of-the-team"}

    def test_two_audiences_are_told_before_during_and_after(self):
        world = self.world()
        self.staged(world, stages={"production": world.stage(freeze="gitlab")},
                    notify=[{"audience": "technical", "on": ["waiting", "begun", "step", "ended"]},
                            {"audience": "business", "channel": "#shop"}])
        gitlab = GitLab()
        self.addCleanup(gitlab.stop)
        gitlab.freezes = [{"id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1", "cron_timezone": "UTC"}]
        variables = {"CI_API_V4_URL": f"{gitlab.url}/api/v4", "CI_PROJECT_ID": "7", "GITLAB_TOKEN": "a-person's", **self.variables}
        for _ in range(2):
            self.assertStatus(self.promote(world, now="2026-11-28T12:00:00Z", **variables), 3)
        technical, business = self.hook.texts()
        self.assertIn("freeze period 1 of GitLab", technical)
        self.assertIn("A new version is to come to production. Not before Mon 30 Nov 2026 07:00 UTC", business)
        secret = github_token()
        self.assertStatus(self.promote(world, "--reason", f"<!channel> with {secret}", now="2026-12-01T12:00:00Z", **variables), 0)
        texts = self.hook.texts()[2:]
        self.assertTrue(texts[0].startswith("production: promotion of "), texts)
        self.assertIn("reason: &lt;!channel&gt; with ", texts[0])
        self.assertEqual([text.splitlines()[0] for text in texts if "version" in text.splitlines()[0]],
                         ["A new version is being brought to production now.", "The new version is in production, and it is well."])
        self.assertEqual({body.get("channel") for _, _, body in self.hook.asked}, {None, "#shop"})
        self.assertIn("steps: deploy done", texts[-2])
        self.assertNotIn(secret, "".join(texts))

    def test_a_webhook_that_is_away_stops_nothing_and_is_not_named(self):
        world = self.world()
        self.staged(world, notify=[{}])
        told = self.promote(world, SLUICE_SLACK_WEBHOOK="http://127.0.0.1:9/services/address-of-the-team")
        self.assertStatus(told, 0)
        self.assertIn("technical was not told: 127.0.0.1", told.err)
        self.assertNotIn("address-of-the-team", told.err + told.out)

    def test_an_address_in_the_file_is_refused(self):
        world = self.world()
        self.staged(world, notify=[{"webhook": "https://hooks.example/services/address-of-the-team"}])
        refused = self.promote(world)
        self.assertNotEqual(refused.status, 0)
        self.assertIn("no secret stands in a file", refused.err)
        self.assertNotIn("address-of-the-team", refused.err + refused.out)
