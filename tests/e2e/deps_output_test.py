# SPDX-License-Identifier: Apache-2.0
"""What every sink makes of a run of the dependency gate, and of names that attack whoever reads them."""
import json
import xml.etree.ElementTree

from deps_cases import DAY, DepsCase, LEFT, advisory, npm_lock, poetry_lock
from harness import BIN, clean_environment, run
from runner_grammar import commands
from words_test import Shape, TEXTS, printable

FORMATS = ("gitlab-codequality", "gitlab-sast", "gitlab-secret-detection", "html", "json", "junit", "oneline", "sarif", "summary")


class Sinks(DepsCase):
    def setUp(self):
        super().setUp()
        self.shop_of_two = self.shop({"web/package-lock.json": npm_lock({"left": "1.0.0", "right": "2.0.0"}, dev=["right"]),
                                      "poetry.lock": poetry_lock({"snake": "1.0"})})
        self.db = self.database(LEFT, advisory("GHSA-dev", "right", fixed="3.0.0"))

    def rendered(self, format, **environment):
        outcome = self.deps("--db", self.db, "--as-of", DAY, "--format", format, directory=self.shop_of_two.path, **environment)
        self.assertStatus(outcome, 1)
        return outcome.out

    def fingerprint(self):
        return json.loads(self.rendered("json"))["reports"][0]["findings"][0]["fingerprint"]

    def test_json(self):
        report = json.loads(self.rendered("json"))["reports"][0]
        self.assertEqual((report["tool"], report["scan"], report["verdict"]), ("deps", "dependency-scanning", "fail"))
        left, right = sorted(report["findings"], key=lambda each: each["subject"])
        facts = {fact["key"]: fact["value"] for fact in left["facts"]}
        self.assertEqual(facts, {"package": "left", "version": "1.0.0", "ecosystem": "npm", "advisory": "GHSA-2222-3333-4444",
                                 "scope": "runtime, direct", "fixed-in": "1.2.0", "path": "left",
                                 "held-back-by": "the project itself, which asks for 1.0.0", "published": "2025-12-01"})
        self.assertEqual((left["severity"], left["disposition"]), ("high", "active"))
        self.assertEqual((right["severity"], right["disposition"]), ("high", "below-threshold"))
        self.assertEqual([(gap["kind"], gap["subject"]) for gap in report["gaps"]], [("no-data", "advisories for PyPI")])
        self.assertEqual(report["coverage"]["counts"], [{"value": 2, "unit": "files"}, {"value": 3, "unit": "packages"}])

    def test_the_line_of_the_manifest_is_told_whatever_its_bytes_begin_with(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"}),
                          "package.json": '\ufeff{\n  "dependencies": {\n    "left": "1.0.0"\n  }\n}\n'}, name="marked")
        self.assertSays(json.dumps(self.judge(shop, self.db).report), '"the manifest names it"')

    def test_the_line_of_a_project_of_any_language_of_net(self):
        lock = {"version": 1, "dependencies": {"net8.0": {"Left.Pad": {
            "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "A" * 86 + "=="}}}}
        project = '<Project>\n<ItemGroup>\n<PackageReference Include="Left.Pad" Version="1.0.0" />\n</ItemGroup>\n</Project>\n'
        db = self.database(advisory("GHSA-net", "Left.Pad", ecosystem="NuGet"), name="net")
        for end in ("csproj", "fsproj", "vbproj"):
            shop = self.shop({"packages.lock.json": json.dumps(lock), f"app.{end}": project}, name=end)
            report = json.dumps(self.judge(shop, db).report)
            self.assertSays(report, '"the manifest names it"', f'"app.{end}"')

    def test_damage_that_is_met_only_when_a_finding_is_told(self):
        """Far from the id of the record and the name of its package, which are looked at first."""
        many = advisory("GHSA-many", "left", aliases=[f"ALIAS-{i}" for i in range(20000)])
        db = self.database(many, name="many")
        self.assertStatus(self.judge(self.shop_of_two, db), 1)
        file = db / "npm.advisories"
        whole = file.read_bytes()
        at = whole.index(b"ALIAS-12000")
        file.write_bytes(whole[:at] + b"x" + whole[at + 1:])
        outcome = self.judge(self.shop_of_two, db)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.text, "it is damaged")

    def test_sarif(self):
        result = json.loads(self.rendered("sarif"))["runs"][0]
        self.assertEqual({rule["id"] for rule in result["tool"]["driver"]["rules"]} & {"vulnerable-dependency", "malicious-dependency"},
                         {"vulnerable-dependency", "malicious-dependency"})
        found = {each["message"]["text"].split(" ")[0]: each for each in result["results"]}
        place = found["left"]["locations"][0]["physicalLocation"]
        lines = (self.shop_of_two.path / "web/package-lock.json").read_text().splitlines()
        self.assertEqual(place["artifactLocation"]["uri"], "web/package-lock.json")
        self.assertIn("node_modules/left", lines[place["region"]["startLine"] - 1])
        self.assertEqual(found["left"]["level"], "error")
        self.assertNotIn("suppressions", found["left"])
        self.assertIn("advisories for PyPI", json.dumps(result["invocations"]))
        # The data by which it was judged, with which the verdict can be had again.
        info = self.deps("db", "info", "--db", self.db).out
        [data] = [table for table in result["properties"]["tables"] if table["title"] == "Advisories"]
        rows = [dict(zip(data["columns"], row)) for row in data["rows"]]
        self.assertEqual([(row["ecosystem"], row["built"]) for row in rows], [("npm", "2026-01-09")])
        self.assertIn(f"sha256 {rows[0]['sha256']}", info)
        self.assertSays(result["properties"]["examined"], "advisories", "2026-01-09")

    def test_junit(self):
        root = xml.etree.ElementTree.fromstring(self.rendered("junit"))
        cases = {case.get("name"): case for case in root.iter("testcase")}
        self.assertIn("left 1.0.0 has GHSA-2222-3333-4444", cases["vulnerable-dependency"].find("failure").text)
        self.assertIsNone(cases["malicious-dependency"].find("failure"))
        self.assertIn("advisories for PyPI", self.rendered("junit"))

    def test_gitlab_code_quality(self):
        entries = json.loads(self.rendered("gitlab-codequality"))
        entry = next(each for each in entries if each["fingerprint"] == self.fingerprint())
        self.assertEqual((entry["check_name"], entry["location"]["path"]), ("vulnerable-dependency", "web/package-lock.json"))

    def test_annotations(self):
        found = [command for command in commands(self.rendered("github"))]
        self.assertTrue(any(name == "error" and "file=web/package-lock.json" in properties and "left 1.0.0" in data
                            for name, properties, data in found), found)
        self.assertTrue(any("advisories for PyPI" in data for _, _, data in found), found)

    def test_annotations_and_summary_of_a_run_in_actions(self):
        summary = self.directory / "summary.md"
        outcome = self.deps("--db", self.db, "--as-of", DAY, directory=self.shop_of_two.path, GITHUB_ACTIONS="true", CI="true",
                            GITHUB_STEP_SUMMARY=summary, GITHUB_REPOSITORY="acme/shop", GITHUB_SERVER_URL="https://github.com")
        self.assertStatus(outcome, 1)
        self.assertTrue(commands(outcome.out))
        self.assertSays(summary.read_text(), "left 1.0.0 has GHSA-2222-3333-4444", "advisories for PyPI", "sluice-deps")

    def test_summary(self):
        self.assertSays(self.rendered("summary"), "left 1.0.0 has GHSA-2222-3333-4444", "Update left to 1.2.0", "advisories for PyPI",
                        "The same data give the same verdict")

    def test_oneline(self):
        lines = self.rendered("oneline").splitlines()
        self.assertTrue(any(line.startswith("web/package-lock.json:") and "high vulnerable-dependency" in line for line in lines), lines)

    def test_html(self):
        page = self.rendered("html")
        self.assertSays(page, "left", "GHSA-2222-3333-4444", "1.2.0", "advisories for PyPI")
        self.assertTrue(Shape(page).shape)

    def test_advisories_are_led_to(self):
        def linked(url):
            known = advisory("PYSEC-2099-7", "left", references=[{"type": "ADVISORY", "url": url}])
            db = self.database(known, name=f"db-{len(url)}")
            outcome = self.deps("--db", db, "--as-of", DAY, "--format", "html", directory=self.shop_of_two.path)
            self.assertTrue(Shape(outcome.out).shape)
            return outcome.out
        self.assertSays(linked("https://example.org/a"), '<a href="https://osv.dev/vulnerability/PYSEC-2099-7">PYSEC-2099-7</a>',
                        '<a href="https://example.org/a" rel="noopener noreferrer">https://example.org/a</a>')
        for url in ("http://example.org/ab", "javascript:alert(1)//abc", 'https://example.org/"onclick="alert(1)'):
            with self.subTest(url):
                page = linked(url)
                self.assertNotIn(f'href="{url}', page)
                self.assertNotIn('"onclick="', page)

    def test_gitlab_dependency_scanning(self):
        document = json.loads(self.rendered("gitlab-dependency-scanning"))
        left = next(each for each in document["vulnerabilities"] if each["location"]["dependency"]["package"]["name"] == "left")
        self.assertEqual(left["name"], "left 1.0.0 has GHSA-2222-3333-4444 (high, CVSS 7.5): A hole in left")
        self.assertSays(left["description"], "A hole in left", "- fixed in: 1.2.0", "- needed for: runtime, direct")
        self.assertSays(left["solution"], "Update left to 1.2.0 or later")
        self.assertEqual([(each["type"], each["value"]) for each in left["identifiers"]],
                         [("ghsa", "GHSA-2222-3333-4444"), ("cve", "CVE-2099-0001"), ("sluice_rule_id", "vulnerable-dependency")])
        self.assertEqual([link["url"] for link in left["links"]],
                         ["https://github.com/advisories/GHSA-2222-3333-4444", "https://nvd.nist.gov/vuln/detail/CVE-2099-0001"])
        self.assertEqual(left["location"]["dependency"] | {"iid": 1}, {"package": {"name": "left"}, "version": "1.0.0", "direct": True, "iid": 1})
        [file] = document["dependency_files"]
        self.assertEqual((file["path"], file["package_manager"]), ("web/package-lock.json", "npm"))

    def test_a_report_can_be_rendered_again(self):
        if not (BIN / "sluice").exists():
            self.skipTest("sluice is not built")
        (self.directory / "deps.json").write_text(self.rendered("json"))
        outcome = run([BIN / "sluice", "report", "deps.json", "--format", "sarif"], self.directory, clean_environment(self.directory))
        self.assertStatus(outcome, 1)
        again, direct = (json.loads(text)["runs"][0]["results"] for text in (outcome.out, self.rendered("sarif")))
        self.assertEqual([each["partialFingerprints"] for each in again], [each["partialFingerprints"] for each in direct])


class Hostile(DepsCase):
    """Each hostile text is a package's name, its version, an advisory's summary and id's text, and a directory's name."""

    def setUp(self):
        super().setUp()
        self.texts = [text for text in TEXTS if text and len(text) < 4096]
        packages = {f"node_modules/p{number}": {"name": text, "version": "1.0.0"} for number, text in enumerate(self.texts)}
        packages[""] = {"name": "shop", "dependencies": {f"p{number}": "*" for number in range(len(self.texts))}}
        for number, text in enumerate(self.texts):
            packages[f"node_modules/v{number}"] = {"version": text}
        lock = json.dumps({"name": "shop", "lockfileVersion": 3, "packages": packages}, indent=1)
        files = {"package-lock.json": lock}
        for text in self.texts:
            name = text.replace("/", "_").replace("\0", "_")
            if name not in (".", "..", ".git") and len(name.encode()) < 200 and not name.endswith((" ", ".")):
                files[f"d{name}/requirements.txt"] = "unlocked\n"
        self.hostile_shop = self.shop(files)
        records = [advisory(f"GHSA-{number}", text, aliases=[text], details=text) | {"summary": text}
                   for number, text in enumerate(self.texts)]
        records += [advisory(f"GHSA-v{number}", f"v{number}", introduced=None, versions=[text]) | {"summary": text}
                    for number, text in enumerate(self.texts)]
        self.db = self.database(*records)

    def rendered(self, format):
        outcome = self.deps("--db", self.db, "--as-of", DAY, "--format", format, directory=self.hostile_shop.path)
        self.assertStatus(outcome, 1)
        self.assertEqual(outcome.err, "")
        return outcome.out

    def assertInert(self, text):
        self.assertEqual(commands(text), [])
        for line in text.split("\n"):
            self.assertEqual(line, printable(line))

    def test_no_sink_lets_a_name_speak(self):
        for format in FORMATS + ("text",):
            with self.subTest(format):
                text = self.rendered(format)
                self.assertInert(text)
                if format in ("gitlab-codequality", "gitlab-sast", "gitlab-secret-detection", "json", "sarif"):
                    json.loads(text)
                elif format == "junit":
                    xml.etree.ElementTree.fromstring(text)
                elif format == "html":
                    page = Shape(text)
                    self.assertNotIn("script", {element[0] for element in page.shape} - {"script"})
                    self.assertTrue(all(not link.lower().startswith(("javascript:", "data:text")) for link in page.links if link))

    def test_annotations_are_ours(self):
        for name, properties, _ in commands(self.rendered("github")):
            self.assertIn(name, ("error", "warning", "notice"))
            self.assertIn("title=", properties)

    def test_json_says_what_the_lockfile_says(self):
        report = json.loads(self.rendered("json"))["reports"][0]
        named = {fact["value"] for each in report["findings"] for fact in each["facts"] if fact["key"] == "package"}
        missing = [text for text in self.texts if printable(text) not in named and text not in named]
        self.assertEqual(missing, [])

    def test_listing(self):
        outcome = self.deps("packages", "--format", "json", self.hostile_shop.path / "package-lock.json")
        names = {json.loads(line)["name"] for line in outcome.out.splitlines()}
        self.assertEqual([text for text in self.texts if text not in names], [])
        self.assertInert(outcome.err)
        self.assertEqual(commands(outcome.out), [])
        self.assertTrue(outcome.out.isascii())
