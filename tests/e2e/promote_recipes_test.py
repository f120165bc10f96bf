# SPDX-License-Identifier: Apache-2.0
"""Recipes of `sluice promote init`: each is written into a repository, and its hooks are run against tools that know the
real ones' command lines, write down what they are asked, and refuse everything else."""
import os
import stat

import yaml

from harness import BIN, clean_environment, needs, run, run_git
from promote.recipe_case import RecipeCase

RECIPES = ("cloudflare-pages", "command", "compose", "fly", "frappe", "kubectl", "netlify", "pm2", "railway", "render",
           "supabase", "vercel")


class Written(RecipeCase):
    def test_every_recipe_is_a_pipeline_that_is_understood(self):
        for name in RECIPES:
            with self.subTest(name):
                repository = self.repository(name)
                repository.commit("Begin", {"a": "1\n"})
                outcome = self.init(repository, "--recipe", name)
                self.assertStatus(outcome, 0)
                text = (repository.path / "promotion.yml").read_text()
                # The same keys in .sluice.yml, which says at which place it does not know one.
                repository.write(".sluice.yml", "promote:\n" + "".join(f"  {line}\n" for line in text.splitlines()))
                (repository.path / "promotion.yml").unlink()
                shown = run([BIN / "sluice-promote", "--show-config"], repository.path, clean_environment(self.directory))
                self.assertStatus(shown, 0)
                for environment in yaml.safe_load(text)["environments"].values():
                    for hook in environment["hooks"].values():
                        self.assertSays(shown.out, *hook["run"])
                        program = repository.path / hook["run"][0]
                        self.assertTrue(os.access(program, os.X_OK), program)

    def test_a_pipeline_needs_no_more_than_twelve_lines(self):
        self.project("command")
        lines = [line for line in (self.path / "promotion.yml").read_text().splitlines() if line.split("#")[0].strip()]
        self.assertLessEqual(len(lines), 12, lines)

    @needs("shellcheck")
    def test_scripts_hold_no_surprises(self):
        for name in RECIPES:
            repository = self.repository(name)
            self.init(repository, "--recipe", name)
            scripts = sorted(path.relative_to(repository.path) for path in repository.path.rglob("*.sh"))
            self.assertTrue(scripts)
            self.assertStatus(run(["shellcheck", *scripts], repository.path), 0)
            for script in scripts:
                text = (repository.path / script).read_text()
                self.assertNotIn("SPDX", text)
                if text.startswith("#!"):
                    self.assertIn("\nset -euo pipefail\n", text)
                    self.assertTrue((repository.path / script).stat().st_mode & stat.S_IXUSR)

    def test_nothing_is_written_over(self):
        repository = self.repository()
        repository.write("scripts/promote/deploy.sh", "mine\n")
        outcome = self.init(repository, "--recipe", "fly")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "scripts/promote/deploy.sh", "there already")
        self.assertEqual((repository.path / "scripts/promote/deploy.sh").read_text(), "mine\n")
        self.assertFalse((repository.path / "promotion.yml").exists())
        self.assertFalse((repository.path / ".github").exists())

    def test_programs_of_ones_own_are_kept(self):
        repository = self.repository()
        repository.write("deploy.sh", "mine\n")
        outcome = self.init(repository, "--recipe", "command")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "kept   deploy.sh", "wrote  rollback.sh")
        self.assertEqual((repository.path / "deploy.sh").read_text(), "mine\n")

    def test_nothing_is_written_through_a_link(self):
        repository = self.repository()
        outside = self.directory / "outside"
        outside.mkdir()
        (repository.path / "scripts").symlink_to(outside)
        self.assertStatus(self.init(repository, "--recipe", "fly"), 2)
        self.assertEqual(list(outside.iterdir()), [])
        self.assertFalse((repository.path / "promotion.yml").exists())

    def test_it_is_written_to_the_root(self):
        repository = self.repository()
        repository.commit("Begin", {"deep/er/a": "1\n"})
        outcome = run([BIN / "sluice-promote", "init", "--recipe", "fly"], repository.path / "deep/er",
                      clean_environment(self.directory))
        self.assertStatus(outcome, 0)
        self.assertTrue((repository.path / "promotion.yml").exists())

    def test_a_name_that_is_none(self):
        repository = self.repository()
        for arguments in (("--recipe", "suppabase"), ("--recipe", ""), ("--recipe",)):
            outcome = self.init(repository, *arguments)
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.err, *RECIPES)
        self.assertSays(self.init(repository, "--recipe", "suppabase").err, "did you mean supabase?")

    def test_files_speak_for_a_recipe(self):
        marks = {"supabase/config.toml": "supabase", "wrangler.toml": "cloudflare-pages", "vercel.json": "vercel",
                 "netlify.toml": "netlify", "fly.toml": "fly", "railway.json": "railway", "render.yaml": "render",
                 "ecosystem.config.js": "pm2", "compose.yml": "compose", "k8s/app.yaml": "kubectl", "sites/apps.txt": "frappe",
                 "README.md": "command"}
        for path, name in marks.items():
            repository = self.repository(name)
            repository.write(path, "x\n")
            outcome = self.init(repository)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.err, f"recipe {name}: ")

    def test_the_workflow(self):
        repository = self.repository("trunk")
        repository.git("checkout", "-q", "-b", "trunk")
        self.init(repository, "--recipe", "railway")
        workflow = yaml.safe_load((repository.path / ".github/workflows/promote.yml").read_text())
        self.assertEqual(workflow["permissions"], {"contents": "write", "deployments": "write"})
        self.assertEqual(workflow[True]["push"], {"branches": ["trunk"]})
        self.assertTrue(workflow[True]["schedule"][0]["cron"])
        self.assertNotIn("concurrency", (repository.path / ".github/workflows/promote.yml").read_text().replace(
            "no concurrency group", ""))
        for environment in ("staging", "production"):
            job = workflow["jobs"][environment]
            self.assertEqual(job["steps"][0]["with"], {"fetch-depth": 0})
            self.assertSays(job["steps"][-1]["run"], "'resume' || 'run'", f"--environment {environment} --park")
            self.assertEqual(job["steps"][-1]["env"]["RAILWAY_TOKEN"], "${{ secrets.%s_RAILWAY_TOKEN }}" % environment.upper())
        self.assertEqual(workflow["jobs"]["production"]["needs"], "staging")

    def test_the_workflow_of_a_bench_runs_on_its_machine(self):
        repository = self.repository()
        self.init(repository, "--recipe", "frappe")
        jobs = yaml.safe_load((repository.path / ".github/workflows/promote.yml").read_text())["jobs"]
        self.assertEqual(jobs["production"]["runs-on"], ["self-hosted", "production"])
        self.assertNotIn("container", jobs["production"])

    def test_the_job_of_gitlab(self):
        for name in ("fly", "frappe"):
            repository = self.repository(name)
            repository.write(".gitlab-ci.yml", "stages: [test]\n")
            outcome = self.init(repository, "--recipe", name)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.err, "include .gitlab/promote.yml")
            self.assertFalse((repository.path / ".github").exists())
            jobs = yaml.safe_load((repository.path / ".gitlab/promote.yml").read_text())
            self.assertEqual(jobs[".promote"]["variables"], {"GIT_DEPTH": "0"})
            self.assertSays(jobs[".promote"]["script"][-1], "--park")
            self.assertEqual(jobs["promote-production"]["variables"]["PROMOTE_TO"], "production")
            self.assertEqual("image" in jobs[".promote"], name == "fly")
        self.assertEqual(jobs[".promote"]["tags"], ["$PROMOTE_TO"])


