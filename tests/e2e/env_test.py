# SPDX-License-Identifier: Apache-2.0
"""The environment gate as a person meets it: repositories, files, stores, a process, and what is printed of them."""
import hashlib
import hmac
import json

from harness import BIN, Case, clean_environment, made_up, run

FORMATS = ("text", "json", "sarif", "junit", "html", "summary", "github", "oneline", "gitlab-codequality",
           "gitlab-secret-detection", "gitlab-sast", "gitlab-dependency-scanning")
KEY = "an organisation's own key, kept as a secret"


class Env(Case):
    def project(self, files, name="project"):
        directory = self.directory / name
        for path, text in files.items():
            file = directory / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return directory

    def env(self, directory, *arguments, stdin="", **environment):
        outcome = run([BIN / "sluice-env", *arguments], directory, clean_environment(self.directory, **environment), stdin=stdin)
        outcome.text = outcome.out + outcome.err
        return outcome

    def found(self, outcome):
        """(rule, key, path, line) of each finding."""
        report = json.loads(outcome.out)["reports"][0]
        all = []
        for finding in report["findings"]:
            facts = {fact["key"]: fact["value"] for fact in finding["facts"]}
            all.append((finding["rule"], facts.get("key", ""), finding["where"]["path"], finding["where"]["begin"]["line"]))
        return all

    def usage(self, directory):
        outcome = self.env(directory, "usage", "--format", "json")
        return outcome, {each["name"]: each for each in json.loads(outcome.out)["variables"]}


