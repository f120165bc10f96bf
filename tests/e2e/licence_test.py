# SPDX-License-Identifier: Apache-2.0
"""The policy for licences through the whole gate: lockfiles, a bill of materials, exceptions, and mistakes in it."""
import json

from harness import Case

ADVISORY = {"schema_version": "1.7.0", "id": "GHSA-0000-0000-0001", "modified": "2026-01-01T00:00:00Z",
            "affected": [{"package": {"ecosystem": "npm", "name": "nobody"}, "versions": ["1.0.0"]}]}


def lock(**licences):
    packages = {"": {"name": "shop", "dependencies": {name: "1.0.0" for name in licences}}}
    for name, licence in licences.items():
        packages[f"node_modules/{name}"] = {"version": "1.0.0", **({"license": licence} if licence else {})}
    return json.dumps({"name": "shop", "lockfileVersion": 3, "packages": packages}, indent=1)


def bom(**licences):
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
        {"type": "library", "name": name, "version": "1.0.0", "purl": f"pkg:npm/{name}@1.0.0", "licenses": licence}
        for name, licence in licences.items()]})


class Licence(Case):
    def judge(self, policy, files, *arguments):
        database = self.directory / "advisories"
        database.mkdir(exist_ok=True)
        (database / "a.json").write_text(json.dumps(ADVISORY))
        repository = self.repository(f"repository{len(list(self.directory.iterdir()))}")
        configuration = f"deps:\n  licences: {policy}\n" if policy else ""
        repository.commit("Start", {".sluice.yml": configuration, **files})
        outcome = repository.run("sluice-deps", "--db", database, "--as-of", "2026-11-26", "--verbose", *arguments)
        return outcome, outcome.out + outcome.err

    def test_nothing_is_said_without_a_policy(self):
        outcome, said = self.judge("", {"package-lock.json": lock(elm="GPL-3.0-only", fir=None)})
        self.assertStatus(outcome, 0)
        self.assertNotIn("licence", said)

    def test_a_refused_licence_fails_and_says_which_part(self):
        outcome, said = self.judge("{deny: ['AGPL-*']}",
                                   {"package-lock.json": lock(elm="(MIT OR ISC) AND AGPL-3.0-only", fir="MIT")})
        self.assertStatus(outcome, 1)
        self.assertSays(said, "elm 1.0.0 is under (MIT OR ISC) AND AGPL-3.0-only: AGPL-3.0-only is denied (AGPL-*)",
                        "would pass alone", "MIT, ISC")

    def test_what_is_unknown_warns_fails_or_is_nothing(self):
        files = {"package-lock.json": lock(elm="BSD", fir="MIT")}
        for unknown, status in (("warn", 0), ("fail", 1), ("ignore", 0)):
            outcome, said = self.judge(f"{{allow: [MIT], unknown: {unknown}}}", files)
            self.assertStatus(outcome, status)
            (self.assertNotIn if unknown == "ignore" else self.assertIn)("nobody knows BSD", said)

    def test_a_lockfile_without_licences_is_a_gap_until_a_bill_of_materials_tells(self):
        policy = "{allow: [MIT, Apache-2.0]}"
        outcome, said = self.judge(policy, {"package-lock.json": lock(elm=None, fir=None)})
        self.assertStatus(outcome, 3)
        self.assertSays(said, "npm package-lock.json tells of no licences", "bill of materials")
        told = {"elm": [{"license": {"id": "MIT"}}], "fir": [{"license": {"name": "Apache License 2.0"}}]}
        files = {"package-lock.json": lock(elm=None, fir=None), "bom.json": bom(**told)}
        outcome, said = self.judge(policy, files)
        self.assertStatus(outcome, 0)
        self.assertSays(" ".join(said.replace("|", " ").split()), '"Apache License 2.0" as Apache-2.0')
        told["fir"] = [{"expression": "MIT OR ISC"}, {"license": {"name": "Acme Terms"}}]
        outcome, said = self.judge(policy, {**files, "bom.json": bom(**told)})
        self.assertStatus(outcome, 0)
        self.assertSays(" ".join(said.replace("|", " ").split()), "nobody knows Acme Terms")

    def test_exceptions(self):
        files = {"package-lock.json": lock(elm="GPL-3.0-only", fir="MIT")}
        entry = "{{package: {}, reason: bought, expires: {}}}"

        def policy(*entries):
            return f"{{allow: [MIT], exceptions: [{', '.join(entry.format(*each) for each in entries)}]}}"

        outcome, said = self.judge(policy(("elm", "2026-11-26")), files)
        self.assertStatus(outcome, 0)
        outcome, said = self.judge(policy(("elm", "2026-11-25"), ("oak", "2027-01-01")), files)
        self.assertStatus(outcome, 1)
        self.assertSays(said, "exception for the licence of elm expired on 2026-11-25",
                        "exception for the licence of oak covers nothing")

    def test_a_mistake_in_the_policy_is_said_at_its_place(self):
        outcome, said = self.judge("{allow: [MIT, Apache]}", {"package-lock.json": lock(elm="MIT")})
        self.assertStatus(outcome, 2)
        self.assertSays(said, ".sluice.yml:2:", "licences.allow[1]", "Apache is neither a glob nor an identifier")