class Hooks(RecipeCase):
    def both_ways(self, *calls, back=None):
        """Deploy and rollback make these calls, and fail with each of them. Returns the calls of both."""
        there = self.succeeds("deploy", *calls)
        again = self.succeeds("rollback", *(back or calls))
        for name in ("deploy", "rollback"):
            self.fails_with_every_call(name)
        self.refuses_what_is_no_commit()
        self.assertEqual(run_git(self.path, "worktree", "list", "--porcelain").count("worktree "), 1)
        return there, again

    def test_command(self):
        self.project("command")
        self.assertNotEqual(self.hook("deploy").status, 0)
        (self.path / "deploy.sh").write_text("#!/bin/sh\necho \"$SLUICE_COMMIT to $SLUICE_ENVIRONMENT\"\n")
        self.assertEqual(self.hook("deploy").out, f"{self.commit} to production\n")
        self.assertEqual(self.hook("rollback").out, f"{self.previous} to production\n")
        self.assertNotEqual(self.hook("rollback", SLUICE_PREVIOUS_COMMIT="").status, 0)

    def test_supabase(self):
        self.project("supabase")
        self.watched_at()
        there, back = self.both_ways("supabase functions deploy", "supabase secrets set")
        for calls, commit in ((there, self.commit), (back, self.previous)):
            self.assertEqual([call.head for call in calls], [commit, commit])
            self.assertEqual(calls[0].flag("--project-ref"), "production-project-ref")
            self.assertEqual(calls[1].words, [f"RELEASE={commit}"])
        self.assertIn("--prune", there[0].flags)

        migrate = self.succeeds("migrate", "supabase link", "supabase db push")
        self.assertEqual((migrate[1].head, migrate[0].flag("--project-ref")), (self.commit, "production-project-ref"))
        self.assertIn("--linked", migrate[1].flags)
        self.fails_with_every_call("migrate")

        dumps = self.succeeds("backup", "supabase link", "supabase db dump", "supabase db dump", "supabase db dump")[1:]
        self.assertIn("--role-only", dumps[0].flags)
        self.assertIn("--data-only", dumps[2].flags)
        room = self.directory / "backups/production" / self.commit
        self.assertEqual(sorted(file.name for file in room.iterdir()), ["data.sql", "roles.sql", "schema.sql"])
        self.assertEqual((room / "data.sql").stat().st_mode & 0o077, 0)
        self.fails_with_every_call("backup")

        self.server.answer = (200, '{"version": "%s", "checks": {"database": {"ok": true, "latency_ms": 3}}}' % self.commit)
        outcome = self.hook("probe")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, f'"version":"{self.commit}"', '"database":{"ok":true,"latency_ms":3}')
        self.server.answer = (200, '{"checks": {"database": {"ok": false}, "odd": 1, "other": {"ok": true}}}')
        outcome = self.hook("probe")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, '"status":"degraded"', '"database":{"ok":false}')
        self.server.answer = (200, '{"status": "unhealthy"}')
        self.assertStatus(self.hook("probe"), 1)
        self.server.answer = (200, "no JSON")
        self.assertStatus(self.hook("probe"), 0)
        self.server.answer = (200, "{}")
        self.looks(version=None, checks=("http", "service"))
        self.nobody_there()

    def test_cloudflare_pages(self):
        self.project("cloudflare-pages")
        self.watched_at()
        calls = ("npm ci", "npm run", "wrangler pages deploy")
        for made, commit in zip(self.both_ways(*calls), (self.commit, self.previous)):
            self.assertEqual({call.head for call in made}, {commit})
            upload = made[-1]
            self.assertEqual((upload.flag("--commit-hash"), upload.flag("--branch"), upload.flag("--project-name")),
                             (commit, "main", "my-project"))
        deployment = {"Id": "1", "Environment": "Production", "Status": "2 minutes ago", "Branch": "main"}
        self.answer("wrangler", "pages deployment list", [
            {**deployment, "Branch": "staging", "Source": "1234567"}, {**deployment, "Status": "Failure", "Source": "7654321"},
            {**deployment, "Source": self.commit[:7]}, {**deployment, "Source": self.previous[:7]}])
        self.looks(version=self.commit)
        self.answer("wrangler", "pages deployment list", "no JSON")
        self.assertStatus(self.hook("probe"), 75)

    def test_vercel(self):
        self.project("vercel")
        self.watched_at()
        self.answer("vercel", "deploy", "https://new.vercel.app\n")
        self.answer("vercel", "list", {"deployments": [{"id": "dpl_1", "url": "old.vercel.app",
                                                        "meta": {"sluiceCommit": self.commit}}]})
        there, back = self.both_ways("vercel pull", "vercel build", "vercel deploy", "vercel promote",
                                     back=("vercel list", "vercel rollback"))
        self.assertEqual({call.head for call in there}, {self.commit})
        self.assertEqual({call.variables["VERCEL_PROJECT_ID"] for call in there + back}, {"prj_production"})
        self.assertEqual(there[2].flag("--meta"), f"sluiceCommit={self.commit}")
        self.assertEqual(there[3].words, ["https://new.vercel.app"])
        self.assertEqual(back[0].flag("--meta"), f"sluiceCommit={self.previous}")
        self.assertEqual(back[1].words, ["old.vercel.app"])
        self.answer("vercel", "inspect", {"id": "dpl_1"})
        self.looks(version=self.commit)
        self.answer("vercel", "list", {"deployments": []})
        self.assertNotIn(self.hook("rollback").status, (0, 75))
        self.assertEqual(len(self.calls()), 1)

    def test_netlify(self):
        self.project("netlify")
        self.watched_at()
        self.answer("netlify", "api listSiteDeploys", [
            {"id": "new", "title": self.commit, "state": "ready"}, {"id": "bad", "title": self.previous, "state": "error"},
            {"id": "good", "title": self.previous, "state": "ready"}])
        there, back = self.both_ways("npm ci", "netlify deploy", back=("netlify api", "netlify api"))
        self.assertEqual({call.head for call in there}, {self.commit})
        self.assertEqual((there[1].flag("--message"), there[1].flag("--site")), (self.commit, "production-site-id"))
        self.assertEqual((back[1].words, back[1].flag("--data")),
                         (["restoreSiteDeploy"], '{"site_id":"production-site-id","deploy_id":"good"}'))
        self.answer("netlify", "api getSite", {"published_deploy": {"id": "good", "title": self.commit}})
        self.looks(version=self.commit)
        self.answer("netlify", "api listSiteDeploys", [])
        self.assertNotIn(self.hook("rollback").status, (0, 75))

    def test_railway(self):
        self.project("railway")
        self.watched_at()
        for made, commit in zip(self.both_ways("railway up"), (self.commit, self.previous)):
            self.assertEqual((made[0].head, made[0].flag("--message"), made[0].flag("--environment")),
                             (commit, commit, "production"))
            self.assertIn("--ci", made[0].flags)
        self.answer("railway", "deployment list", [
            {"id": "3", "status": "FAILED", "meta": {"message": self.previous}},
            {"id": "2", "status": "SUCCESS", "meta": {"message": self.commit}}])
        self.looks(version=self.commit)

    def test_render(self):
        self.project("render")
        self.watched_at()
        for made, commit in zip(self.both_ways("render deploys create"), (self.commit, self.previous)):
            self.assertEqual((made[0].words, made[0].flag("--commit")), (["srv-production"], commit))
            self.assertIn("--wait", made[0].flags)
        self.answer("render", "deploys list", [{"id": "dep-2", "status": "build_failed", "commit": {"id": self.previous}},
                                               {"id": "dep-1", "status": "live", "commit": {"id": self.commit}}])
        self.looks(version=self.commit)

    def test_fly(self):
        self.project("fly")
        self.watched_at()
        there, back = self.both_ways("flyctl deploy")
        self.assertEqual((there[0].head, there[0].flag("--image-label"), there[0].flag("--app")),
                         (self.commit, self.commit, "my-app"))
        self.assertEqual((back[0].head, back[0].flag("--image")), (self.previous, f"registry.fly.io/my-app:{self.previous}"))
        self.answer("flyctl", "image show", [{"MachineID": "a", "Tag": self.commit}, {"MachineID": "b", "Tag": self.commit}])
        self.looks(version=self.commit, checks=("http", "machines"))
        self.answer("flyctl", "image show", [{"MachineID": "a", "Tag": self.commit}, {"MachineID": "b", "Tag": self.previous}])
        self.assertStatus(self.hook("probe"), 1)

    def test_pm2(self):
        self.project("pm2")
        self.watched_at()
        server = self.directory / "server"
        self.replace("/srv/my-app", str(server))
        self.assertNotEqual(self.hook("rollback").status, 0)  # no release of it was ever brought there
        calls = ("npm ci", "npm run", "rsync", "ssh", "pm2 startOrReload", "pm2 save")
        self.succeeds("deploy", *calls, SLUICE_COMMIT=self.previous)
        there, back = self.both_ways(*calls, back=("ssh", "pm2 startOrReload", "pm2 save"))
        self.assertEqual(there[0].head, self.commit)
        self.assertEqual(there[2].words[1], f"deploy@example.com:{server}/releases/{self.commit}/")
        self.assertEqual((server / "releases" / self.commit / "app.txt").read_text(), "2\n")
        self.assertEqual(back[1].variables["SLUICE_COMMIT"], self.previous)
        self.hook("rollback")
        self.assertEqual(os.readlink(server / "current"), f"releases/{self.previous}")
        self.hook("deploy")
        self.assertEqual(os.readlink(server / "current"), f"releases/{self.commit}")
        online = {"name": "my-app", "pm2_env": {"status": "online"}}
        self.answer("pm2", "jlist", [online, {"name": "other", "pm2_env": {"status": "stopped"}}])
        # The first call is ssh, without which nothing is known; the second is on the server.
        self.looks(version=self.commit, checks=("http", "pm2"), cut_off_at=(1,))
        for processes in ([online, {**online, "pm2_env": {"status": "errored"}}], []):
            self.answer("pm2", "jlist", processes)
            self.assertStatus(self.hook("probe"), 1)
        self.replace("deploy@example.com", "deploy@example.com;id")
        self.assertNotEqual(self.hook("rollback").status, 0)
        self.assertEqual(self.calls(), [])

    def test_compose(self):
        self.project("compose")
        self.watched_at()
        for made, commit, number in zip(self.both_ways("docker pull", "docker up"), (self.commit, self.previous), (2, 1)):
            for call in made:
                self.assertEqual((call.variables["IMAGE_TAG"], call.flag("--project-name"), call.flag("--file")),
                                 (commit, "my-app", "-"))
                self.assertEqual(call.input, f"services: {{}} # {number}\n")
            self.assertIn("--wait", made[1].flags)
        self.assertNotEqual(self.hook("deploy", SLUICE_COMMIT="0" * 40).status, 0)  # git show, in the middle of a pipe

        migrate = self.succeeds("migrate", "docker pull", "docker run")
        self.assertEqual((migrate[1].words, migrate[1].variables["IMAGE_TAG"]), (["app", "npm", "run", "migrate"], self.commit))
        self.fails_with_every_call("migrate")

        self.answer("docker", "exec", "PGDMP of the database\n")
        backup = self.succeeds("backup", "docker exec", "docker exec")
        self.assertSays(backup[0].words, "pg_dump", "--username=my-user", "my-database")
        self.assertEqual(backup[1].input, "PGDMP of the database\n")
        file = self.directory / "backups/production" / f"{self.commit}.dump"
        self.assertEqual(file.stat().st_mode & 0o077, 0)
        self.fails_with_every_call("backup")
        restore = self.succeeds("restore", "docker exec")
        self.assertEqual(restore[0].input, file.read_text())
        self.assertSays(restore[0].words, "pg_restore", "--exit-on-error", "--single-transaction")
        file.unlink()
        self.assertNotEqual(self.hook("restore").status, 0)

        app = '{"Service": "app", "Image": "registry.example.com:5000/my-app:%s", "State": "running", "Health": "%s"}\n'
        database = '{"Service": "db", "Image": "postgres:17", "State": "running", "Health": ""}\n'
        self.answer("docker", "ps", app % (self.commit, "healthy") + database)
        self.looks(version=self.commit, checks=("http", "containers"))
        for containers in (app % (self.commit, "unhealthy"), database, "[]"):
            self.answer("docker", "ps", containers)
            self.assertStatus(self.hook("probe"), 1)

    def test_kubectl(self):
        self.project("kubectl")
        self.watched_at()
        for made, commit in zip(self.both_ways("kubectl set image", "kubectl rollout status"), (self.commit, self.previous)):
            self.assertEqual(made[0].words, ["deployment/my-app", f"app=registry.example.com/my-app:{commit}"])
            self.assertEqual({(call.flag("--context"), call.flag("--namespace")) for call in made}, {("production", "my-app")})

        def state(available, observed=3):
            return {"metadata": {"generation": 3},
                    "spec": {"replicas": 2, "template": {"spec": {"containers": [
                        {"name": "proxy", "image": "proxy:1"},
                        {"name": "app", "image": f"registry.example.com:5000/my-app:{self.commit}"}]}}},
                    "status": {"observedGeneration": observed, "updatedReplicas": 2, "availableReplicas": available}}

        self.answer("kubectl", "get", state(2))
        self.looks(version=self.commit, checks=("http", "replicas"))
        for sick in (state(1), state(2, observed=2), ""):
            self.answer("kubectl", "get", sick)
            self.assertStatus(self.hook("probe"), 1)
        self.answer("kubectl", "get", "no JSON")
        self.assertStatus(self.hook("probe"), 75)