class Check(Env):
    def test_a_project_without_anything_of_the_kind(self):
        directory = self.project({"README.md": "Set FOO=1.\n"})
        self.assertStatus(self.env(directory), 3)
        repository = self.repository()
        repository.commit("Start", {"README.md": "x\n"})
        outcome = run([BIN / "sluice", "env"], repository.path, clean_environment(self.directory))
        self.assertStatus(outcome, 3)

    def test_what_is_named_and_holds_nothing_is_no_pass(self):
        directory = self.project({".env.example": "A=\n", "app.js": "process.env.A;\n", "sub/README.md": "x\n"})
        outcome = self.env(directory, "check", "sub")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "sub", "nothing in it reads, gives or declares a variable")
        self.assertStatus(self.env(directory, "check", "app.js"), 0)
        self.assertStatus(self.env(directory, "check", ""), 2)

    def test_paths(self):
        directory = self.project({"a/.env.production": "PORT=x\n", "b/.env.production": "PORT=y\n",
                                  ".env.schema": "# @type=port\nPORT=\n", "app.js": "process.env.PORT;\n"})
        both = self.found(self.env(directory, "check", "--format", "json"))
        self.assertEqual({path for rule, _, path, _ in both if rule == "type"}, {"a/.env.production", "b/.env.production"})
        one = self.found(self.env(directory, "check", "a/.env.production", "--format", "json"))
        self.assertEqual({path for _, _, path, _ in one}, {"a/.env.production"})
        self.assertEqual(one, self.found(self.env(directory, "check", "a", "--format", "json")))
        for outcome in (self.env(directory, "check", "c/.env"), self.env(directory, "check", "a", "nowhere")):
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.text, "there is no such file or directory")
        outside = self.project({".env": "A=1\n"}, name="outside")
        outcome = self.env(directory, "check", str(outside / ".env"))
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.text, "does not lie in")

    def test_a_file_of_any_name_is_read_as_a_dotenv_file_when_it_is_named(self):
        directory = self.project({"conf/production": "PORT=x\n", ".env.schema": "# @type=port\nPORT=\n"})
        self.assertIn(("type", "PORT", "conf/production", 1),
                      self.found(self.env(directory, "check", "conf/production", "--format", "json")))

    def test_the_umbrella_runs_the_same(self):
        directory = self.project({".env.production": "PORT=x\n", ".env.schema": "# @type=port\nPORT=\n"})
        environment = clean_environment(self.directory)
        one = run([BIN / "sluice", "env", "check", "--format", "json"], directory, environment)
        other = run([BIN / "sluice-env", "check", "--format", "json"], directory, environment)
        self.assertEqual(self.found(one), self.found(other))
        self.assertEqual(one.status, other.status)

    def test_what_was_there_before_the_change_is_told_apart(self):
        repository = self.repository()
        repository.commit("Start", {".env.schema": "# @type=port\nPORT=\n# @type=port\nOTHER=\n", ".env.production": "PORT=x\n",
                                    "app.js": "process.env.PORT; process.env.OTHER;\n"})
        repository.git("checkout", "-q", "-b", "change")
        repository.commit("Change", {".env.production": "PORT=x\nOTHER=y\n"})
        outcome = repository.run("sluice-env", "--base", "main", "--format", "json")
        report = json.loads(outcome.out)["reports"][0]
        ages = {fact["value"]: finding["disposition"] == "older" for finding in report["findings"] if finding["rule"] == "type"
                for fact in finding["facts"] if fact["key"] == "key"}
        self.assertEqual(ages, {"PORT": True, "OTHER": False})

    def test_a_schema_that_is_tracked_is_only_nearly_lost(self):
        repository = self.repository()
        repository.commit("Start", {".env.schema": "# @required\nREGION=\n", "app.js": "process.env.REGION;\n"})
        repository.commit("Ignore", {".gitignore": ".env.*\n"})
        outcome = self.env(repository.path, "check", "--format", "json")
        found = json.loads(outcome.out)["reports"][0]["findings"]
        self.assertEqual([(each["rule"], each["severity"]) for each in found], [("schema-ignored", "low")])

    def test_a_comment_allows_a_finding_with_a_reason(self):
        directory = self.project({".env.production": "# sluice:allow-next-line[type] a name of a port is meant\nPORT=web\n",
                                  ".env.schema": "# @type=port\nPORT=\n", "app.js": "process.env.PORT;\n"})
        report = json.loads(self.env(directory, "--format", "json").out)["reports"][0]
        kinds = {finding["rule"]: finding["disposition"] for finding in report["findings"]}
        self.assertEqual(kinds["type"], "suppressed")

    def test_a_waiver_ends(self):
        files = {".env.production": "PORT=web\n", ".env.schema": "# @type=port\nPORT=\n", "app.js": "process.env.PORT;\n",
                 ".sluice.yml": "allow:\n  - {rule: type, subject: 'env:production/PORT', reason: soon, expires: 2026-12-31}\n"}
        directory = self.project(files)
        self.assertStatus(self.env(directory, "--as-of", "2026-12-31"), 0)
        outcome = self.env(directory, "--as-of", "2027-01-01")
        self.assertStatus(outcome, 1)

    def test_settings_name_files_that_are_not_there(self):
        directory = self.project({".sluice.yml": "env:\n  environments:\n    production: {files: [.env.prod]}\n", ".env.example": "A=\n",
                                  "app.js": "process.env.A;\n"})
        outcome = self.env(directory)
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, ".env.prod", "is said to have this file")


    def test_what_a_default_in_the_place_of_a_secret_is_worth(self):
        code = 'process.env.JWT_SECRET ?? "%s";\n'
        word = made_up("fallback", 16)
        directory = self.project({".env.example": "JWT_SECRET=\n", "src/app.js": code % word, "src/changed.js": code % "changeme-later",
                                  "test/setup.js": code % word, "scripts/dev.js": code % word})
        outcome = self.env(directory, "--format", "json")
        severities = {each["where"]["path"]: each["severity"] for each in json.loads(outcome.out)["reports"][0]["findings"]}
        self.assertEqual(severities, {"src/app.js": "high", "src/changed.js": "medium", "test/setup.js": "low", "scripts/dev.js": "medium"})


