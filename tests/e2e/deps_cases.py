# SPDX-License-Identifier: Apache-2.0
"""What the tests of the dependency gate share: lockfiles, advisories and databases that are made while a test runs."""
import json
import pathlib
import re

from harness import BIN, Case, Repository, clean_environment, run

DAY = "2026-01-10"  # the day on which every test runs that does not say another
OTHER_ECOSYSTEM = "PyPI"
HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"


def npm_lock(packages, *, dev=()):
    """package-lock.json, version 3, of a project that names all of `packages` (name to version), `dev` for development."""
    entries = {"": {"name": "shop", "version": "1.0.0",
                    "dependencies": {name: version for name, version in packages.items() if name not in dev},
                    "devDependencies": {name: packages[name] for name in dev}}}
    for name, version in packages.items():
        entries[f"node_modules/{name}"] = {
            "version": version, "resolved": f"https://registry.npmjs.org/{name}/-/{name}-{version}.tgz",
            "integrity": "sha512-" + "A" * 86 + "==", **({"dev": True} if name in dev else {})}
    return json.dumps({"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": entries}, indent=2) + "\n"


def poetry_lock(packages):
    text = "".join(f'[[package]]\nname = "{name}"\nversion = "{version}"\ngroups = ["main"]\noptional = false\n'
                   'python-versions = ">=3.9"\nfiles = []\n\n' for name, version in packages.items())
    return text + '[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\ncontent-hash = "' + "0" * 64 + '"\n'


def advisory(id, name, *, ecosystem="npm", fixed="1.2.0", introduced="0", vector=HIGH, aliases=(), versions=(), **more):
    events = [{"introduced": introduced}] + ([{"fixed": fixed}] if fixed else [])
    kind = "SEMVER" if ecosystem in ("npm", "crates.io", "Go") else "ECOSYSTEM"
    return {"schema_version": "1.7.0", "id": id, "modified": "2026-01-02T00:00:00Z", "published": "2025-12-01T00:00:00Z",
            "aliases": list(aliases), "summary": f"A hole in {name}",
            "severity": [{"type": "CVSS_V3", "score": vector}] if vector else [],
            "affected": [{"package": {"ecosystem": ecosystem, "name": name},
                          "ranges": [{"type": kind, "events": events}] if introduced is not None else [],
                          "versions": list(versions)}], **more}


LEFT = advisory("GHSA-2222-3333-4444", "left", aliases=["CVE-2099-0001"])
ADVISORIES = {"GHSA-2222-3333-4444": LEFT, "PYSEC-2099-1": advisory("PYSEC-2099-1", "snake", ecosystem="PyPI")}


class DepsCase(Case):
    def deps(self, *arguments, directory=None, stdin="", **environment):
        return run([BIN / "sluice-deps", *arguments], directory or self.directory,
                   clean_environment(self.directory, **environment), stdin)

    def documents(self, advisories, name="advisories"):
        directory = self.directory / name
        directory.mkdir(exist_ok=True)
        for each in advisories:
            (directory / f"{each['id']}.json").write_text(json.dumps(each))
        return directory

    def database(self, *advisories, name="db", day="2026-01-09"):
        """The directory of a database that holds these advisories, or the usual ones."""
        directory = self.directory / name
        outcome = self.deps("db", "import", "--db", directory, "--as-of", day,
                            self.documents(advisories or ADVISORIES.values(), f"{name}-advisories"))
        self.assertStatus(outcome, 0)
        return directory

    def shop(self, files, name="shop", **options):
        repository = self.repository(name, **options)
        repository.commit("Start", files)
        return repository

    def judge(self, repository, database, *arguments, day=DAY, stdin="", **environment):
        """Status, report and everything that was printed (`text`: without folds) of a run over a repository."""
        report = self.directory / "report.json"
        report.unlink(missing_ok=True)
        path = repository.path if isinstance(repository, Repository) else pathlib.Path(repository)
        named = ["--db", database] if database else []
        outcome = self.deps(*named, "--as-of", day, "--format", f"json={report}", "--format", "text", "--verbose",
                            *arguments, directory=path, stdin=stdin, **environment)
        outcome.text = re.sub(r"\n *\| +", " ", outcome.out) + outcome.err
        outcome.report = json.loads(report.read_text())["reports"][0] if report.exists() else None
        return outcome

    def assertFinds(self, outcome, status, *found):
        """`found`: "rule package version disposition" of every finding."""
        self.assertStatus(outcome, status)
        facts = [{fact["key"]: fact["value"] for fact in each["facts"]} for each in outcome.report["findings"]]
        self.assertEqual(sorted(f"{each['rule']} {fact.get('package')} {fact.get('version')} {each['disposition']}"
                                for each, fact in zip(outcome.report["findings"], facts)), sorted(found), f"\n{outcome}")

    def assertGaps(self, outcome, *gaps):
        """`gaps`: what each gap's subject and reason hold, in their order."""
        self.assertEqual(len(outcome.report["gaps"]), len(gaps), f"\n{outcome}")
        for gap, parts in zip(outcome.report["gaps"], gaps):
            self.assertSays(json.dumps(gap, ensure_ascii=False), *([parts] if isinstance(parts, str) else parts))
