# SPDX-License-Identifier: Apache-2.0
"""CONTRIBUTING's way to a new rule, with the commands as they stand there. By hand one writes the rule's file and its
fixture folder, and nothing else; whatever else changes was generated.

"""
import re
import shlex

from harness import TOP, run
from walk import Walk, commands

SECRET_RULE = """\
# SPDX-License-Identifier: Apache-2.0
id: acme-api-key
title: Acme API key
since: 0.1.0
severity: high
confidence: high
tags: [acme]
pattern: '\\bacmeapi_[0-9A-Za-z]{32}\\b'
candidate: 'acmeapi_[0-9A-Za-z]{32}'
what: |
  Finds API keys of Acme: `acmeapi_` and 32 letters and digits.
why: |
  Whoever finds one can deploy.
instead: |
  Revoke it on Acme's page "Keys" and keep the next one in the environment.
references: ['https://example.org/acme/keys']
examples:
  - 'token = "acmeapi_{{base62:32}}"'
counter-examples:
  - 'token = "acmeapi_{{base62:12}}"'
"""

MIGRATION_CHECK = """\
void
check(const Statement& statement, const MigrationContext& /*context*/, Reporter& reporter)
{
  const auto* drop = as<DropObjects>(statement);
  if (drop == nullptr || drop->kind != DropObjects::Kind::other) {
    return;
  }
  for (const QualifiedName& name : drop->names) {
    reporter.report({.where = statement.where,
                     .message = fmt::format("Dropping {} fails every query that reads it", text_of(name)),
                     .help = "Stop reading it in one release and drop it in a later one"});
  }
}
"""


class NewRule(Walk):
    def walk_rule(self, tool, rule, fill_in):
        """Follows the steps for one tool, with `fill_in` in the place of the person; returns what was written by hand
        and what was generated."""
        steps = commands("## A new rule")
        start = next(c for c in steps if c.startswith(f"scripts/new-rule {tool} "))
        build = [c.replace("<tool>", tool) for c in steps if c.startswith(("scripts/build", "build/"))]
        generate = next(c for c in steps if c.startswith("scripts/generate"))
        self.assertEqual(start.split()[2], rule)
        return self.walk([start], fill_in, build, generate)

    def assertGenerated(self, files, page):
        self.assertIn(page, files)
        for file in files:
            self.assertFalse(file.startswith(("src/", "tests/", "cmake/", "scripts/", "fixtures/")), file)

    def test_secret_rule_is_one_file_and_one_folder(self):
        folder = "fixtures/secrets/rules/acme-api-key"
        by_hand, generated = self.walk_rule("secrets", "acme-api-key", f"""
printf %s {shlex.quote(SECRET_RULE)} > src/credentials/rules/acme-api-key.yml
sed -i s/FILL-IN/acmeapi/ {folder}/bad/input.env
""")
        self.assertEqual(by_hand, {"src/credentials/rules/acme-api-key.yml", f"{folder}/bad/input.env",
                                   f"{folder}/bad/expected", f"{folder}/good/input.env", f"{folder}/good/expected"})
        self.assertGenerated(generated, "docs/rules/acme-api-key.md")

    def test_migration_rule_is_one_file_and_one_folder(self):
        folder = "fixtures/migrations/rules/drop-view"
        by_hand, generated = self.walk_rule("migrations", "drop-view", f"""
python3 - {shlex.quote(MIGRATION_CHECK)} <<'FILL'
import pathlib, re, sys
rule = pathlib.Path("src/migrations/rules/drop-view.cpp")
text = re.sub(r"(?s)void\\ncheck.*?\\n}}\\n", lambda m: sys.argv[1], rule.read_text(), count=1)
rule.write_text(text.replace("FILL IN, one line without a final stop", "A view is dropped").replace("FILL IN", "Filled in"))
FILL
printf "SET lock_timeout = '2s';\\nDROP VIEW totals;\\n" > {folder}/bad/input.sql
printf '2:1 drop-view\\n' > {folder}/bad/expected
""")
        self.assertEqual(by_hand, {"src/migrations/rules/drop-view.cpp", f"{folder}/bad/input.sql",
                                   f"{folder}/bad/expected", f"{folder}/good/input.sql", f"{folder}/good/expected"})
        self.assertGenerated(generated, "docs/rules/drop-view.md")

    def test_what_cannot_be_an_id_is_refused(self):
        for arguments in (["secrets"], ["secrets", "Not_Kebab"], ["nothing", "a-b"], ["secrets", "../x"]):
            self.assertStatus(run([TOP / "scripts/new-rule", *arguments], self.directory), 2)