class Values(Env):
    def test_no_value_is_on_any_way_out(self):
        """One secret in each place where a file can have one, with a fault that makes every rule speak of it."""
        def secret(name):
            return made_up(name, 32)
        names = ("plain", "quoted", "cut", "open", "url", "type", "default", "docker", "workflow", "shared", "key", "error")
        planted = {name: secret(name) for name in names}
        directory = self.project({
            ".env.production": f"API_SECRET={planted['plain']}\nPASSWORD='{planted['quoted']}'\nTOKEN=a{planted['cut']}#b\n"
                               f"DATABASE_URL=postgres://postgres:{planted['url']}@localhost/x\nPORT={planted['type']}\n"
                               f"SHARED_SECRET={planted['shared']}\nNEXT_PUBLIC_SECRET={planted['key']}\n",
            ".env.staging": f"SHARED_SECRET={planted['shared']}\nPORT=\"{planted['open']}\n",
            ".env": f"BAD LINE {planted['error']}\nA='{planted['error']}\n",
            ".env.schema": "# @type=port\nPORT=\n# @required\nMISSING=\n",
            "docker-compose.yml": "services:\n  a:\n    build: .\n    env_file: [.env.production, .env]\n",
            "Dockerfile": f"FROM x\nARG DB_PASSWORD={planted['docker']}\n",
            "app.js": f"export const x = process.env.JWT_SECRET || '{planted['default']}';\n",
            ".github/workflows/ci.yml": f"on: push\njobs:\n  a:\n    runs-on: x\n    env:\n      DB_PASSWORD: {planted['workflow']}\n    steps:\n      - run: echo\n"})
        files = [f"--format={name}={self.directory / name}" for name in FORMATS]
        outcomes = [self.env(directory, *files, GITHUB_STEP_SUMMARY=str(self.directory / "s.md")), self.env(directory, "--verbose"),
                    self.env(directory, "check", ".env"), self.env(directory, "usage"),
                    self.env(directory, "fingerprint", "--environment", "production", SLUICE_FINGERPRINT_KEY=KEY)]
        texts = [outcome.out + outcome.err for outcome in outcomes]
        texts += [file.read_text() for file in self.directory.iterdir() if file.is_file()]
        self.assertGreater(len(self.found(self.env(directory, "--format", "json"))), 8)
        for name, value in planted.items():
            for text in texts:
                self.assertNotIn(value[:12], text, name)
                self.assertNotIn(value[-12:], text, name)

    def test_fingerprints_are_keyed_digests_and_find_what_is_shared(self):
        one, other = made_up("one", 40), made_up("other", 40)
        self.project({".env.production": f"SIGNING_SECRET={one}\nPIN=1234\n"}, "production")
        self.project({".env.staging": f"SIGNING_SECRET={one}\nOTHER_SECRET={other}\n"}, "staging")
        for name in ("production", "staging"):
            outcome = self.env(self.directory / name, "fingerprint", "--environment", name, SLUICE_FINGERPRINT_KEY=KEY)
            self.assertStatus(outcome, 0)
            (self.directory / f"{name}.json").write_text(outcome.out)
        made = json.loads((self.directory / "production.json").read_text())
        self.assertEqual(made["fingerprints"], {"SIGNING_SECRET": hmac.new(KEY.encode(), one.encode(), hashlib.sha256).hexdigest()})
        self.assertEqual(made["guessable"], ["PIN"])
        judge = self.project({"README.md": "x\n"}, "judge")
        outcome = self.env(judge, "--fingerprints", self.directory / "production.json", "--fingerprints", self.directory / "staging.json",
                           "--format", "json")
        self.assertEqual([(rule, key) for rule, key, _, _ in self.found(outcome)], [("shared-between-environments", "SIGNING_SECRET")])
        self.assertStatus(outcome, 1)
        text = (self.directory / "staging.json").read_text()
        (self.directory / "staging.json").write_text(text.replace(json.loads(text)["key"], "0" * 16))
        outcome = self.env(judge, "--fingerprints", self.directory / "production.json", "--fingerprints", self.directory / "staging.json")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.text, "different keys")

    def test_fingerprints_that_nothing_is_compared_with_are_a_gap(self):
        secret = made_up("secret", 40)
        for environment, key in (("staging", KEY), ("production", KEY[::-1])):
            directory = self.project({f".env.{environment}": f"SIGNING_SECRET={secret}\n"}, environment)
            outcome = self.env(directory, "fingerprint", "--environment", environment, SLUICE_FINGERPRINT_KEY=key)
            (self.directory / f"{environment}.json").write_text(outcome.out)
        judge = self.project({"app.js": "process.env.SIGNING_SECRET;\n", ".env.example": "SIGNING_SECRET=\n"}, "judge")
        staging, production = (["--fingerprints", self.directory / f"{each}.json"] for each in ("staging", "production"))
        outcome = self.env(judge, *staging, *production)
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.text, "were made with different keys")
        for given in (staging, staging + staging):
            outcome = self.env(judge, *given)
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.out, "fingerprints of staging", "there are no others of the same key")

    def test_a_secret_under_another_name_is_shared_as_well(self):
        secret = made_up("secret", 40)
        directory = self.project({".env.production": f"DB_PASSWORD={secret}\n", ".env.staging": f"PG_PASSWORD={secret}\n",
                                  "app.js": "process.env.DB_PASSWORD; process.env.PG_PASSWORD;\n"})
        found = self.found(self.env(directory, "--format", "json"))
        self.assertEqual([rule for rule, *_ in found].count("shared-between-environments"), 1)

    def test_fingerprints_need_a_key_and_an_environment(self):
        directory = self.project({".env.production": "A=1\n"})
        for environment, says in (({}, "SLUICE_FINGERPRINT_KEY"), ({"SLUICE_FINGERPRINT_KEY": "short"}, "at least 16 bytes"),
                                  ({"SLUICE_FINGERPRINT_KEY": "passwordpassword"}, "can be guessed")):
            outcome = self.env(directory, "fingerprint", "--environment", "production", **environment)
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.text, says)
        outcome = self.env(directory, "fingerprint", "--environment", "staging", SLUICE_FINGERPRINT_KEY=KEY)
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.text, "there is no such environment", "production")


