# SPDX-License-Identifier: Apache-2.0
"""CONTRIBUTING's way to a new rule, with the commands as they stand there. By hand one writes the rule's file and its
fixture folder, and nothing else; whatever else changes was generated.

The walk happens in an overlay over this checkout, mounted for one child process at the checkout's own path: the build
directory is warm, so that only the rule compiles, nothing of it reaches the checkout, and the overlay's upper directory
is the list of what was written.
"""
import os
import re
import shlex
import subprocess

from harness import CACHE, TOP, Case, clean_environment, run

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
doc: |
  ## What it does
  Finds API keys of Acme: `acmeapi_` and 32 letters and digits.

  ## Why
  Whoever finds one can deploy.

  ## Instead
  Revoke it on Acme's page "Keys" and keep the next one in the environment.
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


def overlay_works():
    script = f"""
set -e
d=$(mktemp -d)
mount -t tmpfs none $d; mkdir $d/upper $d/work
mount -t overlay overlay -o lowerdir={TOP},upperdir=$d/upper,workdir=$d/work {TOP}
"""
    return subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True).returncode == 0


def commands():
    """The shell commands of the numbered steps under "A new rule"."""
    section = (TOP / "CONTRIBUTING.md").read_text().split("## A new rule")[1].split("\n## ")[0]
    return re.findall(r"`(scripts/[^`]+)`", section)


class NewRule(Case):
    def walk(self, tool, rule, fill_in):
        """Follows the steps for one tool, with `fill_in` in the place of the person; returns what was written by hand
        and what was generated."""
        if not overlay_works():
            self.skipTest("overlay mounts are not allowed here")
        steps = commands()
        start = next(c for c in steps if c.startswith(f"scripts/new-rule {tool} "))
        build = next(c for c in steps if c.startswith("scripts/build")).replace("<tool>", tool)
        generate = next(c for c in steps if c.startswith("scripts/generate"))
        self.assertEqual(start.split()[2], rule)
        written = f"(cd {self.directory}/upper && find . -type f -not -path './build/*' -not -path './.git/*' | sort)"
        script = f"""
set -e
mount -t tmpfs none {self.directory}
cd {self.directory}
mkdir upper work
mount -t overlay overlay -o lowerdir={TOP},upperdir=upper,workdir=work {TOP}
cd {TOP}
{start}
{fill_in}
echo "== by hand"; {written}
({build}) > {self.directory}/log 2>&1 || {{ tail -n 60 {self.directory}/log; exit 1; }}
{generate} || exit 1
echo "== all"; {written}
{generate} --check
"""
        environment = clean_environment(os.environ.get("HOME", "/"), XDG_CACHE_HOME=CACHE.parent)
        outcome = run(["unshare", "-m", "bash", "-c", script], "/", environment, timeout=1800)
        self.assertStatus(outcome, 0)
        by_hand, everything = (set(re.findall(r"^\./(.+)$", part, re.MULTILINE))
                               for part in outcome.out.split("== by hand")[1].split("== all"))
        return by_hand, everything - by_hand

    def assertGenerated(self, files, page):
        self.assertIn(page, files)
        for file in files:
            self.assertFalse(file.startswith(("src/", "tests/", "cmake/", "scripts/", "fixtures/")), file)

    def test_secret_rule_is_one_file_and_one_folder(self):
        folder = "fixtures/secrets/acme-api-key"
        by_hand, generated = self.walk("secrets", "acme-api-key", f"""
printf %s {shlex.quote(SECRET_RULE)} > src/secrets/rules/acme-api-key.yml
sed -i s/FILL-IN/acmeapi/ {folder}/bad.env
""")
        self.assertEqual(by_hand, {"src/secrets/rules/acme-api-key.yml", f"{folder}/bad.env", f"{folder}/bad.expected",
                                   f"{folder}/good.env"})
        self.assertGenerated(generated, "docs/rules/acme-api-key.md")

    def test_migration_rule_is_one_file_and_one_folder(self):
        folder = "fixtures/migrations/drop-view"
        by_hand, generated = self.walk("migrations", "drop-view", f"""
python3 - {shlex.quote(MIGRATION_CHECK)} <<'FILL'
import pathlib, re, sys
rule = pathlib.Path("src/migrations/rules/drop-view.cpp")
text = re.sub(r"(?s)void\\ncheck.*?\\n}}\\n", lambda m: sys.argv[1], rule.read_text(), count=1)
rule.write_text(text.replace("FILL IN, one line without a final stop", "A view is dropped").replace("FILL IN", "Filled in"))
FILL
printf "SET lock_timeout = '2s';\\nDROP VIEW totals;\\n" > {folder}/bad.sql
printf '2:1 drop-view\\n' > {folder}/bad.expected
""")
        self.assertEqual(by_hand, {"src/migrations/rules/drop-view.cpp", f"{folder}/bad.sql", f"{folder}/bad.expected",
                                   f"{folder}/good.sql"})
        self.assertGenerated(generated, "docs/rules/drop-view.md")

    def test_what_cannot_be_an_id_is_refused(self):
        for arguments in (["secrets"], ["secrets", "Not_Kebab"], ["nothing", "a-b"], ["secrets", "../x"]):
            self.assertStatus(run([TOP / "scripts/new-rule", *arguments], self.directory), 2)