class Frappe(RecipeCase):
    def setUp(self):
        super().setUp()
        self.project("frappe", {"my_app/patches.txt": "[pre_model_sync]\n# a note\nmy_app.patches.one\nmy_app.patches.two #2\n"})
        self.watched_at()
        self.bench = self.directory / "bench"
        (self.bench / "apps").mkdir(parents=True)
        self.app = self.bench / "apps/my_app"
        run_git(self.directory, "clone", "-q", f"file://{self.path}", str(self.app))
        run_git(self.app, "checkout", "-q", "--detach", self.previous)
        self.replace("/srv/bench", str(self.bench))

    def at(self):
        return run_git(self.app, "rev-parse", "HEAD")

    def test_there_and_back(self):
        self.succeeds("backup", "bench backup")
        calls = self.calls()[0]
        self.assertEqual((calls.flag("--site"), "--with-files" in calls.flags), ("example.com", True))
        update, migrate = self.succeeds("migrate", "bench update", "bench migrate")
        self.assertIn("--requirements", update.flags)
        self.assertEqual((self.at(), migrate.flag("--site")), (self.commit, "example.com"))
        built = self.succeeds("deploy", "bench build", "bench clear-cache", "bench restart")
        self.assertEqual((built[0].flag("--app"), built[1].flag("--site")), ("my_app", "example.com"))
        self.succeeds("restore", "bench restore")
        restored = self.calls()[0]
        self.assertTrue(restored.words[0].endswith("-database.sql.gz"))
        self.assertTrue(restored.flag("--with-public-files").endswith("-site-files.tar"))
        self.assertTrue(restored.flag("--with-private-files").endswith("-private-files.tar"))
        self.succeeds("rollback", "bench update", "bench build", "bench clear-cache", "bench restart")
        self.assertEqual(self.at(), self.previous)
        self.refuses_what_is_no_commit()

    def test_each_failure_counts(self):
        for name in ("backup", "restore"):
            self.fails_with_every_call(name)
        for name, count in (("migrate", 2), ("deploy", 4), ("rollback", 4)):
            for number in range(1, count + 1):
                run_git(self.app, "update-ref", "-d", "refs/sluice/updated")
                self.assertNotIn(self.hook(name, fail_at=number).status, (0, 75))
                self.assertEqual(len(self.calls()), number)
        self.assertNotEqual(self.hook("deploy", SLUICE_COMMIT="0" * 40).status, 0)

    def test_requirements_that_failed_are_tried_again(self):
        self.assertNotEqual(self.hook("migrate", fail_at=1).status, 0)
        self.assertEqual(self.at(), self.commit)
        self.succeeds("migrate", "bench update", "bench migrate")
        self.succeeds("migrate", "bench migrate")

    def test_a_backup_that_cannot_be_read_is_none(self):
        self.answer("bench", "backup damage", "")
        self.assertNotEqual(self.hook("backup").status, 0)
        self.assertEqual(len(self.calls()), 1)

    def test_six_checks(self):
        well = "-----Checking scheduler status-----\nWorkers online: 3\n-----example.com Jobs-----\n"
        self.answer("bench", "version", [{"app": "frappe", "commit": "1234567"}, {"app": "my_app", "commit": self.previous[:7]}])
        self.answer("bench", "doctor", well)
        self.answers(["my_app.patches.one", "my_app.patches.two #2", "frappe.patches.other"], errors="")
        # Without versions nothing is known; that doctor or the database fail is known, and bad; errors are the least.
        self.looks(version=self.previous, cut_off_at=(1,), degraded_at=(4,),
                   checks=("http", "scheduler", "workers", "migrations", "error_log", "versions"))
        for said in (well.replace("3", "0"), "Scheduler disabled for example.com\n" + well, "Scheduler paused for example.com\n" + well,
                     "Maintenance mode on for example.com\n" + well):
            self.answer("bench", "doctor", said)
            self.assertStatus(self.hook("probe"), 1)
        self.answer("bench", "doctor", well)
        self.assertStatus(self.hook("probe"), 0)
        self.answers(["my_app.patches.one", "my_app.patches.two"], errors="")
        self.assertStatus(self.hook("probe"), 1)
        self.answers(["my_app.patches.one", "my_app.patches.two #2"], errors="4")
        outcome = self.hook("probe")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, '"status":"degraded"', '"error_log":{"ok":false}')
        self.answers("no JSON", errors="")
        self.assertStatus(self.hook("probe"), 75)

    def answers(self, log, errors):
        self.answer("bench", "execute frappe.get_all", log)
        self.answer("bench", "execute frappe.db.count", errors)
