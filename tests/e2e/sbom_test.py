# SPDX-License-Identifier: Apache-2.0
"""Bills of materials: valid by the validators of those who define the formats, the same bytes each time, and read back
as what the lockfiles say, for every format of lockfile that there is a fixture of."""
import json
import pathlib
import unittest

from harness import BIN, CACHE, TOP, Case, run

CASES = TOP / "fixtures/deps/lockfiles"
VALIDATOR = pathlib.Path(__file__).resolve().parent / "sbom/validate.py"
PYTHON = CACHE / "python/bin/python"
FORMATS = {"cyclonedx": ".cdx.json", "spdx": ".spdx.json"}

LOCK = {
    "name": "shop", "version": "1.0.0", "lockfileVersion": 3,
    "packages": {
        "": {"name": "shop", "version": "1.0.0", "dependencies": {"a": "^1.0.0", "web": "*"}, "devDependencies": {"b": "1.0.0"},
             "workspaces": ["web"]},
        "web": {"version": "0.1.0", "dependencies": {"@x/c": "1"}},
        "node_modules/web": {"resolved": "web", "link": True},
        "node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "license": "MIT",
                           "integrity": "sha512-" + "A" * 86 + "==", "peerDependencies": {"d": "1"}},
        "node_modules/b": {"version": "1.0.0", "dev": True, "license": "SEE LICENSE IN LICENSE", "hasInstallScript": True},
        "node_modules/@x/c": {"version": "1.2.0", "license": "(MIT OR Apache-2.0)",
                              "resolved": "git+ssh://git@github.com/x/c.git#0123456789012345678901234567890123456789"},
        "node_modules/d": {"version": "1.0.0", "peer": True},
    },
}
HOSTILE = "##[error]::stop::\x01\"<script>\\é\u202e\u2028 a/../b?c#d@e%zz"

validators = unittest.skipUnless(list((CACHE / "python/lib").glob("*/site-packages/spdx_tools")), "the validators are not installed")


def lockfile_of(case):
    """The file of a case that the format's own fixture is about, as `sluice-deps packages` takes it."""
    for path in sorted((case / "input").rglob("*")):
        if path.is_file():
            outcome = run([BIN / "sluice-deps", "packages", path], case)
            if outcome.status in (0, 3) and outcome.out:
                return path, outcome
    return None, None


