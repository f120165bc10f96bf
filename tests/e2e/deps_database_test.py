# SPDX-License-Identifier: Apache-2.0
"""Databases of advisories: how they are made, what is asked of them, and that a damaged one is never believed."""
import json
import zipfile

from deps_cases import ADVISORIES, DepsCase, LEFT, advisory, npm_lock

YAML = """id: PYSEC-2099-5
modified: 2026-01-02T00:00:00Z
summary: A hole in bear
affected:
- package: {ecosystem: PyPI, name: bear}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: '0'}, {fixed: '2.0'}]
"""


class Import(DepsCase):
    def imported(self, *paths):
        return self.deps("db", "import", "--db", "db", "--as-of", "2026-01-09", *paths)

    def asked(self, line):
        outcome = self.deps("query", "--db", "db", stdin=line + "\n")
        self.assertStatus(outcome, 0)
        return json.loads(outcome.out)["ids"]

    def test_folders_zips_and_single_documents(self):
        folder = self.documents([LEFT])
        (folder / "deep/er").mkdir(parents=True)
        (folder / "deep/er/PYSEC-2099-5.yaml").write_text(YAML)
        with zipfile.ZipFile(self.directory / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("PYSEC-2099-1.json", json.dumps(ADVISORIES["PYSEC-2099-1"]))
        single = self.directory / "single.json"
        single.write_text(json.dumps(advisory("GHSA-single", "single")))
        outcome = self.imported(folder, "all.zip", single)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "4 records imported")
        self.assertEqual(outcome.out, "")
        self.assertEqual(self.asked("npm\tleft\t1.0.0"), ["GHSA-2222-3333-4444"])
        self.assertEqual(self.asked("PyPI\tbear\t1.9"), ["PYSEC-2099-5"])
        self.assertEqual(self.asked("PyPI\tsnake\t1.0"), ["PYSEC-2099-1"])
        self.assertEqual(self.asked("npm\tsingle\t1.0.0"), ["GHSA-single"])

    def test_a_record_that_is_there_is_replaced_and_others_stay(self):
        self.assertStatus(self.imported(self.documents(ADVISORIES.values())), 0)
        later = advisory("GHSA-2222-3333-4444", "left", fixed="1.0.1")
        self.assertStatus(self.imported(self.documents([later], "later")), 0)
        self.assertEqual(self.asked("npm\tleft\t1.1.0"), [])
        self.assertEqual(self.asked("npm\tleft\t1.0.0"), ["GHSA-2222-3333-4444"])
        self.assertEqual(self.asked("PyPI\tsnake\t1.0"), ["PYSEC-2099-1"])

    def test_withdrawn(self):
        self.assertStatus(self.imported(self.documents([LEFT | {"withdrawn": "2026-01-03T00:00:00Z"}])), 0)
        self.assertEqual(self.asked("npm\tleft\t1.0.0"), [])

    def test_what_cannot_be_judged_is_counted(self):
        odd = advisory("GHSA-odd", "odd", introduced="latest")
        outcome = self.imported(self.documents([LEFT, odd]))
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "2 records imported", "1 that cannot be judged")

    def test_what_cannot_be_read_is_counted_and_named(self):
        folder = self.documents([LEFT])
        (folder / "broken.json").write_text('{"id": "GHSA-broken", "affected": [')
        (folder / "notes.json").write_text('{"about": "nothing of the kind"}')
        outcome = self.imported(folder)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "1 record imported", "1 document that cannot be read", "1 document that is no advisory", "broken.json")
        self.assertEqual(self.asked("npm\tleft\t1.0.0"), ["GHSA-2222-3333-4444"])

    def test_where_nothing_can_be_read_nothing_is_had(self):
        (self.directory / "broken.json").write_text("{")
        outcome = self.imported("broken.json")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "broken.json: nothing was imported")
        self.assertFalse((self.directory / "db").exists())

    def test_what_is_passed_over_is_named(self):
        folder = self.directory / "mixed"
        folder.mkdir()
        (folder / "all.tar.gz").write_bytes(b"\x1f\x8b no document")
        (folder / "link.json").symlink_to(self.documents([LEFT]) / f"{LEFT['id']}.json")
        outcome = self.imported("mixed")
        self.assertStatus(outcome, 2)
        told = (f"1 file passed over, neither .json, .yaml, .yml, .csv, .csv.gz nor .zip: {folder}/all.tar.gz",
                f"1 file passed over, a link: {folder}/link.json")
        self.assertSays(outcome.err, "mixed: nothing was imported", *told)
        with zipfile.ZipFile(folder / "all.zip", "w") as archive:
            archive.writestr("GHSA.json", json.dumps(LEFT))
            archive.writestr("README.md", "Advisories")
        outcome = self.imported("mixed")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "1 record imported", told[1], "2 files passed over", "all.zip:README.md")
        (self.directory / "empty").mkdir()
        outcome = self.imported("empty")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "empty: nothing was imported: it holds no document")
        (folder / "all.zip").write_text("no zip")
        outcome = self.imported("mixed")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, f"{folder}/all.zip: not an archive that can be read")

    def test_an_archive_that_is_cut_off(self):
        with zipfile.ZipFile(self.directory / "all.zip", "w") as archive:
            for number in range(50):
                archive.writestr(f"{number}.json", json.dumps(advisory(f"GHSA-{number}", "left")))
        whole = (self.directory / "all.zip").read_bytes()
        (self.directory / "all.zip").write_bytes(whole[:len(whole) // 2])
        outcome = self.imported("all.zip")
        self.assertNotEqual(outcome.status, 0, outcome)
        self.assertSays(outcome.err, "all.zip")

    def test_a_path_that_is_not_there_leaves_the_database_as_it_was(self):
        self.assertStatus(self.imported(self.documents([LEFT])), 0)
        outcome = self.imported("nothing")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "nothing")
        self.assertEqual(self.asked("npm\tleft\t1.0.0"), ["GHSA-2222-3333-4444"])

    def test_the_same_documents_make_the_same_bytes(self):
        folder = self.documents(advisory(f"GHSA-{number}", f"p{number % 7}") for number in range(300))
        for name in ("one", "two"):
            self.assertStatus(self.deps("db", "import", "--db", name, "--as-of", "2026-01-09", folder), 0)
        files = [sorted((self.directory / name).iterdir()) for name in ("one", "two")]
        self.assertEqual([file.name for file in files[0]], [file.name for file in files[1]])
        for one, two in zip(*files):
            self.assertEqual(one.read_bytes(), two.read_bytes(), one.name)

    def test_info(self):
        self.assertStatus(self.imported(self.documents(ADVISORIES.values())), 0)
        outcome = self.deps("db", "info", "--db", "db")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "npm\n", "PyPI\n", "1 record for 1 package", "built 2026-01-09 from", "sha256 ")

    def test_info_of_documents_tells_no_day_that_nobody_knows(self):
        outcome = self.deps("db", "info", "--db", self.documents(ADVISORIES.values()))
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.out, "built on an unknown day from")


