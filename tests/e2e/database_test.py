# SPDX-License-Identifier: Apache-2.0
"""The advisory database: brought up to date over the network, whatever the server does."""
import io
import json
import os
import signal
import struct
import subprocess
import time
import zipfile
import zlib

from advisory_server import Page, archive, certificates, dumped
from database_case import DAY, GO, GO_MOD, LATER, TEXT, Database, damaged, record
from harness import BIN, clean_environment, needs


class Update(Database):
    def test_real_records_come_by_the_archive_and_then_one_by_one(self):
        server = self.server()
        server.publish("Go", GO, [(DAY, id) for id in GO])
        outcome = self.update(server, "Go")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, f"Go: {len(GO)} records from the archive")
        self.assertEqual(server.asked(), ["Go/modified_id.csv", "Go/all.zip"])
        text = ("Go", "golang.org/x/text", "0.3.6")
        mended, withdrawn = ("Go", "golang.org/x/text", "0.3.7"), ("Go", "k8s.io/kubernetes", "1.0.0")
        self.assertEqual(self.verdicts(text, mended, withdrawn),
                         [("affected", [TEXT]), ("clean", []), ("clean", [])])

        before = self.bytes_of("Go")
        outcome = self.update(server, "Go")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "Go: up to date")
        self.assertEqual(server.asked(), ["Go/modified_id.csv"])
        self.assertEqual(self.bytes_of("Go"), before)

        # One is withdrawn, and one says now that a later version mended it.
        withdrawn = json.loads(GO[TEXT]) | {"withdrawn": LATER}
        later = GO["GO-2022-0969"].replace(b"0.0.0-20220906165146-f3363e06e74c", b"0.9.0")
        self.assertNotEqual(later, GO["GO-2022-0969"])
        changed = GO | {TEXT: dumped(withdrawn), "GO-2022-0969": later}
        server.publish("Go", changed, [(LATER, TEXT), (LATER, "GO-2022-0969")] + [(DAY, id) for id in GO])
        net = ("Go", "golang.org/x/net", "0.8.0")
        self.assertEqual(self.verdicts(text, net), [("affected", [TEXT]), ("clean", [])])
        outcome = self.update(server, "Go")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "Go: 2 records from the list of modifications")
        self.assertEqual(server.asked(), ["Go/modified_id.csv", f"Go/{TEXT}.json", "Go/GO-2022-0969.json"])
        self.assertEqual(self.verdicts(text, net), [("clean", []), ("affected", ["GO-2022-0969"])])

    def test_two_records_of_one_moment_are_both_had(self):
        server = self.server()
        self.npm(server, "A-1")
        self.assertStatus(self.update(server, "npm"), 0)
        self.npm(server, "A-1", "A-2")
        self.assertSays(self.update(server, "npm").err, "npm: 1 record from the list")
        self.assertKnows("A-1", "A-2")
        # "….5Z" is after "…Z", though a sort of texts says the other way round.
        self.npm(server, "A-1", "A-2", "A-3", at={"A-3": DAY.replace("Z", ".5Z")})
        self.assertSays(self.update(server, "npm").err, "npm: 1 record from the list")
        self.assertSays(self.update(server, "npm").err, "npm: up to date")
        self.assertKnows("A-1", "A-2", "A-3")

    def test_many_changes_come_by_the_archive(self):
        server = self.server()
        self.npm(server, "A-0")
        self.assertStatus(self.update(server, "npm"), 0)
        server.asked()
        ids = [f"A-{i}" for i in range(2100)]
        self.npm(server, *ids, at={id: LATER for id in ids[1:]})
        self.assertSays(self.update(server, "npm").err, "npm: 2,100 records from the archive")
        self.assertEqual(server.asked(), ["npm/modified_id.csv", "npm/all.zip"])

    def test_an_archive_that_is_the_same_is_not_fetched_again_and_has_not_what_is_newer(self):
        server = self.server()
        self.npm(server, "A-1")
        self.assertStatus(self.update(server, "npm"), 0)
        ids = [f"B-{i}" for i in range(2001)]
        server.pages["/osv/npm/modified_id.csv"] = Page("".join(f"{LATER},{id}\n" for id in ids).encode())
        for _ in range(2):
            outcome = self.update(server, "npm")
            self.assertStatus(outcome, 3)
            self.assertSays(outcome.err, "2,001 cannot be had or read and will be asked for again")
            self.assertIn("If-None-Match", server.requests[-1][1])

    def test_what_the_server_has_no_more_goes_and_what_was_imported_stays(self):
        server = self.server()
        own = self.directory / "own"
        own.mkdir()
        (own / "OWN-1.json").write_bytes(record("OWN-1", "shop", "2.0.0"))
        (own / "OWN-2.json").write_bytes(record("OWN-2", "shop", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.db, own / "OWN-1.json"), 0)
        self.npm(server, "A-1", "A-2", "A-3")
        self.assertStatus(self.update(server, "npm"), 0)
        self.assertStatus(self.deps("db", "import", "--db", self.db, own / "OWN-2.json"), 0)
        self.assertKnows("A-1", "A-2", "A-3", "OWN-1", "OWN-2")
        self.npm(server, "A-1", "A-3")
        self.assertSays(self.update(server, "npm").err, "npm: 0 records from the list of modifications, 1 gone")
        self.assertKnows("A-1", "A-3", "OWN-1", "OWN-2")
        ids = [f"B-{i}" for i in range(2001)]
        self.npm(server, "A-1", *ids, at={id: LATER for id in ids})
        self.assertSays(self.update(server, "npm").err, "from the archive, 1 gone")
        self.assertEqual(len(self.verdicts(("npm", "shop", "1.0.0"))[0][1]), 2004)

    def test_a_damaged_index_is_made_anew(self):
        server = self.server()
        self.npm(server, "A-1", "A-2")
        file = self.db / "npm.advisories"
        self.assertStatus(self.update(server, "npm"), 0)
        whole = self.bytes_of("npm")
        for broken in (damaged(whole, len(whole) // 2), whole[:-9], b"", damaged(whole, 8)):
            file.write_bytes(broken)
            outcome = self.update(server, "npm")
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.err, "npm: 2 records from the archive, and nothing of what was there")
            self.assertKnows("A-1", "A-2")
            self.assertSays(self.update(server, "npm").err, "npm: up to date")
        own = self.directory / "own.json"
        own.write_bytes(record("OWN-1", "shop", "2.0.0"))
        file.write_bytes(damaged(whole, len(whole) // 2))
        outcome = self.deps("db", "import", "--db", self.db, own)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "npm: what was there is damaged or of another format, and nothing of it was kept")
        self.assertKnows("OWN-1")

    def test_a_record_of_two_ecosystems_makes_no_index_of_the_other(self):
        """Its few records would pass for all that is known of it."""
        server = self.server()
        both = json.loads(record("A-1", "shop", "2.0.0"))
        both["affected"].append(both["affected"][0] | {"package": {"ecosystem": "Maven", "name": "a:shop"}})
        server.publish("npm", {"A-1": dumped(both)}, [(DAY, "A-1")])
        self.assertStatus(self.update(server, "npm"), 0)
        self.assertEqual(sorted(f.name for f in self.db.iterdir()), ["npm.advisories", "update.json"])
        self.assertKnows("A-1")

    def test_one_ecosystem_that_fails_stops_no_other(self):
        server = self.server()
        self.npm(server, "A-1")
        outcome = self.update(server, "Nowhere", "npm")
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "Nowhere: not updated: the server does not have it", "npm: 1 record")
        self.assertKnows("A-1")

    def test_without_names_what_is_there_and_what_the_lockfiles_need(self):
        server = self.server()
        self.npm(server, "A-1")
        server.publish("Go", GO, [(DAY, id) for id in GO])
        self.assertStatus(self.update(server, "npm"), 0)
        repository = self.repository()
        repository.commit("Lock", {"go.mod": GO_MOD})
        outcome = repository.run("sluice-deps", "db", "update", "--db", self.db, "--from", server.url)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "Go: ", "npm: up to date")
        outcome = repository.run("sluice-deps", "--db", self.db, "--as-of", "2026-09-03", "--verbose")
        self.assertSays(outcome.out, TEXT)

    def test_a_name_with_a_blank(self):
        server = self.server()
        server.publish("GitHub Actions", {"A-1": record("A-1", "a/b", "2.0.0", "GitHub Actions")}, [(DAY, "A-1")])
        self.assertStatus(self.update(server, "GitHub Actions"), 0)
        self.assertKnows("A-1", name="a/b", version="v1.0.0", ecosystem="GitHub Actions")


