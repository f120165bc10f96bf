# SPDX-License-Identifier: Apache-2.0
"""VEX documents: what they excuse, and that a change under test cannot bring the one that excuses it."""
import json

from harness import Case, Repository

ADVISORY = {
    "schema_version": "1.7.0", "id": "GHSA-0000-0000-0001", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-2026-1"],
    "summary": "An example", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "affected": [{"package": {"ecosystem": "npm", "name": "victim"},
                  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
LOCK = json.dumps({"name": "shop", "lockfileVersion": 3, "packages": {
    "": {"name": "shop", "dependencies": {"victim": "1.0.0"}}, "node_modules/victim": {"version": "1.0.0"}}})


def vex(status, product="pkg:npm/victim@1.0.0", **more):
    more = {"justification": "vulnerable_code_not_in_execute_path"} if status == "not_affected" and not more else more
    return json.dumps({
        "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", "author": "Ada",
        "timestamp": "2026-01-01T00:00:00Z", "version": 1,
        "statements": [{"vulnerability": {"name": "CVE-2026-1"}, "products": [{"@id": product}], "status": status,
                        **more}]})


def csaf(status, **tracking):
    product = {"name": "victim", "product_id": "P", "product_identification_helper": {"purl": "pkg:npm/victim@1.0.0"}}
    flags = [{"label": "vulnerable_code_not_present", "product_ids": ["P"]}] if status == "known_not_affected" else []
    return json.dumps({
        "document": {
            "category": "csaf_vex", "csaf_version": "2.0", "title": "Victim",
            "publisher": {"category": "vendor", "name": "Ada", "namespace": "https://example.org"},
            "tracking": {"id": "1", "version": "1", "status": "final", "current_release_date": "2026-01-01T00:00:00Z",
                         **tracking}},
        "product_tree": {"full_product_names": [product]},
        "vulnerabilities": [{"cve": "CVE-2026-1", "product_status": {status: ["P"]}, "flags": flags}]})


def cyclonedx(state, **more):
    more = {"justification": "code_not_reachable"} if state == "not_affected" and not more else more
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"timestamp": "2026-01-01T00:00:00Z"},
        "vulnerabilities": [{"id": "CVE-2026-1", "analysis": {"state": state, **more},
                             "affects": [{"ref": "pkg:npm/victim@1.0.0"}]}]})