class Query(DepsCase):
    def asked(self, *lines, advisories=()):
        outcome = self.deps("query", "--db", self.database(*advisories), stdin="".join(line + "\n" for line in lines))
        self.assertStatus(outcome, 0)
        return [json.loads(line) for line in outcome.out.splitlines()]

    def verdicts(self, *lines, advisories=()):
        return [each["verdict"] for each in self.asked(*lines, advisories=advisories)]

    def test_each_line_in_its_order(self):
        answers = self.asked("PyPI\tsnake\t2.0", "npm\tleft\t1.0.0", "npm\tleft\t1.2.0", "npm\tnobody\t1.0.0")
        self.assertEqual(answers, [
            {"ecosystem": "PyPI", "name": "snake", "version": "2.0", "verdict": "clean", "ids": []},
            {"ecosystem": "npm", "name": "left", "version": "1.0.0", "verdict": "affected", "ids": ["GHSA-2222-3333-4444"]},
            {"ecosystem": "npm", "name": "left", "version": "1.2.0", "verdict": "clean", "ids": []},
            {"ecosystem": "npm", "name": "nobody", "version": "1.0.0", "verdict": "clean", "ids": []}])

    def test_nothing_asked_is_nothing_answered(self):
        self.assertEqual(self.asked(), [])

    def test_ids_are_the_records_own_neither_folded_nor_extended(self):
        answers = self.asked("npm\tleft\t1.0.0", advisories=[
            advisory("GHSA-2222-3333-4444", "left", aliases=["CVE-2099-0001"]),
            advisory("CVE-2099-0001", "left", aliases=["GHSA-2222-3333-4444"]),
            advisory("GHSA-8888-8888-8888", "left", related=["CVE-2099-0001"])])
        self.assertEqual(sorted(answers[0]["ids"]), ["CVE-2099-0001", "GHSA-2222-3333-4444", "GHSA-8888-8888-8888"])

    def test_the_ecosystem_is_as_asked_with_its_suffix(self):
        debian = advisory("DSA-1", "curl", ecosystem="Debian:12", fixed="7.88.1-10+deb12u4")
        self.assertEqual(self.verdicts("Debian:12\tcurl\t7.88.1-10+deb12u3", "Debian:12\tcurl\t7.88.1-10+deb12u4",
                                       "Debian:11\tcurl\t7.88.1-10+deb12u3", advisories=[debian]),
                         ["affected", "clean", "clean"])

    def test_an_ecosystem_that_the_database_lacks(self):
        self.assertEqual(self.verdicts("Hex\tplug\t1.0.0", "Nonsense\tplug\t1.0.0"), ["unknown", "unknown"])

    def test_names_compare_as_their_registry_does(self):
        advisories = [advisory("PYSEC-1", "Snake.Charmer_x", ecosystem="PyPI"), advisory("NU-1", "Newtonsoft.Json", ecosystem="NuGet"),
                      advisory("PA-1", "Monolog/Monolog", ecosystem="Packagist"), advisory("HEX-1", "Plug", ecosystem="Hex"),
                      advisory("NPM-1", "JSONStream")]
        self.assertEqual(self.verdicts("PyPI\tsnake-charmer-X\t1.0", "NuGet\tnewtonsoft.JSON\t1.0.0", "Packagist\tmonolog/monolog\t1.0.0",
                                       "Hex\tplug\t1.0.0", "npm\tjsonstream\t1.0.0", "npm\tJSONStream\t1.0.0", advisories=advisories),
                         ["affected", "affected", "affected", "affected", "clean", "affected"])

    def test_a_version_that_is_listed_literally(self):
        listed = advisory("GHSA-listed", "left", introduced=None, versions=["nightly", "1.0.0"])
        self.assertEqual(self.verdicts("npm\tleft\tnightly", "npm\tleft\t1.0.0", "npm\tleft\tweekly", "npm\tleft\t1.0.1",
                                       advisories=[listed]),
                         ["affected", "affected", "unknown", "clean"])

    def test_what_is_no_version_is_unknown(self):
        self.assertEqual(self.verdicts("npm\tleft\t", "npm\tleft\tlatest", "npm\tleft\t*", "PyPI\tsnake\t${version}"),
                         ["unknown"] * 4)

    def test_a_line_that_is_not_of_three_fields_is_unknown(self):
        self.assertEqual(self.verdicts("npm\tleft", "npm", "npm\tleft\t1.0.0\tmore"), ["unknown"] * 3)

    def test_without_a_database(self):
        outcome = self.deps("query", "--db", "nothing", stdin="npm\tleft\t1.0.0\n")
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "nothing")
        self.assertEqual([line for line in outcome.out.splitlines() if "verdict" in line], [])

    def test_any_bytes_make_lines_of_json(self):
        answers = self.asked('npm\t\x1b[31m"::error::\u2028\t1.0.0')
        self.assertEqual(answers[0]["name"], '\x1b[31m"::error::\u2028')