class Download(Database):
    """An archive of more than one piece of 16 MiB."""

    def big(self, server, *ids):
        text = os.urandom(9 << 20).hex()
        documents = {id: record(id, "shop", "2.0.0", details=text) for id in ids}
        server.publish("npm", documents, [(DAY, id) for id in ids])
        # Stored, so that it is as long as it looks.
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for id, document in documents.items():
                target.writestr(f"{id}.json", document)
        return out.getvalue()

    def test_in_pieces_and_on_from_where_the_line_broke(self):
        server = self.server()
        whole = self.big(server, "A-1", "A-2")
        self.assertGreater(len(whole), 2 << 24)
        good, broken = Page(whole), Page(whole, cut=1000)
        # The first piece comes, the second breaks off at every attempt.
        server.pages["/osv/npm/all.zip"] = [good, broken, broken, broken, good]
        outcome = self.update(server, "npm")
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "after 3 attempts")
        self.assertFalse((self.db / "npm.advisories").exists())
        server.requests.clear()
        self.assertStatus(self.update(server, "npm"), 0)
        first = next(headers for path, headers in server.requests if path.endswith("all.zip"))
        self.assertEqual(first["Range"], f"bytes={16 << 20}-{(32 << 20) - 1}")
        self.assertEqual(first["If-Range"], good.etag)
        self.assertKnows("A-1", "A-2")
        self.assertEqual(sorted(f.name for f in self.db.iterdir()), ["npm.advisories", "update.json"])

    def test_another_version_in_between_begins_anew(self):
        for kind in ("by the book", "ignores If-Range"):
            with self.subTest(kind):
                self.db = self.directory / kind
                server = self.server()
                old, new = Page(self.big(server, "A-1", "A-2")), Page(self.big(server, "B-1", "B-2"))
                if kind != "by the book":
                    new.headers = {"ETag": '"another"'}
                    # The piece that was asked for, of another file.
                    piece = Page(new.body[16 << 20:32 << 20], status=206,
                                 headers={"ETag": '"another"',
                                          "Content-Range": f"bytes {16 << 20}-{(32 << 20) - 1}/{len(new.body)}"})
                    server.pages["/osv/npm/all.zip"] = [old, piece, new]
                else:
                    server.pages["/osv/npm/all.zip"] = [old, new]
                self.assertStatus(self.update(server, "npm"), 0)
                self.assertKnows("B-1", "B-2")

    def test_a_server_without_ranges(self):
        server = self.server()
        server.pages["/osv/npm/all.zip"] = None
        whole = self.big(server, "A-1", "A-2")
        server.pages["/osv/npm/all.zip"] = Page(whole, ranges=False)
        self.assertStatus(self.update(server, "npm"), 0)
        self.assertKnows("A-1", "A-2")

    def test_killed_midway_the_old_index_stands(self):
        server = self.server()
        self.npm(server, "A-1")
        self.assertStatus(self.update(server, "npm"), 0)
        before = self.bytes_of("npm")
        ids = [f"B-{i}" for i in range(2100)]
        self.npm(server, *ids, when=LATER)
        server.pages["/osv/npm/all.zip"] = Page(b" " * 65536, endless=True)
        process = subprocess.Popen([BIN / "sluice-deps", "db", "update", "--db", self.db, "--from", server.url,
                                    "--ecosystems", "npm"], env=clean_environment(self.directory),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not any(path.endswith("all.zip") for path, _ in server.requests):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.assertEqual(self.bytes_of("npm"), before)
        self.assertKnows("A-1")
        self.npm(server, "A-1", *ids, at={id: LATER for id in ids})
        self.assertStatus(self.update(server, "npm"), 0)
        self.assertEqual(len(self.verdicts(("npm", "shop", "1.0.0"))[0][1]), 2101)


def with_wrong_checksum():
    """The bytes are whole, only their sum is another's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("A-1.json", record("A-1", "shop", "2.0.0"))
    whole = out.getvalue()
    return damaged(whole, whole.index(b'"fixed"') + 11)


def bomb(entries, bytes_each, claimed=None):
    """Entries of blanks, packed once; `claimed` is what they say that they unpack to."""
    blanks = b" " * bytes_each
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(blanks) + packer.flush()
    about = (20, 0, 8, 0, 33, zlib.crc32(blanks), len(packed), bytes_each if claimed is None else claimed)
    out, directory = bytearray(), bytearray()
    for i in range(entries):
        name = f"{i}.json".encode()
        place = (len(name), 0, 0, 0, 0, 0, len(out))
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, *about, *place) + name
        out += struct.pack("<IHHHHHIIIHH", 0x04034b50, *about, len(name), 0) + name + packed
    end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, entries, entries, len(directory), len(out), 0)
    return bytes(out + directory + end)


class Hostile(Database):
    def setUp(self):
        super().setUp()
        self.evil = self.server()
        self.npm(self.evil, "A-1")
        self.assertStatus(self.update(self.evil, "npm"), 0)
        self.before = {file.name: file.read_bytes() for file in self.db.iterdir()}
        self.ids = [f"B-{i}" for i in range(2100)]

    def assertRefused(self, outcome, *parts, status=4):
        self.assertStatus(outcome, status)
        self.assertSays(outcome.err, *parts)
        self.assertEqual({file.name: file.read_bytes() for file in self.db.iterdir()}, self.before)

    def archive_is(self, page):
        self.npm(self.evil, *self.ids, when=LATER)
        self.evil.pages["/osv/npm/all.zip"] = page
        return self.update(self.evil, "npm")

    def test_archives_that_are_none(self):
        good = archive({"A-1": record("A-1", "shop", "2.0.0")})
        html = b"<!doctype html><title>Sign in</title><p>Please, 2026-09-02T00:00:00Z,A-1"
        for name, page in {"an error page": Page(html), "cut off": Page(good[:-30]), "empty": Page(b""),
                           "of nothing": Page(archive({})), "of other documents": Page(archive({"x": b"{}"})),
                           "wrong checksum": Page(with_wrong_checksum()),
                           "of another ecosystem": Page(archive({"A-1": record("A-1", "shop", "2.0.0", "Go")})),
                           "a range that was not asked for":
                               Page(good, status=206, headers={"Content-Range": "bytes 5-100/101"}),
                           "shorter than what is there":
                               Page(good, status=206, headers={"Content-Range": "bytes 0-9/10"})}.items():
            with self.subTest(name):
                self.assertRefused(self.archive_is(page), "npm: not updated: ", "/npm/all.zip")

    def test_bombs(self):
        for name, arguments, said in (("one that is too large", (1, 65 << 20), "an entry is too large"),
                                      ("many", (160, 60 << 20), "it unpacks to more than"),
                                      ("one that says that it is small", (1, 60 << 20, 100), "an entry is damaged")):
            with self.subTest(name):
                whole = bomb(*arguments)
                self.assertTrue(zipfile.is_zipfile(io.BytesIO(whole)))
                self.assertRefused(self.archive_is(Page(whole)), "npm: not updated: ", said)

    def test_names_in_an_archive_lead_nowhere(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in ("../../outside.json", "/tmp/sluice-outside.json", "a\\..\\b.json", "npm.advisories"):
                target.writestr(name, record("C-1", "shop", "2.0.0"))
        self.assertStatus(self.archive_is(Page(out.getvalue())), 0)
        self.assertEqual(sorted(file.name for file in self.db.iterdir()), sorted(self.before))
        self.assertFalse((self.directory / "outside.json").exists())
        self.assertKnows("C-1")

    def test_lists_that_are_none(self):
        for name, page in {"empty": Page(b""), "an error page": Page(b"<html>, 2026-09-02T00:00:00Z</html>"),
                           "an error of the server": Page(b"", status=500), "forbidden": Page(b"", status=403),
                           "an id that leads elsewhere": Page(f"{LATER},../../x\n".encode()),
                           "an id with a query": Page(f"{LATER},A?x=1\n".encode()),
                           "no moment": Page(b"2026-09-02,A-1\n")}.items():
            with self.subTest(name):
                self.evil.pages["/osv/npm/modified_id.csv"] = page
                self.assertRefused(self.update(self.evil, "npm"), "npm: not updated: ")

    def test_records_that_are_none_are_asked_for_again(self):
        for name, page in {"an error page": Page(b"<html>"), "another document": Page(b"{}"),
                           "not there": Page(b"", status=404), "cut off": Page(b'{"id":"A-2","affec')}.items():
            with self.subTest(name):
                self.npm(self.evil, "A-1", "A-2", at={"A-2": LATER})
                self.evil.pages["/osv/npm/A-2.json"] = page
                outcome = self.update(self.evil, "npm")
                self.assertStatus(outcome, 3)
                self.assertSays(outcome.err, "1 cannot be had or read and will be asked for again")
                self.assertKnows("A-1")
        self.npm(self.evil, "A-1", "A-2", at={"A-2": LATER})
        self.assertStatus(self.update(self.evil, "npm"), 0)
        self.assertKnows("A-1", "A-2")

    def test_a_record_without_end(self):
        self.npm(self.evil, "A-1", "A-2", at={"A-2": LATER})
        self.evil.pages["/osv/npm/A-2.json"] = Page(b" " * 65536, endless=True)
        self.assertRefused(self.update(self.evil, "npm"), "the answer is longer than")

    def test_a_redirect_elsewhere(self):
        other = self.server()
        self.npm(other, "B-1")
        self.evil.pages["/osv/npm/modified_id.csv"] = Page(
            status=302, headers={"Location": f"{other.url}/npm/modified_id.csv"})
        self.assertRefused(self.update(self.evil, "npm"), "is not among the hosts that may be asked")
        self.assertEqual(other.asked(), [])

    def test_only_https_off_this_machine(self):
        for url in ("http://advisories.example.org/osv", "http://127.0.0.1.example.org/osv", "ftp://localhost/osv"):
            with self.subTest(url):
                outcome = self.deps("db", "update", "--db", self.db, "--from", url, "--ecosystems", "npm")
                self.assertStatus(outcome, 2)
                self.assertEqual({file.name: file.read_bytes() for file in self.db.iterdir()}, self.before)


class Tls(Database):
    @needs("openssl")
    def test_an_authority_that_is_not_known_is_refused(self):
        authority, own = certificates(self.directory)
        server = self.server(certificate=own)
        self.npm(server, "A-1")
        outcome = self.update(server, "npm")
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "certificate")
        self.assertFalse((self.db / "npm.advisories").exists())
        self.assertStatus(self.update(server, "npm", SSL_CERT_FILE=authority), 0)
        self.assertKnows("A-1")

    @needs("openssl")
    def test_a_redirect_to_plain_http_is_refused(self):
        authority, own = certificates(self.directory)
        server, plain = self.server(certificate=own), self.server()
        self.npm(plain, "B-1")
        server.pages["/osv/npm/modified_id.csv"] = Page(
            status=301, headers={"Location": f"{plain.url}/npm/modified_id.csv"})
        outcome = self.update(server, "npm", SSL_CERT_FILE=authority)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "redirects from https to http")
        self.assertEqual(plain.asked(), [])
