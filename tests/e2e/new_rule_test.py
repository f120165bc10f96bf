# SPDX-License-Identifier: Apache-2.0
"""CONTRIBUTING's way to a new rule, followed to the letter. By hand one writes the rule's file and its fixture folder,
and nothing else; whatever else changes was generated.

The walk happens in an overlay over this checkout, mounted for one child process at the checkout's own path: the build
directory is warm, so that only the rule compiles, and nothing of it reaches the checkout.
"""
import os
import subprocess

from harness import TOP, Case, clean_environment, run

SECRET_RULE = """\
# SPDX-License-Identifier: Apache-2.0
id: acme-deploy-key
title: Acme deploy key
since: 0.1.0
severity: high
confidence: high
tags: [acme]
pattern: '\\bacmedk_[0-9A-Za-z]{32}\\b'
doc: |
  ## What it does
  Finds deploy keys of Acme: `acmedk_` and 32 letters and digits.
  ## Why
  Whoever finds one can deploy.
  ## Instead
  Revoke it on Acme's page "Keys" and keep the next one in the environment.
examples:
  - 'token = "acmedk_{{base62:32}}"'
counter-examples:
  - 'token = "acmedk_{{base62:12}}"'
"""


def overlay_works():
    script = f"""
set -e
d=$(mktemp -d); trap 'umount {TOP} 2>/dev/null || true; umount $d; rmdir $d' EXIT
mount -t tmpfs none $d; mkdir $d/upper $d/work
mount -t overlay overlay -o lowerdir={TOP},upperdir=$d/upper,workdir=$d/work {TOP}
"""
    return subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True).returncode == 0


class NewRule(Case):
    def walk(self, steps):
        """Runs the shell lines in the overlay; returns what they wrote, relative to the checkout."""
        upper = self.directory / "upper"
        script = f"""
set -e
mount -t tmpfs none {self.directory}
mkdir {upper} {self.directory}/work
mount -t overlay overlay -o lowerdir={TOP},upperdir={upper},workdir={self.directory}/work {TOP}
cd {TOP}
{steps}
"""
        environment = {**clean_environment(os.environ.get("HOME", "/")), "LC_ALL": "C.UTF-8"}
        outcome = run(["unshare", "-m", "bash", "-c", script], "/", environment, timeout=1800)
        self.assertStatus(outcome, 0)
        return outcome

    def setUp(self):
        super().setUp()
        if not overlay_works():
            self.skipTest("overlay mounts are not allowed here")

    def test_new_secret_rule_is_one_file_and_one_folder(self):
        dev = "build/dev" if (TOP / "build/dev/build.ninja").exists() else "build/release"
        outcome = self.walk(f"""
touch {self.directory}/start
scripts/new-rule secrets acme-deploy-key
cat > src/secrets/rules/acme-deploy-key.yml <<'RULE'
{SECRET_RULE}RULE
sed -i 's/FILL-IN/acmedk/' fixtures/secrets/acme-deploy-key/bad.env
git status --porcelain --untracked-files=all > {self.directory}/by-hand
git diff > {self.directory}/diff-by-hand
cmake --build {dev} --target test_fixtures_secrets sluice-dev sluice-secrets > {self.directory}/build.log 2>&1 \\
  || {{ tail -n 40 {self.directory}/build.log; exit 1; }}
{dev}/bin/test_fixtures_secrets --no-colors > {self.directory}/fixtures.log 2>&1 \\
  || {{ tail -n 60 {self.directory}/fixtures.log; exit 1; }}
scripts/generate
echo "== rules"; {dev}/bin/sluice-secrets --help >/dev/null
echo "== by hand"; cat {self.directory}/by-hand
echo "== all"; git status --porcelain --untracked-files=all
echo "== check"; scripts/generate --check
""")
        parts = outcome.out.split("== ")
        sections = {part.split("\n")[0]: part.split("\n")[1:] for part in parts[1:]}
        before = set(run(["git", "status", "--porcelain", "--untracked-files=all"], TOP,
                         clean_environment(os.environ.get("HOME", "/"))).out.splitlines())
        by_hand = {line[3:] for line in sections["by hand"] if line and line not in before}
        self.assertEqual(by_hand, {"src/secrets/rules/acme-deploy-key.yml", "fixtures/secrets/acme-deploy-key/bad.env",
                                   "fixtures/secrets/acme-deploy-key/bad.expected",
                                   "fixtures/secrets/acme-deploy-key/good.env"})
        generated = {line[3:] for line in sections["all"] if line and line not in before} - by_hand
        self.assertIn("docs/rules/acme-deploy-key.md", generated)
        for file in generated:
            self.assertFalse(file.startswith(("src/", "tests/", "cmake/", "scripts/", "fixtures/")), file)

    def test_new_rule_refuses_what_cannot_be_an_id(self):
        for arguments in (["secrets"], ["secrets", "Not_Kebab"], ["nothing", "a-b"], ["secrets", "../x"]):
            outcome = run([TOP / "scripts/new-rule", *arguments], self.directory)
            self.assertStatus(outcome, 2)