class Compare(DepsCase):
    def test_arguments(self):
        for ecosystem, one, other, sign in (("npm", "1.0.0", "1.0.1", "<"), ("npm", "1.0.0", "1.0.0+1", "="), ("PyPI", "2.0", "1!0", "<"),
                                            ("Debian", "1.0", "1.0~rc1", ">"), ("Red Hat", "1.0-1", "1.0-2", "<"),
                                            ("Alpine", "1.0_rc1", "1.0", "<"), ("crates.io", "1.0.0-a", "1.0.0", "<"),
                                            ("npm", "latest", "1.0.0", "?"), ("Maven", "1.0", "${v}", "?"), ("npm", "", "1.0.0", "?")):
            with self.subTest(ecosystem=ecosystem, one=one, other=other):
                outcome = self.deps("compare", ecosystem, one, other)
                self.assertStatus(outcome, 0)
                self.assertEqual(outcome.out, sign + "\n")

    def test_standard_input(self):
        outcome = self.deps("compare", "npm", stdin="1.0.0\t2.0.0\n2.0.0\t1.0.0\n1.0.0\t1.0.0\nlatest\t1.0.0\n1.0.0\n\n1\t2\t3\n")
        self.assertStatus(outcome, 0)
        self.assertEqual(outcome.out.splitlines(), ["<", ">", "=", "?", "?", "?", "?"])

    def test_another_ecosystem(self):
        outcome = self.deps("compare", "nmp", "1", "2")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.err, "nmp", "did you mean", "npm")

    def test_one_version(self):
        self.assertStatus(self.deps("compare", "npm", "1.0.0"), 2)


