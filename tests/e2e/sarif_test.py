# SPDX-License-Identifier: Apache-2.0
"""Our SARIF, judged by the standard's schema and by Microsoft's validator with GitHub's rules."""
import json
import os

from harness import CLIENTS, Case, Repository, run

MULTITOOL = CLIENTS / "@microsoft/sarif-multitool-linux"

# The standard's schema in draft-04, as published, and in 2020-12, as its editors keep it now.
SCHEMAS = (("ajv-draft-04", CLIENTS / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
           ("ajv/dist/2020", MULTITOOL / "sarif-2.1.0.json"))

VALIDATE = """
const fs = require('fs'), read = file => JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\\uFEFF/, ''));
const Ajv = require(process.argv[1]), ajv = new Ajv({strict: false, allErrors: true, unicodeRegExp: false});
require('ajv-formats')(ajv);
const check = ajv.compile(read(process.argv[2]));
if (!check(read(process.argv[3]))) {
  console.log(JSON.stringify(check.errors, null, 1));
  process.exit(1);
}
"""


class Sarif(Case):
    def report(self, repository, status, tool="sluice-secrets"):
        file = self.directory / "out.sarif"
        self.assertStatus(repository.run(tool, f"--format=sarif={file}", GITHUB_ACTIONS="true", GITHUB_REPOSITORY="acme/shop",
                                         GITHUB_SERVER_URL="https://github.com"), status)
        return file

    def reports(self):
        shallow = Repository(self.directory / "shallow", clone_of=self.planted("origin"), arguments=["--depth", "1"])
        migrations = self.repository("migrations")
        migrations.commit("Start", {"supabase/migrations/20260101000000_o.sql": "create table o (id int);\n"})
        migrations.commit("More", {"supabase/migrations/20260201000000_i.sql": "create index i on o (id);\n"})
        odd = self.repository("odd")
        odd.commit("Odd name", {"a dir/ü #1 %20|<b>.env": "X=1\n" + f"T={self.planted_token}\n"})
        yield "findings", self.report(self.planted("planted"), 1)
        yield "none", self.report(self.clean("clean"), 0)
        yield "gaps", self.report(shallow, 3)
        yield "odd names", self.report(odd, 1)
        yield "migrations", self.report(migrations, 1, "sluice-migrations")

    def schema(self, file, validator, schema):
        return run(["node", "-e", VALIDATE, validator, schema, file], CLIENTS.parent)

    def multitool(self, file):
        """Errors and warnings of the validator, which exits with 0 whatever it finds."""
        program = MULTITOOL / "Sarif.Multitool"
        os.chmod(program, 0o755)
        result = self.directory / "validation.sarif"
        outcome = run([program, "validate", file, "--rule-kind", "Sarif;Ghas", "-o", result, "--log", "ForceOverwrite"],
                      self.directory)
        self.assertTrue(result.exists(), outcome)
        found = []
        for line in json.loads(result.read_text(encoding="utf-8-sig"))["runs"]:
            for entry in line.get("results", []):
                if entry.get("level", "warning") == "error":
                    found.append(f"{entry['ruleId']}: {entry['message']} {entry['locations'][0]}")
        return found

    def test_schema(self):
        for name, file in self.reports():
            for validator, schema in SCHEMAS:
                with self.subTest(name, validator=validator):
                    self.assertStatus(self.schema(file, validator, schema), 0)

    def test_multitool_with_the_rules_of_github(self):
        for name, file in self.reports():
            with self.subTest(name):
                self.assertEqual(self.multitool(file), [])

    def test_both_are_awake(self):
        file = self.report(self.planted(), 1)
        log = json.loads(file.read_text())
        del log["runs"][0]["tool"]["driver"]["name"]
        for rule in log["runs"][0]["tool"]["driver"]["rules"]:
            rule.pop("help", None)
            rule.pop("shortDescription", None)
        file.write_text(json.dumps(log))
        for validator, schema in SCHEMAS:
            self.assertStatus(self.schema(file, validator, schema), 1)
        self.assertNotEqual(self.multitool(file), [])