class Sbom(Case):
    def bill(self, *arguments, status=0, directory=None, **environment):
        outcome = run([BIN / "sluice-deps", "sbom", *arguments], directory or self.directory,
                      {"PATH": "/usr/bin:/bin", "HOME": str(self.directory), "LC_ALL": "C.UTF-8", **environment})
        self.assertStatus(outcome, status)
        return outcome

    def lock(self, lock=None, name="package-lock.json"):
        path = self.directory / name
        path.write_text(json.dumps(lock or LOCK, indent=1))
        return path

    def packages(self, path):
        """What `packages` says, without what is of the document itself."""
        outcome = run([BIN / "sluice-deps", "packages", path], self.directory)
        self.assertIn(outcome.status, (0, 3), outcome)
        return self.comparable(outcome.out)

    @staticmethod
    def comparable(lines):
        listed = []
        for line in lines.splitlines():
            package = json.loads(line)
            del package["line"]
            # A patched package needs the one that it is a patch of, which is the same one.
            package["parents"] = sorted(set(package.get("parents", [])) - {f"{package['name']}@{package['version']}"})
            listed.append(package)
        return sorted(listed, key=lambda package: json.dumps(package, sort_keys=True))

    def write(self, format, text, name="bill"):
        path = self.directory / (name + FORMATS[format])
        path.write_text(text)
        return path

    def validate(self, paths):
        outcome = run([PYTHON, VALIDATOR], self.directory, stdin="".join(f"{path}\n" for path in paths), timeout=1200)
        self.assertStatus(outcome, 0)
        answers = [json.loads(line) for line in outcome.out.splitlines()]
        self.assertEqual(len(answers), len(paths), outcome)
        return {str(path): answer for path, answer in zip(paths, answers) if answer != "ok"}

    def test_reads_back_what_it_wrote(self):
        """Each fixture of each format: the document says what the lockfile says."""
        count = 0
        for case in sorted(CASES.glob("*/*")):
            path, listed = lockfile_of(case)
            # Of the two last nobody tells what the project itself asks for, and a document's reader has to conclude it.
            if (path is None or case.parent.name in ("cyclonedx", "spdx")
                    or f"{case.parent.name}/{case.name}" in ("julia/with-julia", "poetry/before-lock-version")):
                continue
            expected = self.comparable(listed.out)
            for format in FORMATS:
                with self.subTest(f"{case.parent.name}/{case.name} {format}"):
                    bill = self.write(format, self.bill("--format", format, path, status=listed.status).out)
                    self.assertEqual(self.packages(bill), expected)
            count += 1
        self.assertGreater(count, 150)

    @validators
    def test_valid(self):
        paths = []
        for case in sorted(CASES.glob("*/*")):
            path, listed = lockfile_of(case)
            if path is not None:
                for format in FORMATS:
                    paths.append(self.write(format, self.bill("--format", format, path, status=listed.status).out,
                                            f"{case.parent.name}-{case.name}"))
        self.assertEqual(self.validate(paths), {})

    @validators
    def test_hostile_names_make_valid_documents(self):
        lock = json.loads(json.dumps(LOCK))
        lock["packages"]["node_modules/hostile"] = {
            "name": HOSTILE, "version": HOSTILE, "license": HOSTILE, "integrity": HOSTILE, "resolved": "https://x/" + HOSTILE}
        lock["packages"]["node_modules/a"]["resolved"] = HOSTILE
        lock["packages"]["node_modules/b"]["resolved"] = "git+https://" + HOSTILE
        path = self.lock(lock)
        bills = []
        for format in FORMATS:
            outcome = run([BIN / "sluice-deps", "sbom", "--format", format, path], self.directory)
            self.assertIn(outcome.status, (0, 3))
            self.assertNotIn("##[", outcome.out)
            self.assertTrue(outcome.out.isascii())
            document = json.loads(outcome.out)
            self.assertIn(HOSTILE, [each["name"] for each in document.get("components", document.get("packages"))])
            bills.append(self.write(format, outcome.out))
        self.assertEqual(self.validate(bills), {})

    @validators
    def test_the_validators_are_awake(self):
        path = self.lock()
        bills = []
        for format, member in (("cyclonedx", "bomFormat"), ("spdx", "dataLicense")):
            document = json.loads(self.bill("--format", format, path).out)
            del document[member]
            bills.append(self.write(format, json.dumps(document)))
        self.assertEqual(len(self.validate(bills)), 2)

    def test_hostile_names_are_listed_as_json(self):
        lock = {"lockfileVersion": 3, "packages": {"node_modules/##[error]x": {"version": "1.0.0"}}}
        outcome = run([BIN / "sluice-deps", "packages", self.lock(lock)], self.directory)
        self.assertNotIn("##[", outcome.out)
        self.assertEqual(json.loads(outcome.out)["name"], "##[error]x")

    def test_what_cyclonedx_says(self):
        document = json.loads(self.bill(self.lock(), "--name", "shop", "--as-of", "2026-11-26").out)
        self.assertEqual(document["specVersion"], "1.6")
        self.assertEqual(document["metadata"]["timestamp"], "2026-11-26T00:00:00Z")
        subject = document["metadata"]["component"]
        self.assertEqual(subject["name"], "shop")
        [member] = subject["components"]
        self.assertEqual((member["name"], member["version"], member["type"]), ("web", "0.1.0", "application"))
        self.assertNotIn("purl", member)
        by_name = {component["name"]: component for component in document["components"]}
        self.assertEqual(sorted(by_name), ["@x/c", "a", "b", "d"])
        a = by_name["a"]
        self.assertEqual(a["purl"], "pkg:npm/a@1.0.0")
        self.assertEqual(a["licenses"], [{"license": {"id": "MIT"}}])
        self.assertEqual(a["hashes"], [{"alg": "SHA-512", "content": "0" * 128}])
        self.assertEqual(a["externalReferences"], [{"type": "distribution", "url": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}])
        self.assertEqual(a["evidence"]["occurrences"][0]["location"], "package-lock.json")
        self.assertEqual(by_name["b"]["scope"], "excluded")
        self.assertEqual(by_name["b"]["licenses"], [{"license": {"name": "SEE LICENSE IN LICENSE"}}])
        self.assertEqual(by_name["@x/c"]["licenses"], [{"expression": "(MIT OR Apache-2.0)"}])
        self.assertIn("vcs_url=git%2Bssh:", by_name["@x/c"]["purl"])
        needs = {dependency["ref"]: dependency["dependsOn"] for dependency in document["dependencies"]}
        self.assertEqual(needs[a["bom-ref"]], [by_name["d"]["bom-ref"]])
        self.assertEqual(needs[member["bom-ref"]], [by_name["@x/c"]["bom-ref"]])
        self.assertEqual(set(needs[subject["bom-ref"]]), {a["bom-ref"], by_name["b"]["bom-ref"], member["bom-ref"]})
        self.assertEqual(document["compositions"], [{"aggregate": "complete", "assemblies": [subject["bom-ref"]]}])

    def test_what_spdx_says(self):
        document = json.loads(self.bill(self.lock(), "--format", "spdx", SOURCE_DATE_EPOCH="86400").out)
        self.assertEqual(document["creationInfo"]["created"], "1970-01-02T00:00:00Z")
        by_name = {package["name"]: package for package in document["packages"]}
        a = by_name["a"]
        self.assertEqual(a["externalRefs"][0]["referenceLocator"], "pkg:npm/a@1.0.0")
        self.assertEqual((a["licenseDeclared"], a["licenseConcluded"]), ("MIT", "NOASSERTION"))
        self.assertEqual(a["downloadLocation"], "https://registry.npmjs.org/a/-/a-1.0.0.tgz")
        self.assertEqual(a["checksums"], [{"algorithm": "SHA512", "checksumValue": "0" * 128}])
        self.assertRegex(a["sourceInfo"], r"^named in package-lock\.json:[0-9]+$")
        self.assertEqual(by_name["b"]["licenseDeclared"], document["hasExtractedLicensingInfos"][0]["licenseId"])
        self.assertIn({"spdxElementId": by_name["b"]["SPDXID"], "relationshipType": "DEV_DEPENDENCY_OF",
                       "relatedSpdxElement": "SPDXRef-Subject"}, document["relationships"])

    def test_of_a_repository(self):
        """Every tracked lockfile at the revision, each package once, no time of day, the same bytes."""
        repository = self.repository()
        repository.commit("Start", {"package-lock.json": json.dumps(LOCK), "old/package-lock.json": json.dumps(LOCK),
                                    "Cargo.lock": 'version = 4\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\n'
                                                  'source = "registry+https://github.com/rust-lang/crates.io-index"\n',
                                    "sbom.cdx.json": '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}\n'})
        first = repository.git("rev-parse", "HEAD")
        outcome = repository.run("sluice-deps", "sbom")
        self.assertIn(outcome.status, (0, 3))
        self.assertSays(outcome.err, "sbom.cdx.json: is a bill of materials itself")
        document = json.loads(outcome.out)
        self.assertEqual(document["metadata"]["component"]["name"], "repository")
        self.assertEqual(document["metadata"]["timestamp"], "2026-01-01T00:00:01Z")
        [a] = [component for component in document["components"] if component["name"] == "a"]
        self.assertEqual([place["location"] for place in a["evidence"]["occurrences"]], ["old/package-lock.json", "package-lock.json"])
        self.assertIn("pkg:cargo/serde@1.0.0", [component.get("purl") for component in document["components"]])
        self.assertEqual(repository.run("sluice-deps", "sbom").out, outcome.out)
        repository.git("rm", "-q", "package-lock.json", "old/package-lock.json")
        repository.commit("Drop them")
        self.assertNotIn("pkg:npm/a@1.0.0", repository.run("sluice-deps", "sbom").out)
        self.assertEqual(repository.run("sluice-deps", "sbom", "--head", first).out, outcome.out)

    def test_what_could_not_be_read_is_told(self):
        good, bad = self.lock(), self.directory / "Cargo.lock"
        bad.write_text("<<<<<<< HEAD\n=======\n>>>>>>> x\n")
        for format, marker in (("cyclonedx", '"aggregate": "incomplete"'), ("spdx", "This document is incomplete")):
            outcome = self.bill("--format", format, good, bad, status=3)
            self.assertSays(outcome.err, "Cargo.lock:1: it has merge conflict markers")
            self.assertSays(outcome.out, marker, "pkg:npm/a@1.0.0")
            read = run([BIN / "sluice-deps", "packages", self.write(format, outcome.out)], self.directory)
            self.assertStatus(read, 3)
            self.assertSays(read.err, "the document is incomplete: Cargo.lock:1")

    def test_nothing_is_no_empty_document(self):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n"})
        outcome = repository.run("sluice-deps", "sbom")
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.err, "it has no lockfile")

    def test_one_bill_is_made_into_the_other(self):
        spdx = self.write("spdx", self.bill(self.lock(), "--format", "spdx").out)
        cyclonedx = self.write("cyclonedx", self.bill(spdx).out)
        self.assertEqual(self.packages(cyclonedx), self.packages(self.directory / "package-lock.json"))

    def test_several_formats_into_files(self):
        repository = self.repository()
        repository.commit("Start", {"package-lock.json": json.dumps(LOCK)})
        outcome = repository.run("sluice-deps", "sbom", "--format", "cyclonedx=bom.json", "--format", "spdx=bom.spdx.json")
        self.assertIn(outcome.status, (0, 3))
        self.assertEqual(outcome.out, "")
        self.assertEqual(json.loads((repository.path / "bom.json").read_text())["bomFormat"], "CycloneDX")
        self.assertIn("SPDXID", json.loads((repository.path / "bom.spdx.json").read_text()))
        for formats, said in ((("cyclonedx", "spdx"), "only one format can go to standard output"),
                              (("cyclonedx=a", "spdx=a"), "another format is written to this file"),
                              (("spdx=",), "names no file after the =")):
            outcome = repository.run("sluice-deps", "sbom", *(f"--format={format}" for format in formats))
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.err, said)

    def test_the_subject_is_the_repository(self):
        repository = self.repository()
        repository.commit("Start", {"package-lock.json": json.dumps(LOCK)})

        def subject(*arguments, directory=None):
            outcome = run([BIN / "sluice-deps", "sbom", *arguments], directory or repository.path)
            return json.loads(outcome.out)["metadata"]["component"]["name"]
        self.assertEqual(subject(), "repository")
        self.assertEqual(subject("package-lock.json"), "repository")
        for url, name in (("https://user@example.org/acme/Shop.git", "Shop"), ("git@example.org:acme/shop", "shop"), ("/srv/git/shop/", "shop"),
                          ("https://user:word@example.org", "repository")):
            with self.subTest(url):
                repository.git("config", "remote.origin.url", url)
                self.assertEqual(subject(), name)
                self.assertEqual(subject("package-lock.json"), name)
        self.assertEqual(subject(self.lock(), directory="/"), self.directory.name)

    def test_formats(self):
        path = self.lock()
        outcome = self.bill("--format", "sarif", path, status=2)
        self.assertSays(outcome.err, "--format sarif: is not one of cyclonedx, spdx")
        # What reports a CI asks for is not what this document is asked for.
        self.assertSays(self.bill(path, SLUICE_FORMAT="sarif=x.sarif").out, "CycloneDX")
        self.assertFalse((self.directory / "x.sarif").exists())
