# SPDX-License-Identifier: Apache-2.0
"""What guides to production deployment ask of an environment (rows A01 to A18), each as files that break it and files that keep it."""
import base64
import json

from env_test import Env, KEY
from harness import made_up

IGNORE = {".gitignore": ".env\n.env.*\n!.env.schema\n!.env.example\n"}
DB = "postgres://{user}:{password}@{host}/main?sslmode={mode}"


def token(**claims):
    """A JSON Web Token as Supabase's older keys are, signed by nobody."""
    def part(data):
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{made_up(str(claims), 43)}"


def database(host="db.shop.io", user="app", mode="verify-full", seed="db"):
    return DB.format(user=user, password=made_up(seed, 24), host=host, mode=mode)


class Requirements(Env):
    def rules(self, files, *arguments, name="project"):
        """{(rule, key)} of what is found in these files; every key is read by code."""
        keys = {line.split("=")[0] for path, text in files.items() if path.startswith(".env") for line in text.splitlines() if "=" in line}
        code = "".join(f"process.env.{key};\n" for key in sorted(keys))
        directory = self.project({**IGNORE, "app.js": code, **files}, name)
        outcome = self.env(directory, "--as-of", "2026-06-01", "--format", "json", *arguments)
        self.assertIn(outcome.status, (0, 1), outcome)
        return {(rule, key) for rule, key, _, _ in self.found(outcome)}

    def assertFinds(self, rule, key, bad, good, *arguments):
        self.assertIn((rule, key), self.rules(bad, *arguments, name="bad"))
        self.assertNotIn((rule, key), self.rules(good, *arguments, name="good"))

    def test_a01_each_environment_has_a_project_of_its_own(self):
        url = "API=https://{}.supabase.co\n".format
        one, other = "abcdefghijklmnopqrst", "tsrqponmlkjihgfedcba"
        self.assertFinds("same-project-ref", "API", {".env.staging": url(one), ".env.production": url(one)},
                         {".env.staging": url(one), ".env.production": url(other)})

    def test_a02_environments_have_the_same_keys(self):
        self.assertFinds("missing-in-environment", "REGION", {".env.staging": "REGION=eu\n", ".env.production": "OTHER=x\n"},
                         {".env.staging": "REGION=eu\n", ".env.production": "REGION=us\n"})
        setting = {".sluice.yml": "env:\n  environments:\n    production: {files: [.env.production], optional: [REGION]}\n"
                                  "    staging: {files: [.env.staging]}\n"}
        self.assertNotIn(("missing-in-environment", "REGION"),
                         self.rules({**setting, ".env.staging": "REGION=eu\nOTHER=x\n", ".env.production": "OTHER=x\n"}))

    def test_a03_no_machine_of_a_developer_in_what_is_deployed(self):
        local = {".env.local": "API=http://localhost:54321\n"}
        self.assertFinds("private-host", "API", {".env.production": "API=http://localhost:54321\n"}, local)
        self.assertFinds("published-default", "DB", {".env.production": "DB=postgresql://postgres:postgres@db.shop.io:5432/postgres\n"},
                         {".env.local": "DB=postgresql://postgres:postgres@localhost:54322/postgres\n"})

    def test_a04_nothing_secret_is_handed_to_browsers(self):
        role = token(role="service_role", iss="supabase", ref="abcdefghijklmnopqrst", exp=2065000000)
        anon = token(role="anon", iss="supabase", ref="abcdefghijklmnopqrst", exp=2065000000)
        self.assertFinds("client-exposed-secret", "NEXT_PUBLIC_KEY", {".env.production": f"NEXT_PUBLIC_KEY={role}\n"},
                         {".env.production": f"NEXT_PUBLIC_KEY={anon}\n"})
        self.assertFinds("client-exposed-secret", "VITE_SERVICE_ROLE_KEY", {".env.production": f"VITE_SERVICE_ROLE_KEY={made_up('k', 30)}\n"},
                         {".env.production": f"SERVICE_ROLE_KEY={made_up('k', 30)}\n"})

    def test_a05_no_placeholder_is_deployed(self):
        for value in ("your-local-anon-key", "https://YOUR_PROJECT.supabase.co", "changeme", "<32+ random characters>", "xxxxxxxx"):
            with self.subTest(value=value):
                self.assertFinds("placeholder", "API_KEY", {".env.production": f"API_KEY={value}\n"},
                                 {".env.production": f"API_KEY={made_up(value, 40)}\n"})

    def test_a06_keys_are_rotated_and_stores_agree(self):
        def aged(issued):
            return {".env.production": f"SERVICE_KEY={token(role='service_role', iat=issued, exp=2065000000)}\n"}
        self.assertFinds("key-age", "SERVICE_KEY", aged(1735689600), aged(1778000000))
        files = {"gh.txt": "ONE\t2026-01-01T00:00:00Z\n", "functions.txt": "ONE\nTWO\n", ".env.schema": "# @required\nONE=\n# @required\nTWO=\n"}
        stores = ("--store", "production=gh.txt", "--store", "staging=functions.txt")
        found = self.rules(files, *stores, name="stores")
        self.assertIn(("missing", "TWO"), found)
        self.assertNotIn(("missing", "ONE"), found)

    def test_a07_the_signing_secret_has_not_changed(self):
        setting = {".sluice.yml": "env:\n  environments:\n    production: {files: [.env.production], constant: [JWT_SECRET]}\n"}
        for name, seed in (("before", "one"), ("after", "two"), ("same", "one")):
            directory = self.project({**setting, ".env.production": f"JWT_SECRET={made_up(seed, 40)}\n"}, name)
            outcome = self.env(directory, "fingerprint", "--environment", "production", SLUICE_FINGERPRINT_KEY=KEY)
            self.assertStatus(outcome, 0)
            (self.directory / f"{name}.json").write_text(outcome.out)
        for after, finds in (("after", True), ("same", False)):
            found = self.rules({**setting, ".env.production": "A=1\n"}, "--fingerprints", self.directory / "before.json",
                               "--fingerprints", self.directory / f"{after}.json", name=f"judge-{after}")
            self.assertEqual(("changed-secret", "JWT_SECRET") in found, finds)

    def test_a08_addresses_are_those_of_the_environment(self):
        setting = {".sluice.yml": "env:\n  environments:\n    production: {files: [.env.production], hosts: ['*.shop.io', shop.io]}\n"}
        self.assertFinds("foreign-host", "SITE_URL", {**setting, ".env.production": "SITE_URL=https://shop.example.net\n"},
                         {**setting, ".env.production": "SITE_URL=https://www.shop.io\n"})
        self.assertFinds("redirect-host", "SITE_URL", {".env.production": "SITE_URL=https://staging.shop.io\n"},
                         {".env.production": "SITE_URL=https://shop.io\n"})

    def test_a09_what_the_guide_reads(self):
        directory = self.project({
            "lib/client.ts": "export const c = create(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!);\n"
                             "export const s = process.env.SUPABASE_SERVICE_ROLE_KEY;\n",
            "supabase/functions/alert/index.ts": "const url = Deno.env.get('SLACK_WEBHOOK_URL');\n",
            "scripts/backup.sh": "#!/bin/bash\npg_dump \"${SUPABASE_DB_URL}\" > x.sql\npg_dump $STAGING_DB_URL\npg_dump $PRODUCTION_DB_URL\npsql \"$DB_URL\"\n",
            ".github/workflows/deploy.yml": "on: push\njobs:\n  d:\n    runs-on: ubuntu-latest\n    steps:\n"
                                            "      - run: supabase link --project-ref ${{ secrets.STAGING_PROJECT_REF }}\n        env:\n"
                                            "          SUPABASE_ACCESS_TOKEN: ${{ secrets.SUPABASE_ACCESS_TOKEN }}\n"
                                            "      - run: supabase link --project-ref ${{ secrets.PRODUCTION_PROJECT_REF }}\n",
            ".env.local": "NEXT_PUBLIC_SUPABASE_URL=http://localhost:54321\nNEXT_PUBLIC_SUPABASE_ANON_KEY=a\nSUPABASE_SERVICE_ROLE_KEY=b\nSUPABASE_DB_URL=c\n"})
        _, variables = self.usage(directory)
        verdicts = {name: each["verdict"] for name, each in variables.items()}
        self.assertEqual({name for name, verdict in verdicts.items() if verdict == "undeclared"},
                         {"SLACK_WEBHOOK_URL", "STAGING_DB_URL", "PRODUCTION_DB_URL", "DB_URL"})
        self.assertEqual({name for name, verdict in verdicts.items() if verdict == "ci-store"},
                         {"STAGING_PROJECT_REF", "PRODUCTION_PROJECT_REF", "SUPABASE_ACCESS_TOKEN"})

    def test_a10_what_is_there_is_not_empty(self):
        self.assertFinds("empty", "API", {".env.production": "API=\n"}, {".env.production": "API=https://api.shop.io\n"})

    def test_a11_databases_are_reached_by_tls(self):
        self.assertFinds("database-tls", "DB", {".env.production": f"DB={database(mode='disable')}\n"}, {".env.production": f"DB={database()}\n"})
        self.assertFinds("database-tls", "DB", {".env.production": f"DB={database().split('?')[0]}\n"},
                         {".env.production": f"DB={database(mode='require')}\n"})

    def test_a12_redis_has_a_password(self):
        self.assertFinds("redis-password", "CACHE", {".env.production": "CACHE=rediss://cache.shop.io:6379\n"},
                         {".env.production": f"CACHE=rediss://default:{made_up('r', 30)}@cache.shop.io:6379\n"})
        self.assertFinds("redis-tls", "CACHE", {".env.production": f"CACHE=redis://default:{made_up('r', 30)}@cache.shop.io:6379\n"},
                         {".env.production": f"CACHE=rediss://default:{made_up('r', 30)}@cache.shop.io:6379\n"})

    def test_a13_secrets_are_long_and_strong(self):
        for weak in ("short", "a" * 40, "passwordpasswordpasswordpassword"):
            with self.subTest(weak=weak):
                self.assertFinds("weak-secret", "JWT_SECRET", {".env.production": f"JWT_SECRET={weak}\n"},
                                 {".env.production": f"JWT_SECRET={made_up('strong', 40)}\n"})
        published = "super-secret-jwt-" + "token-with-at-least-32-characters-long"
        self.assertFinds("published-default", "JWT_SECRET", {".env.production": f"JWT_SECRET={published}\n"},
                         {".env.production": f"JWT_SECRET={made_up('strong', 40)}\n"})

    def test_a14_keys_are_of_their_mode(self):
        live, trial = f"sk_{'live'}_{made_up('s', 40)}", f"sk_{'test'}_{made_up('s', 40)}"
        self.assertFinds("test-key-in-production", "STRIPE_SECRET_KEY", {".env.production": f"STRIPE_SECRET_KEY={trial}\n"},
                         {".env.production": f"STRIPE_SECRET_KEY={live}\n"})
        self.assertFinds("live-key-outside-production", "STRIPE_SECRET_KEY", {".env.staging": f"STRIPE_SECRET_KEY={live}\n"},
                         {".env.staging": f"STRIPE_SECRET_KEY={trial}\n"})

    def test_a15_mail_settings_are_real(self):
        self.assertFinds("placeholder", "EMAIL_FROM", {".env.production": "EMAIL_FROM=noreply@yourdomain.com\n"},
                         {".env.production": "EMAIL_FROM=noreply@shop.io\n"})
        self.assertFinds("placeholder", "EMAIL_PASSWORD", {".env.production": "EMAIL_PASSWORD=SG.xxxxx...\n"},
                         {".env.production": f"EMAIL_PASSWORD=SG.{made_up('m', 22)}.{made_up('n', 43)}\n"})
        schema = {".env.schema": "# @type=email\nEMAIL_FROM=\n"}
        self.assertFinds("type", "EMAIL_FROM", {**schema, ".env.production": "EMAIL_FROM=nobody\n"},
                         {**schema, ".env.production": "EMAIL_FROM=noreply@shop.io\n"})

    def test_a16_environments_share_no_secret(self):
        self.assertFinds("shared-between-environments", "API_SECRET",
                         {".env.staging": f"API_SECRET={made_up('x', 40)}\n", ".env.production": f"API_SECRET={made_up('x', 40)}\n"},
                         {".env.staging": f"API_SECRET={made_up('x', 40)}\n", ".env.production": f"API_SECRET={made_up('y', 40)}\n"})

    def test_a17_the_program_is_no_administrator(self):
        self.assertFinds("database-admin-user", "DATABASE_URL", {".env.production": f"DATABASE_URL={database(user='postgres')}\n"},
                         {".env.production": f"DATABASE_URL={database()}\n"})

    def test_a18_the_verdict_is_a_status_and_evidence(self):
        directory = self.project({".env.production": "PORT=x\n", ".env.schema": "# @type=port\nPORT=\n", "app.js": "process.env.PORT;\n"})
        outcome = self.env(directory, "--format", f"json={self.directory / 'evidence.json'}")
        self.assertStatus(outcome, 1)
        evidence = json.loads((self.directory / "evidence.json").read_text())["reports"][0]
        self.assertEqual((evidence["tool"], evidence["verdict"]), ("env", "fail"))
        (directory / ".env.production").write_text("PORT=80\n")
        self.assertStatus(self.env(directory), 0)