CYCLONEDX_XML = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><vulnerabilities><vulnerability><id>CVE-2026-1</id>
<analysis><state>not_affected</state><justification>code_not_reachable</justification></analysis>
<affects><target><ref>pkg:npm/victim@1.0.0</ref></target></affects></vulnerability></vulnerabilities></bom>
"""


class Vex(Case):
    def setUp(self):
        super().setUp()
        self.database = self.directory / "advisories"
        self.database.mkdir()
        (self.database / "a.json").write_text(json.dumps(ADVISORY))

    def judge(self, repository, *arguments, **environment):
        return repository.run("sluice-deps", "--db", self.database, *arguments, **environment)

    def local(self, **files):
        repository = self.repository()
        repository.commit("Start", {"package-lock.json": LOCK, "vex/shop.json": vex("not_affected"), **files})
        return repository

    def pull_request(self, base, head, name="shop"):
        """The checkout of a pull request that brings the lockfile, and the environment of its run."""
        upstream = self.repository(f"{name}.upstream")
        start = upstream.commit("Start", {"README.md": "# Shop\n", **base})
        checkout = Repository(self.directory / name, clone_of=upstream)
        checkout.commits = 10
        checkout.git("checkout", "-q", "-b", "change")
        tip = checkout.commit("Buy", {"package-lock.json": LOCK, **head})
        event = self.directory / f"{name}.json"
        event.write_text(json.dumps({
            "action": "opened", "number": 1,
            "pull_request": {"number": 1, "base": {"sha": start, "ref": "main"}, "head": {"sha": tip, "ref": "change"}},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return checkout, {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": event,
            "GITHUB_SHA": tip, "GITHUB_REF": "refs/pull/1/merge", "GITHUB_BASE_REF": "main",
            "GITHUB_WORKSPACE": checkout.path, "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SERVER_URL": "https://github.com"}

    def test_a_statement_excuses(self):
        repository = self.local()
        self.assertStatus(self.judge(repository), 1)
        for path in ("vex/shop.json", "vex/*.json", "**/shop.json"):
            outcome = self.judge(repository, "--vex", path, "--verbose")
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.out + outcome.err, "vulnerable_code_not_in_execute_path")

    def test_each_format_excuses_and_keeps(self):
        formats = {
            "CSAF": (csaf("known_not_affected"), "vulnerable_code_not_present (CSAF of Ada", csaf("known_affected")),
            "CycloneDX": (cyclonedx("not_affected"), "code_not_reachable (CycloneDX", cyclonedx("exploitable")),
            "CycloneDX in XML": (CYCLONEDX_XML, "code_not_reachable (CycloneDX", cyclonedx("in_triage"))}
        for name, (excuse, why, keep) in formats.items():
            with self.subTest(name):
                repository = Repository(self.directory / name.replace(" ", "-"))
                repository.commit("Start", {"package-lock.json": LOCK, "vex/one.txt": excuse, "vex/two.txt": keep})
                self.assertStatus(self.judge(repository), 1)
                outcome = self.judge(repository, "--vex", "vex/one.txt", "--verbose")
                self.assertStatus(outcome, 0)
                self.assertSays(outcome.out + outcome.err, why)
                outcome = self.judge(repository, "--vex", "vex/*.txt")
                self.assertStatus(outcome, 1)
                self.assertSays(outcome.out + outcome.err, "vex/two.txt:1: GHSA-0000-0000-0001 of victim 1.0.0 stays")

    def test_the_configuration_names_them(self):
        repository = self.local(**{".sluice.yml": "deps:\n  vex: [vex/*.json]\n"})
        self.assertStatus(self.judge(repository), 0)

    def test_what_keeps_a_finding_is_told(self):
        repository = self.local(**{"vex/late.json": vex("affected", timestamp="2026-03-01T00:00:00Z")})
        outcome = self.judge(repository, "--vex", "vex/*.json")
        self.assertStatus(outcome, 1)
        self.assertSays(outcome.out + outcome.err, "GHSA-0000-0000-0001 of victim 1.0.0 stays")

    def test_a_broken_document_is_a_gap(self):
        for text, why in (("{", "not JSON"), (vex("not_affected").replace("v0.2.0", "v7"), "is no version of OpenVEX"),
                          (vex("not_affected", impact_statement=""), "does not say why"),
                          ("{}", "it is no VEX document"), (csaf("fixed").replace("final", "withdrawn"), "is none"),
                          (csaf("fixed").replace("csaf_vex", "csaf_base"), "of the category csaf_base"),
                          (cyclonedx("not_affected", response=["update"]), "says not_affected and does not"),
                          (cyclonedx("harmless"), "has no state that is one")):
            repository = Repository(self.directory / why.replace(" ", "-"))
            lock = LOCK.replace("1.0.0", "2.0.0")
            repository.commit("Start", {"package-lock.json": lock, "vex.json": text})
            outcome = self.judge(repository, "--vex", "vex.json")
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.out + outcome.err, "vex.json", why)

    def test_a_document_that_is_not_there_is_a_gap(self):
        repository = self.local()
        outcome = self.judge(repository, "--vex", "vex/shop.json", "--vex", "vex/other.json")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out + outcome.err, "vex/other.json")

    def test_a_path_out_of_the_repository_is_refused(self):
        outcome = self.judge(self.local(), "--vex", "/etc/vex.json")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.out + outcome.err, "vex", "is not a path within the repository")

    def test_the_base_branch_excuses_a_change(self):
        base = {".sluice.yml": "deps:\n  vex: [vex.json]\n", "vex.json": vex("not_affected")}
        checkout, environment = self.pull_request(base, {})
        self.assertStatus(self.judge(checkout, **environment), 0)

    def test_a_change_does_not_excuse_itself(self):
        configuration = {".sluice.yml": "deps:\n  vex: ['vex*.json']\n"}
        changes = {
            "with its own configuration": ({}, {**configuration, "vex.json": vex("not_affected")}),
            "with another document": (configuration, {"vex.json": vex("not_affected")}),
            "by changing one": ({**configuration, "vex.json": vex("affected")}, {"vex.json": vex("not_affected")})}
        for name, (base, head) in changes.items():
            with self.subTest(name):
                checkout, environment = self.pull_request(base, head, name.replace(" ", "-"))
                outcome = self.judge(checkout, **environment)
                self.assertStatus(outcome, 1)
                if "vex.json" in base:
                    self.assertSays(outcome.out + outcome.err, "what this change makes of it does not count here")