class Process(Env):
    def test_a_container_is_guarded(self):
        directory = self.project({".env.schema": "# @required @type=port\nPORT=\n# @required\nREGION=\n# @type=url\nUPSTREAM=\n"})
        good = {"PORT": "80", "REGION": "eu", "UPSTREAM": "https://up.shop.io", "APP_ENV": "production"}
        outcome = self.env(directory, "check", "--from-process", **good)
        self.assertStatus(outcome, 0)
        secret = made_up("process", 32)
        for bad, rule in (({"PORT": secret}, "type"), ({"REGION": ""}, "empty"), ({"REGION": None}, "missing")):
            given = {name: value for name, value in {**good, **bad}.items() if value is not None}
            outcome = self.env(directory, "check", "--from-process", "--format", "json", **given)
            self.assertIn(rule, [each[0] for each in self.found(outcome)], outcome)
            self.assertStatus(outcome, 1)
            self.assertNotIn(secret, outcome.text)

    def test_the_process_is_judged_and_no_file(self):
        directory = self.project({
            ".env.schema": "# @required\nREGION=\n# @optional\nGREETING=\n",
            ".env.production": "NEXT_PUBLIC_DB_PASSWORD=" + made_up("exposed", 20) + "\n",
            "broken.js": "process.env.REGION; const a = `",
            ".gitignore": ".env.schema\n",
        })
        outcome = self.env(directory, "check", "--from-process", REGION="eu")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.text, "2 variables")
        outcome = self.env(directory, "check", "--from-process")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.text, "this process's environment does not have it")

    def test_nothing_has_to_be_set_where_all_is_optional(self):
        directory = self.project({".env.schema": "# @optional\nGREETING=\n"})
        outcome = self.env(directory, "check", "--from-process")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.text, "1 variable")

    def test_an_example_does_not_say_what_is_needed(self):
        directory = self.project({".env.example": "GREETING=\n"})
        outcome = self.env(directory, "check", "--from-process")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, "no schema says what the program needs")

    def test_a_schema_that_is_none_is_named(self):
        for number, (text, says) in enumerate((("", "is empty"), ("# what it needs\n", "names no variable"),
                                               ("A=\n".encode("utf-16"), "UTF-8"))):
            directory = self.project({}, name=f"none{number}")
            directory.mkdir(exist_ok=True)
            (directory / ".env.schema").write_bytes(text if isinstance(text, bytes) else text.encode())
            outcome = self.env(directory, "check", "--from-process")
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.text, ".env.schema", says)
        (directory / ".env.schema").unlink()
        (directory / "elsewhere").write_text("# @optional\nGREETING=\n")
        (directory / ".env.schema").symlink_to("elsewhere")
        self.assertStatus(self.env(directory, "check", "--from-process"), 0)
        (directory / "elsewhere").unlink()
        outcome = self.env(directory, "check", "--from-process")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, ".env.schema")

    def test_a_schema_cannot_make_a_value_the_name_of_the_environment(self):
        secret = made_up("secret", 20)
        for head in ("# @currentEnv=$DB_PASSWORD\n# ---\n", "# @envFlag=DB_PASSWORD\n# ---\n", ""):
            with self.subTest(head):
                directory = self.project({".env.schema": head + "# @required\nMISSING=\n# @required\nDB_PASSWORD=\n"},
                                         hashlib.sha256(head.encode()).hexdigest()[:8])
                for command in (["check", "--from-process"], ["check", "--from-process", "--format", "json"],
                                ["fingerprint", "--from-process"]):
                    outcome = self.env(directory, *command, DB_PASSWORD=secret, APP_ENV=secret, SLUICE_FINGERPRINT_KEY=KEY)
                    self.assertNotIn(secret, outcome.text, command)
                outcome = self.env(directory, "check", "--from-process", APP_ENV="staging", DB_PASSWORD="staging")
                self.assertSays(outcome.out, "as staging")

    def test_without_a_schema_nothing_is_known(self):
        directory = self.project({"README.md": "x\n"})
        outcome = self.env(directory, "check", "--from-process")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.text, "no schema says what the program needs")


