# SPDX-License-Identifier: Apache-2.0
"""What a change does to lockfiles, told by sluice-deps without any advisory: against the base, which is a commit."""
import base64
import hashlib
import json

from harness import BIN, Case, clean_environment, run

ADVISORY = {"schema_version": "1.7.0", "id": "GHSA-0000-0000-0001", "modified": "2026-01-01T00:00:00Z",
            "published": "2026-01-01T00:00:00Z", "summary": "An example",
            "affected": [{"package": {"ecosystem": "PyPI", "name": "fixed"},
                          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}]}]}
NPM = {**ADVISORY, "id": "GHSA-0000-0000-0002", "affected": [
    {"package": {"ecosystem": "npm", "name": "nobody-has-this"}, "versions": ["1.0.0"]}]}


def integrity(text):
    return "sha512-" + base64.b64encode(hashlib.sha512(text.encode()).digest()).decode()


def entry(name, version="1.0.0", **more):
    return {"version": version, "resolved": f"https://registry.npmjs.org/{name}/-/{name}-{version}.tgz",
            "integrity": integrity(f"{name} {version}"), **more}


def npm_lock(*packages, needs=None, **entries):
    """A lockfile of packages, and of entries that are given whole; what `needs` maps is needed by others."""
    entries = {**{name: entry(name) for name in packages}, **entries}
    top = [name for name in entries if name not in {to for tos in (needs or {}).values() for to in tos}]
    table = {"": {"name": "shop", "dependencies": {name: "*" for name in top}}}
    for name, value in entries.items():
        wanted = {"dependencies": {to: "*" for to in needs[name]}} if needs and name in needs else {}
        table[f"node_modules/{name}"] = {**value, **wanted}
    return json.dumps({"name": "shop", "lockfileVersion": 3, "packages": table}, indent=2)


def uv_lock(**packages):
    """Of name: (version, day of publication)."""
    text = 'version = 1\nrevision = 3\nrequires-python = ">=3.12"\n'
    for name, (version, day) in packages.items():
        text += (f'\n[[package]]\nname = "{name}"\nversion = "{version}"\n'
                 'source = { registry = "https://pypi.org/simple" }\n'
                 f'sdist = {{ url = "https://files.pythonhosted.org/packages/{name}-{version}.tar.gz", '
                 f'hash = "sha256:{hashlib.sha256(name.encode()).hexdigest()}", upload-time = "{day}T10:00:00Z" }}\n')
    return text + ('\n[[package]]\nname = "shop"\nversion = "0.1.0"\nsource = { virtual = "." }\ndependencies = [\n'
                   + "".join(f'    {{ name = "{name}" }},\n' for name in packages) + "]\n")