class Damage(DepsCase):
    """Whatever happens to an index, a verdict that rests on it is refused."""

    def setUp(self):
        super().setUp()
        self.db = self.database(*(advisory(f"GHSA-{number}", f"p{number}") for number in range(40)), LEFT)
        self.index = self.db / "npm.advisories"
        self.whole = self.index.read_bytes()
        self.shop_of_one = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})

    def test_flipped_bytes(self):
        """In every part of the file: the gate either does not touch the place, or refuses."""
        refused = 0
        for place in range(0, len(self.whole), 211):
            broken = bytearray(self.whole)
            broken[place] ^= 0x41
            self.index.write_bytes(broken)
            outcome = self.deps("query", "--db", self.db, stdin="npm\tleft\t1.0.0\n")
            if outcome.status == 0:
                self.assertEqual(json.loads(outcome.out)["ids"], ["GHSA-2222-3333-4444"], f"byte {place}")
            else:
                refused += 1
                self.assertStatus(outcome, 4)
                self.assertSays(outcome.err, "npm.advisories")
            self.assertStatus(self.deps("db", "info", "--db", self.db), 4)
        self.assertGreater(refused, 0)

    def test_cut_off(self):
        for size in (0, 1, 100, len(self.whole) // 2, len(self.whole) - 1):
            with self.subTest(size):
                self.index.write_bytes(self.whole[:size])
                outcome = self.judge(self.shop_of_one, self.db)
                self.assertStatus(outcome, 4)
                self.assertSays(outcome.err, "npm.advisories")

    def test_another_ecosystems_index_under_its_name(self):
        other = self.database(advisory("PYSEC-2099-1", "left", ecosystem="PyPI"), name="other")
        self.index.write_bytes((other / "PyPI.advisories").read_bytes())
        outcome = self.judge(self.shop_of_one, self.db)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "PyPI")

    def test_something_else_in_its_place(self):
        self.index.unlink()
        self.index.mkdir()
        self.assertStatus(self.judge(self.shop_of_one, self.db), 4)

    def test_a_new_import_takes_nothing_of_it_over_and_says_so(self):
        self.index.write_bytes(self.whole[:-1])
        outcome = self.deps("db", "import", "--db", self.db, self.documents([LEFT]))
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "npm: what was there is damaged")
        self.assertFinds(self.judge(self.shop_of_one, self.db), 1, "vulnerable-dependency left 1.0.0 active")


class Age(DepsCase):
    def test_stale(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})})
        database = self.database(day="2026-01-01")
        outcome = self.judge(shop, database, day="2026-01-15")
        self.assertStatus(outcome, 1)
        self.assertGaps(outcome)
        outcome = self.judge(shop, database, day="2026-01-16")
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.0 active")
        self.assertGaps(outcome, ("stale-data", "15 days ago", "2026-01-01"))
        shop.commit("Update", {"package-lock.json": npm_lock({"left": "1.2.0"})})
        self.assertFinds(self.judge(shop, database, day="2026-01-16"), 3)
        self.assertFinds(self.judge(shop, database, "--max-age", "0", day="2026-12-31"), 0)