class Stores(Env):
    def test_names_of_a_store_are_compared(self):
        directory = self.project({".env.schema": "# @required\nREGION=\n# @required\nSIGNING_SECRET=\n",
                                  "app.js": "process.env.REGION; process.env.SIGNING_SECRET;\n", "gh.txt": "REGION\t2026-01-01T00:00:00Z\n"})
        outcome = self.env(directory, "--store", "production=gh.txt", "--format", "json")
        self.assertEqual([(rule, key) for rule, key, _, _ in self.found(outcome)], [("missing", "SIGNING_SECRET")])
        self.assertStatus(self.env(directory, "--store", "production=nowhere.txt"), 2)
        (directory / "gh.txt").write_text("{broken\n")
        self.assertStatus(self.env(directory, "--store", "production=gh.txt"), 2)


class Usage(Env):
    def test_verdicts(self):
        directory = self.project({
            "app.js": "process.env.READ; process.env.HOME; process.env.NOWHERE;\n", ".env.example": "READ=\nUNREAD=\n",
            ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: deploy\n        env:\n          T: ${{ secrets.DEPLOY_TOKEN }}\n"})
        outcome, variables = self.usage(directory)
        self.assertStatus(outcome, 1)
        verdicts = {name: each["verdict"] for name, each in variables.items()}
        self.assertEqual(verdicts, {"READ": "ok", "HOME": "ambient", "NOWHERE": "undeclared", "UNREAD": "unused",
                                    "DEPLOY_TOKEN": "ci-store", "T": "ok"})
        self.assertEqual(variables["NOWHERE"]["reads"], [{"path": "app.js", "line": 1}])
        self.assertEqual(variables["READ"]["declared"], [{"path": ".env.example", "line": 1}])

    def test_what_cannot_be_read_is_a_gap_and_the_rest_is_printed(self):
        directory = self.project({"app.js": "process.env.READ; const x = `open\n", ".env.example": "READ=\n"})
        outcome, variables = self.usage(directory)
        self.assertStatus(outcome, 3)
        self.assertEqual(variables["READ"]["verdict"], "ok")
        self.assertSays(outcome.err, "app.js")


    def test_why_nothing_is_unused_is_told(self):
        directory = self.project({".env.example": "REGION=\nGREETING=\n", "app.js": "process.env.REGION;\nexport const of = (name) => process.env[name];\n"})
        outcome, usage = self.usage(directory)
        self.assertEqual(usage["GREETING"]["verdict"], "ok")
        self.assertSays(outcome.err, "no variable is told to be unused", "app.js:2")
        self.assertSays(self.env(directory).text, "no variable is told to be unused")


class Hostile(Env):
    def test_links_do_not_lead_out_or_around(self):
        directory = self.project({"app.js": "process.env.A;\n", ".env.example": "A=\n"})
        (directory / ".env").symlink_to("/etc/passwd")
        (directory / ".env.local").symlink_to(".env.local")
        (directory / "loop").symlink_to(".")
        outcome = self.env(directory)
        self.assertIn(outcome.status, (0, 3), outcome)
        self.assertNotIn("root:", outcome.text)

    def test_a_link_counts_for_what_it_leads_to(self):
        text = "DB=postgres://postgres:postgres@localhost/db\n"
        directory = self.project({"conf/prod": text, "app.js": "process.env.DB;\n", ".env.example": "DB=\n"})
        (directory / ".env.production").symlink_to("conf/prod")
        self.assertIn(("published-default", "DB", ".env.production", 1), self.found(self.env(directory, "--format", "json")))
        (self.directory / "elsewhere").write_text(text)
        for name, target, status in (("out", "../elsewhere", 3), ("absolute", "/etc/passwd", 3), ("none", "conf/none", 0),
                                     ("loop", ".env.production", 0)):
            with self.subTest(name):
                (directory / ".env.production").unlink()
                (directory / ".env.production").symlink_to(target)
                outcome = self.env(directory)
                self.assertStatus(outcome, status)
                if status:
                    self.assertSays(outcome.out, ".env.production", "is a symbolic link that leads out of the repository")

    def test_a_pointer_of_git_lfs_is_no_content(self):
        directory = self.project({".env.production": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
                                  "app.js": "process.env.A || 1;\n", ".env.example": "A=\n"})
        outcome = self.env(directory)
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, ".env.production", "is kept by Git LFS")

    def test_no_line_of_a_value_is_told_as_a_name(self):
        body = ["M" + made_up(1, 47), "p" + made_up(2, 22) + "="]
        text = "KEY=-----BEGIN PRIVATE KEY-----\n" + "\n".join(body) + "\n-----END PRIVATE KEY-----\nDB_PASSWORD " + body[0] + "\n"
        directory = self.project({".env.production": text, ".env.staging": "OTHER=1\n", "app.js": "process.env.KEY;\n"})
        for format in FORMATS:
            outcome = self.env(directory, "--verbose", "--style", "--format", format)
            self.assertNotIn(body[0][:12], outcome.text, format)
            self.assertNotIn(body[1][:12], outcome.text, format)
        for command in ("usage", "init"):
            outcome = self.env(directory, command)
            self.assertNotIn(body[1][:12], outcome.text, command)

    def test_large_files_and_many_keys(self):
        many = "".join(f"KEY_{i}={i}\n" for i in range(100_000))
        directory = self.project({".env": many, "app.js": "process.env.KEY_1;\n"})
        outcome = self.env(directory, "check", "--format", "json")
        self.assertIn(outcome.status, (0, 1), outcome.err)
        directory = self.project({".env": "A=" + "x" * (50 << 20) + "\n"}, "large")
        outcome = self.env(directory, "check")
        self.assertIn(outcome.status, (0, 1, 3), outcome.err)

    def test_references_and_imports_that_go_in_circles(self):
        directory = self.project({".env": "A=${B}\nB=${C}\nC=${A}\n", ".env.schema": "# @import(./b.schema)\n# ---\nA=\n",
                                  "b.schema": "# @import(./.env.schema)\n# ---\nB=\n",
                                  "docker-compose.yml": "services:\n  a:\n    build: .\n    env_file: [.env]\n"})
        outcome = self.env(directory, "check")
        self.assertIn(outcome.status, (0, 1, 3), outcome)


class Style(Env):
    def test_what_no_reader_notices_is_mended_and_the_rest_is_told(self):
        text = "B='1'\nA=2   \n\n\nC=x"
        directory = self.project({".env": text, "app.js": "process.env.A; process.env.B; process.env.C;\n"})
        self.assertStatus(self.env(directory, "check"), 0)
        outcome = self.env(directory, "--style", "--format", "json")
        self.assertEqual({rule for rule, *_ in self.found(outcome)},
                         {"quote-character", "trailing-whitespace", "extra-blank-line", "ending-blank-line", "unordered-key"})
        outcome = self.env(directory, "check", "--fix")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.text, "add --style")
        self.assertEqual((directory / ".env").read_text(), text)
        outcome = self.env(directory, "check", "--style", "--fix")
        self.assertSays(outcome.text, "mended .env")
        # Docker keeps quotes and blanks, so that they stay; who wants another order says so.
        self.assertEqual((directory / ".env").read_text(), "B='1'\nA=2   \n\nC=x\n")
        self.env(directory, "check", "--style", "--fix", "--order")
        self.assertEqual((directory / ".env").read_text(), "A=2   \nB='1'\n\nC=x\n")
        before = (directory / ".env").stat().st_mtime_ns
        self.env(directory, "check", "--style", "--fix")
        self.assertEqual((directory / ".env").stat().st_mtime_ns, before)


    def test_mending_keeps_who_may_read_a_file_and_leaves_what_it_cannot_read(self):
        wide = "B=1\n\n\n\nA=2  ".encode("utf-16")
        directory = self.project({".env": "A=1\n\n\n\nB=2", ".env.local": wide, "app.js": "process.env.A; process.env.B;\n"})
        (directory / ".env").chmod(0o600)
        (directory / ".env.production").symlink_to(".env")
        self.assertSays(self.env(directory, "check", "--style", "--fix").text, "mended .env\n")
        self.assertEqual((directory / ".env").stat().st_mode & 0o777, 0o600)
        self.assertTrue((directory / ".env.production").is_symlink())
        self.assertEqual((directory / ".env.local").read_bytes(), wide)