class Change(Case):
    def setUp(self):
        super().setUp()
        advisories = self.directory / "advisories"
        advisories.mkdir()
        (advisories / "1.json").write_text(json.dumps(ADVISORY))
        (advisories / "2.json").write_text(json.dumps(NPM))
        self.db = self.directory / "db"
        outcome = run([BIN / "sluice-deps", "db", "import", "--db", self.db, advisories], self.directory)
        self.assertStatus(outcome, 0)

    def judge(self, base, head, *arguments):
        """The status and the report of a change of some files."""
        repository = self.repository(f"r{len(list(self.directory.iterdir()))}")
        start = repository.commit("Start", base)
        repository.commit("Change", head)
        report = self.directory / "report.json"
        outcome = repository.run("sluice-deps", "--db", self.db, "--base", start, "--max-age", "0", "--as-of",
                                 "2026-11-26", "--format", f"json={report}", "--format", "text", *arguments)
        document = json.loads(report.read_text())
        return outcome, document.get("reports", [document])[0]

    def found(self, report, disposition="active"):
        return sorted((f["rule"], f.get("message", "").split(" ")[0]) for f in report["findings"]
                      if f["disposition"] == disposition)

    def test_same_version_other_content(self):
        outcome, report = self.judge(
            {"package-lock.json": npm_lock("a", "b")},
            {"package-lock.json": npm_lock("a", b={**entry("b"), "integrity": integrity("evil")})})
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("changed-integrity", "b")])

    def test_same_version_other_host_and_what_is_listed(self):
        moved = {"a": {**entry("a"), "resolved": "https://npm.acme.example/a/-/a-1.0.0.tgz"}}
        base, head = {"package-lock.json": npm_lock("a")}, {"package-lock.json": npm_lock(**moved)}
        outcome, report = self.judge(base, head)
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("changed-integrity", "a"), ("foreign-source", "a")])
        outcome, _ = self.judge(base, head, "--registries", "npm.acme.example")
        self.assertStatus(outcome, 0)

    def test_a_private_package_from_the_public_registry(self):
        """Without a hash that is the same, a move to the registry that everybody may publish in is told too."""
        mine = {"a": {**entry("a"), "resolved": "https://npm.acme.example/a/-/a-1.0.0.tgz"}}
        theirs = {"a": {**entry("a"), "integrity": integrity("squatted")}}
        outcome, report = self.judge({"package-lock.json": npm_lock(**mine)}, {"package-lock.json": npm_lock(**theirs)},
                                     "--registries", "npm.acme.example")
        self.assertStatus(outcome, 1)
        self.assertSays(json.dumps(report), "is fetched from the public registry")

    def test_what_was_there_is_older(self):
        git = {"g": {"version": "1.0.0", "resolved": "git+https://github.com/acme/g.git#" + "1" * 40}}
        outcome, report = self.judge({"package-lock.json": npm_lock("a", **git)},
                                     {"package-lock.json": npm_lock("a", "b", **git)})
        self.assertStatus(outcome, 0)
        self.assertEqual(self.found(report, "older"), [("foreign-source", "g")])
        other = {"g": {"version": "1.0.0", "resolved": "git+https://github.com/mallory/g.git#" + "2" * 40}}
        outcome, report = self.judge({"package-lock.json": npm_lock("a", **git)},
                                     {"package-lock.json": npm_lock("a", **other)})
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("foreign-source", "g")])

    def test_a_whole_file_is_one_finding(self):
        names = [f"p{i}" for i in range(9)]
        moved = {n: {**entry(n), "resolved": f"https://npm.acme.example/{n}/-/{n}-1.0.0.tgz"} for n in names}
        _, report = self.judge({"package-lock.json": npm_lock(*names)}, {"package-lock.json": npm_lock(**moved)})
        self.assertEqual(self.found(report), [("changed-integrity", "9"), ("foreign-source", "9")])
        self.assertSays(json.dumps(report), "and 4 others")

    def test_a_host_keeps_its_name_in_a_word_about_several(self):
        names = [f"p{i}" for i in range(9)]
        moved = {n: {**entry(n), "resolved": f"https://npm.wasmer.example/{n}/-/{n}-1.0.0.tgz"} for n in names}
        _, report = self.judge({"package-lock.json": npm_lock(**moved)}, {"package-lock.json": npm_lock(*names)})
        self.assertNotIn("weremer", json.dumps(report))
        _, report = self.judge({"package-lock.json": npm_lock(*names)}, {"package-lock.json": npm_lock(**moved)})
        self.assertSays(json.dumps(report), "are fetched from npm.wasmer.example, and were fetched from")

    def test_new_packages_are_listed(self):
        outcome, report = self.judge(
            {"package-lock.json": npm_lock("a")},
            {"package-lock.json": npm_lock("a", "b", "c", needs={"b": ["c"]}),
             "sub/package-lock.json": npm_lock("a", d=entry("d", license="MIT", hasInstallScript=True))}, "--verbose")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "New packages")
        section = next(s for s in report["sections"] if s["title"] == "New packages")
        rows = {row[0]: row for row in section.get("rows") or section["table"]["rows"]}
        self.assertEqual(sorted(rows), ["b", "c", "d"])
        self.assertEqual(rows["b"][4], "direct")
        self.assertEqual(rows["c"][4], "b")
        self.assertEqual(rows["d"][5:7], ["yes", "MIT"])

    def test_new_packages_need_approval(self):
        base, head = {"package-lock.json": npm_lock("a")}, {"package-lock.json": npm_lock("a", "b", "c")}
        outcome, report = self.judge(base, head, "--new-packages", "approve", "--approved-packages", "c")
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("new-package", "b")])

    def test_release_age(self):
        base = uv_lock(kept=("1.0", "2026-11-25"), bumped=("1.0", "2020-01-01"), fixed=("1.0", "2020-01-01"))
        head = uv_lock(kept=("1.0", "2026-11-25"), bumped=("1.1", "2026-11-20"), fixed=("2.0", "2026-11-25"),
                       brand_new=("1.0", "2026-11-26"))
        outcome, report = self.judge({"uv.lock": base}, {"uv.lock": head}, "--min-release-age", "7")
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("young-release", "brand_new"), ("young-release", "bumped")])
        self.assertSays(json.dumps(report), "was published today", "was published 6 days ago")
        outcome, report = self.judge({"uv.lock": base}, {"uv.lock": head}, "--min-release-age", "6")
        self.assertEqual(self.found(report), [("young-release", "brand_new")])
        outcome, _ = self.judge({"uv.lock": base}, {"uv.lock": head})
        self.assertStatus(outcome, 0)

    def test_release_age_of_a_version_that_is_one_of_many_of_its_name(self):
        many = {f"alias{i}": {"name": "a", **entry("a", f"1.0.{i}")} for i in range(80)}
        base = {"package-lock.json": npm_lock(**many)}
        outcome, report = self.judge(base, {"package-lock.json": npm_lock("b", **many)}, "--min-release-age", "7")
        self.assertStatus(outcome, 3)
        self.assertSays(report["gaps"][0]["why"], "1 version that the change brings", "b 1.0.0")

    def test_release_age_that_nothing_tells(self):
        lock = {"package-lock.json": npm_lock("a")}
        outcome, report = self.judge(lock, {"package-lock.json": npm_lock("a", "b", "c")}, "--min-release-age", "7")
        self.assertStatus(outcome, 3)
        self.assertEqual([(g["kind"], g["subject"]) for g in report["gaps"]], [("no-data", "package-lock.json")])
        self.assertSays(report["gaps"][0]["why"], "2 versions", "b 1.0.0, c 1.0.0")
        outcome, _ = self.judge(lock, {"README.md": "# Shop\n"}, "--min-release-age", "7")
        self.assertStatus(outcome, 0)

    def test_an_install_script_that_was_not_there(self):
        base = {"package-lock.json": npm_lock("a"), "package.json": '{"name": "shop"}'}
        lock = npm_lock(a=entry("a", "1.0.1", hasInstallScript=True))
        outcome, report = self.judge(base, {"package-lock.json": lock})
        self.assertStatus(outcome, 1)
        self.assertEqual(self.found(report), [("new-install-script", "a")])
        outcome, _ = self.judge(base, {"package-lock.json": lock,
                                       "package.json": '{"name": "shop", "allowScripts": {"a": false, "gone": true}}'})
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "package.json:1: gone may run an install script")

    def test_a_lockfile_without_any_hash_is_told_once(self):
        bare = {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}
        outcome, report = self.judge({"package-lock.json": npm_lock("b")},
                                     {"package-lock.json": npm_lock("b"), "sub/package-lock.json": npm_lock(a=bare)})
        self.assertStatus(outcome, 0)
        self.assertEqual(self.found(report), [])
        self.assertSays(outcome.out, "sub/package-lock.json has no hash for any package")

    def test_a_tag_that_moved_in_composer_and_a_branch_that_may(self):
        def lock(commit, version):
            return json.dumps({"content-hash": "0" * 32, "packages": [
                {"name": "acme/kit", "version": version, "notification-url": "https://packagist.org/downloads/",
                 "dist": {"type": "zip", "url": f"https://api.github.com/repos/acme/kit/zipball/{commit}",
                          "reference": commit, "shasum": ""}}], "packages-dev": []}, indent=2)

        manifest = {"composer.json": '{"require": {"acme/kit": "*"}}'}
        for version, expected in (("1.0.0", [("changed-integrity", "acme/kit")]), ("dev-main", [])):
            _, report = self.judge({**manifest, "composer.lock": lock("1" * 40, version)},
                                   {"composer.lock": lock("2" * 40, version)})
            self.assertEqual(self.found(report), expected)