class Schema(Env):
    def test_a_schema_is_written_once_and_holds_no_value(self):
        value = made_up("init", 24)
        directory = self.project({"app.js": "process.env.API_TOKEN; process.env.PORT ?? 3000;\n",
                                  ".env": f"API_TOKEN={value}\nPORT=3000\n"})
        printed = self.env(directory, "init", "--print")
        self.assertStatus(printed, 0)
        self.assertFalse((directory / ".env.schema").exists())
        self.assertStatus(self.env(directory, "init"), 0)
        text = (directory / ".env.schema").read_text()
        self.assertEqual(text, printed.out)
        self.assertIn("@sensitive\nAPI_TOKEN=\n", text)
        self.assertIn("@type=port\nPORT=\n", text)
        self.assertNotIn(value, text + printed.text)
        again = self.env(directory, "init")
        self.assertStatus(again, 2)
        self.assertSays(again.text, "is there already")
        (directory / ".env.schema").unlink()
        (directory / ".env.schema").symlink_to("nowhere")
        self.assertStatus(self.env(directory, "init"), 2)
        self.assertFalse((directory / "nowhere").exists())

    def test_a_schema_that_git_does_not_see_is_told(self):
        directory = self.project({"app.js": "process.env.REGION;\n", ".gitignore": "node_modules\n.env*\n"})
        outcome = self.env(directory, "init")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.text, "hides it from git", "`!.env.schema` behind line 2")

    def test_what_schemas_say_is_printed(self):
        value = made_up("default", 24)
        directory = self.project({".env.schema": f"# @required @type=port\nPORT=\n# @sensitive\nTOKEN={value}\n"})
        outcome = self.env(directory, "schema")
        self.assertStatus(outcome, 0)
        self.assertIn("PORT: port, required (.env.schema:2)\n", outcome.out)
        exported = self.env(directory, "schema", "--json-schema")
        self.assertStatus(exported, 0)
        schema = json.loads(exported.out)
        self.assertEqual(schema["properties"]["PORT"], {"type": "integer", "minimum": 1, "maximum": 65535})
        self.assertEqual(schema["required"], ["PORT"])
        self.assertNotIn(value, outcome.text + exported.text)
        self.assertStatus(self.env(self.project({"a.txt": "x\n"}, name="none"), "schema"), 2)
