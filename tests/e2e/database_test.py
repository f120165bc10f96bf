# SPDX-License-Identifier: Apache-2.0
"""The advisory database: brought up to date over the network, whatever the server does."""
import base64
import hashlib
import io
import json
import os
import shutil
import signal
import struct
import subprocess
import time
import zipfile
import zlib

from advisory_server import ADVISORIES, Page, Server, archive, certificates, dumped, records
from harness import BIN, Case, Repository, clean_environment, needs, run

DAY = "2026-09-01T00:00:00Z"
LATER = "2026-09-02T10:00:00.25Z"
GO = records("Go")
TEXT = "GO-2021-0113"  # golang.org/x/text before 0.3.7


def record(id, name, fixed, ecosystem="npm", **more):
    return dumped({"id": id, "modified": DAY, "affected": [
        {"package": {"ecosystem": ecosystem, "name": name},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": fixed}]}]}], **more})


class Database(Case):
    def setUp(self):
        super().setUp()
        self.db = self.directory / "db"
        self.environment = {}

    def server(self, **options):
        server = Server(**options)
        self.addCleanup(server.close)
        return server

    def deps(self, *arguments, stdin="", **environment):
        return run([BIN / "sluice-deps", *arguments], self.directory,
                   clean_environment(self.directory, **self.environment, **environment), stdin)

    def update(self, server, *ecosystems, **environment):
        return self.deps("db", "update", "--db", self.db, "--from", server.url, "--ecosystems", ",".join(ecosystems),
                         "--as-of", "2026-09-03", **environment)

    def verdicts(self, *questions):
        """"affected" and the like of each (ecosystem, name, version), with the ids."""
        outcome = self.deps("query", "--db", self.db, stdin="".join("\t".join(each) + "\n" for each in questions))
        self.assertStatus(outcome, 0)
        return [(answer["verdict"], answer["ids"]) for answer in map(json.loads, outcome.out.splitlines())]

    def assertKnows(self, *ids, name="shop", version="1.0.0", ecosystem="npm"):
        (_, found), = self.verdicts((ecosystem, name, version))
        self.assertEqual(found, sorted(ids))

    def bytes_of(self, ecosystem):
        return (self.db / f"{ecosystem}.advisories").read_bytes()

    def npm(self, server, *ids, when=DAY, at=None):
        """Publishes records of one package, the last of them the newest."""
        moments = [(at or {}).get(id, when) for id in ids]
        server.publish("npm", {id: record(id, "shop", "2.0.0") for id in ids},
                       sorted(zip(moments, ids), reverse=True))


class Update(Database):
    def test_real_records_come_by_the_archive_and_then_one_by_one(self):
        server = self.server()
        server.publish("Go", GO, [(DAY, id) for id in GO])
        outcome = self.update(server, "Go")
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, f"Go: {len(GO)} records from the archive")
        self.assertEqual(server.asked(), ["Go/modified_id.csv", "Go/all.zip"])
        text = ("Go", "golang.org/x/text", "0.3.6")
        self.assertEqual(self.verdicts(text, ("Go", "golang.org/x/text", "0.3.7"), ("Go", "k8s.io/kubernetes", "1.0.0")),
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
        repository.commit("Lock", {"go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
        outcome = repository.run("sluice-deps", "db", "update", "--db", self.db, "--from", server.url)
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "Go: ", "npm: up to date")
        outcome = repository.run("sluice-deps", "--db", self.db, "--as-of", "2026-09-03")
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


def damaged(whole, at):
    return whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:]


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
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, *about, len(name), 0, 0, 0, 0, 0, len(out)) + name
        out += struct.pack("<IHHHHHIIIHH", 0x04034b50, *about, len(name), 0) + name + packed
    return bytes(out + directory + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, entries, entries, len(directory), len(out), 0))


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
        self.assertSays(outcome.err, "npm: not updated: ", "certificate")
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


class Handed(Database):
    """A database for a machine without a network: exported, signed, taken over."""

    def setUp(self):
        super().setUp()
        self.assertStatus(self.deps("db", "import", "--db", self.db, ADVISORIES, "--as-of", "2026-09-01"), 0)
        self.out, self.there = self.directory / "out", self.directory / "there"

    def key(self, name="key"):
        """The file of a private key and the public one."""
        file = self.directory / f"{name}.pem"
        self.assertStatus(run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", file], self.directory), 0)
        public = run(["openssl", "pkey", "-in", file, "-pubout"], self.directory)
        self.assertStatus(public, 0)
        return file, public.out

    def export(self, *arguments, day="2026-09-01"):
        outcome = self.deps("db", "export", "--db", self.db, self.out, "--as-of", day, *arguments)
        self.assertStatus(outcome, 0)
        return outcome

    def take_over(self, *arguments, source=None):
        return self.deps("db", "update", "--db", self.there, "--from", source or self.out, *arguments)

    def files(self, directory):
        return {file.name: file.read_bytes() for file in directory.iterdir()} if directory.exists() else {}

    def test_the_same_bytes_on_both_sides(self):
        self.assertSays(self.export().err, "npm.advisories", "exploits.tsv", "not signed")
        self.assertSays(self.deps("db", "info", "--db", self.out).out, "npm")  # it can be used as it is
        self.assertStatus(self.take_over(), 0)
        exported = self.files(self.out)
        self.assertEqual(exported, self.files(self.there))
        manifest = json.loads(exported.pop("manifest.json"))
        self.assertEqual(manifest["made"], "2026-09-01")
        self.assertEqual({file["name"]: (file["bytes"], file["sha256"]) for file in manifest["files"]},
                         {name: (len(text), hashlib.sha256(text).hexdigest()) for name, text in exported.items()})
        self.assertEqual(exported, self.files(self.db))

    def test_by_a_server_only_what_has_changed(self):
        server = self.server()

        def publish():
            server.pages = {f"/osv/{name}": Page(text) for name, text in self.files(self.out).items()}

        self.export()
        publish()
        self.assertStatus(self.take_over(source=server.url), 0)
        self.assertEqual(self.files(self.out), self.files(self.there))
        own = self.directory / "own.json"
        own.write_bytes(record("OWN-1", "shop", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.db, own, "--as-of", "2026-09-02"), 0)
        (self.db / "PyPI.advisories").unlink()
        self.export(day="2026-09-02")
        publish()
        server.asked()
        outcome = self.take_over(source=server.url)
        self.assertStatus(outcome, 0)
        self.assertEqual(server.asked(), ["manifest.sig", "npm.advisories"])
        self.assertEqual(self.files(self.out), self.files(self.there))

    @needs("openssl")
    def test_signed_and_checked(self):
        private, public = self.key()
        self.assertSays(self.export("--sign", private).err, ", signed")
        line = "".join(public.splitlines()[1:-1])
        for key in (public, line):
            outcome = self.take_over("--db-key", key)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.err, "signed by the key that is demanded")
        self.assertEqual(self.files(self.out), self.files(self.there))
        # What is told to whoever has openssl alone.
        (self.directory / "raw").write_bytes(base64.b64decode((self.out / "manifest.sig").read_text()))
        (self.directory / "pub").write_text(public)
        self.assertStatus(run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "pub", "-rawin", "-in",
                               self.out / "manifest.json", "-sigfile", "raw"], self.directory), 0)

    @needs("openssl")
    def test_one_byte_of_anything_is_refused_with_nothing_changed(self):
        private, public = self.key()
        self.export("--sign", private)
        good = self.files(self.out)
        for name, text in good.items():
            for at in (0, len(text) // 2, len(text) - 2):
                with self.subTest(name=name, at=at):
                    (self.out / name).write_bytes(damaged(text, at))
                    outcome = self.take_over("--db-key", public)
                    self.assertStatus(outcome, 4)
                    self.assertEqual(self.files(self.there), {})
                    (self.out / name).write_bytes(text)
            with self.subTest(name=name, gone=True):
                (self.out / name).unlink()
                self.assertStatus(self.take_over("--db-key", public), 2 if name == "manifest.json" else 4)
                self.assertEqual(self.files(self.there), {})
                (self.out / name).write_bytes(text)
        self.assertStatus(self.take_over("--db-key", public), 0)

    @needs("openssl")
    def test_another_key_none_and_what_is_no_key(self):
        private, public = self.key()
        other, _ = self.key("other")
        self.export("--sign", other)
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "is not signed by the key that is demanded")
        self.export()
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "manifest.json is not signed")
        self.export("--sign", private)
        self.assertStatus(self.take_over("--db-key", "AAAA"), 2)
        public_file = self.directory / "public.pem"
        public_file.write_text(public)
        for bad in (public_file, self.out / "npm.advisories"):
            outcome = self.deps("db", "export", "--db", self.db, self.directory / "bad", "--sign", bad)
            self.assertStatus(outcome, 2)
        self.assertEqual(self.files(self.there), {})

    @needs("openssl")
    def test_an_older_one_is_refused(self):
        private, public = self.key()
        self.export("--sign", private, day="2026-09-01")
        old = self.files(self.out)
        self.export("--sign", private, day="2026-09-05")
        self.assertStatus(self.take_over("--db-key", public), 0)
        before = self.files(self.there)
        for name, text in old.items():
            (self.out / name).write_bytes(text)
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "its manifest is of 2026-09-01, and the database is of 2026-09-05 already")
        self.assertEqual(self.files(self.there), before)

    @needs("openssl")
    def test_where_a_key_is_demanded_the_gate_uses_nothing_else(self):
        private, public = self.key()
        self.export("--sign", private)
        self.assertStatus(self.take_over("--db-key", public), 0)
        repository = self.repository()
        line = "".join(public.splitlines()[1:-1])
        repository.commit("Lock", {"go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n",
                                   ".sluice.yml": f"deps:\n  db-key: {line}\n"})

        def gate(db):
            return repository.run("sluice-deps", "--db", db, "--as-of", "2026-09-03")

        self.assertSays(gate(self.there).out, TEXT)
        outcome = gate(self.db)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.out + outcome.err, "manifest.json is missing: a key is demanded")
        whole = (self.there / "Go.advisories").read_bytes()
        (self.there / "Go.advisories").write_bytes((self.there / "npm.advisories").read_bytes())
        outcome = gate(self.there)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.out + outcome.err, "Go.advisories is not the file that its manifest names")
        (self.there / "Go.advisories").write_bytes(whole)
        (self.there / "Hex.advisories").write_bytes(whole)
        self.assertSays(gate(self.there).out, "Hex.advisories is not named by its manifest")
        (self.there / "Hex.advisories").unlink()
        # What is imported beside it is not what was signed.
        own = self.directory / "own.json"
        own.write_bytes(record("OWN-1", "shop", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.there, own), 0)
        self.assertStatus(gate(self.there), 4)
        # Neither is what a server has that signs nothing.
        server = self.server()
        self.npm(server, "A-1")
        outcome = self.deps("db", "update", "--db", self.there, "--from", server.url, "--db-key", line)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "a key is demanded")

    def test_manifests_that_lead_elsewhere(self):
        self.export()
        manifest = json.loads((self.out / "manifest.json").read_text())
        outside = self.directory / "outside.advisories"
        for name in ("../outside.advisories", "/etc/passwd", "update.json", ".advisories", "a/b.advisories",
                     "x.advisories/../../outside.advisories"):
            with self.subTest(name):
                (self.out / "manifest.json").write_text(
                    json.dumps(manifest | {"files": [manifest["files"][0] | {"name": name}]}))
                self.assertStatus(self.take_over(), 4)
                self.assertEqual(self.files(self.there), {})
        self.assertFalse(outside.exists())
        for text in ("", "{}", "[]", json.dumps(manifest | {"made": "2026-02-30"}), json.dumps(manifest | {"version": 2}),
                     json.dumps(manifest | {"files": manifest["files"] * 2}), json.dumps(manifest | {"files": []})):
            with self.subTest(text[:20]):
                (self.out / "manifest.json").write_text(text)
                self.assertStatus(self.take_over(), 4)
                self.assertEqual(self.files(self.there), {})

    def test_what_is_no_export_or_cannot_be_one(self):
        self.assertStatus(self.take_over(source=ADVISORIES), 2)
        self.assertStatus(self.deps("db", "export", "--db", self.db, self.db), 2)
        self.assertStatus(self.deps("db", "export", "--db", ADVISORIES, self.out), 4)
        (self.db / "npm.advisories").write_bytes(damaged(self.bytes_of("npm"), 1000))
        self.assertStatus(self.deps("db", "export", "--db", self.db, self.out), 4)

    def test_a_second_export_leaves_nothing_of_the_first(self):
        self.export()
        (self.db / "PyPI.advisories").unlink()
        self.export()
        self.assertNotIn("PyPI.advisories", self.files(self.out))


class Place(Database):
    """Where the database is, and what is said where it is not."""

    def locked(self):
        repository = self.repository()
        repository.commit("Lock", {"go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
        return repository

    def test_without_a_word_it_is_where_the_user_keeps_such_things(self):
        cache = self.directory / "cache"
        for environment, place in (({"XDG_CACHE_HOME": cache}, cache / "sluice/advisories"),
                                   ({}, self.directory / ".cache/sluice/advisories"),
                                   ({"XDG_CACHE_HOME": "relative"}, self.directory / ".cache/sluice/advisories"),
                                   ({"SLUICE_DB": self.directory / "named"}, self.directory / "named")):
            with self.subTest(place=place):
                outcome = self.deps("db", "import", ADVISORIES, "--as-of", "2026-09-01", **environment)
                self.assertStatus(outcome, 0)
                self.assertTrue((place / "Go.advisories").exists())
                repository = Repository(self.directory / "repository")
                repository.commit("Lock", {"go.mod": "module a.org/b\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
                for command in (["sluice-deps"], ["sluice", "check", "--gates", "deps"]):
                    self.assertSays(repository.run(*command, "--as-of", "2026-09-03", **environment).out, TEXT)
                shutil.rmtree(place)

    def test_without_a_database_one_line_says_how_to_get_one(self):
        repository = self.locked()
        for arguments, said in (([], f"there is no advisory database in {self.directory}/.cache/sluice/advisories; "
                                     "get one with `sluice deps db update`"),
                                (["--deps.db", "nowhere"], "there is no advisory database in "
                                 f"{repository.path}/nowhere; get one with `sluice deps db update --db nowhere`")):
            for command in (["sluice-deps"], ["sluice", "check"]):
                with self.subTest(command=command, arguments=arguments):
                    outcome = repository.run(*command, *arguments)
                    self.assertStatus(outcome, 4)
                    self.assertSays(" ".join((outcome.out + outcome.err).split()), said)

    def test_what_the_other_gates_say_is_shown_all_the_same(self):
        planted = self.planted()
        planted.commit("Lock", {"go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
        outcome = planted.run("sluice", "check")
        self.assertStatus(outcome, 1)  # what was found comes before what could not be looked at
        self.assertSays(outcome.out, "deploy.env:2:7", "there is no advisory database", "sluice deps db update")
        self.assertNoSecret(outcome.out, outcome.err)

    def test_every_report_names_its_data(self):
        self.assertStatus(self.deps("db", "import", "--db", self.db, ADVISORIES, "--as-of", "2026-09-01"), 0)
        info = self.deps("db", "info", "--db", self.db).out.splitlines()
        digest = next(info[i:] for i, line in enumerate(info) if line == "Go")[3].split()[-1]
        repository = self.locked()
        for form in ("json", "sarif", "summary", "html", "text"):
            with self.subTest(form):
                out = repository.run("sluice-deps", "--db", self.db, "--as-of", "2026-09-03", "--format", form).out
                self.assertSays(out, "2026-09-01", digest[:12] if form == "text" else digest)


class First(Database):
    """The gate brings its advisories up to date itself, as the generated action and template have it do."""

    def setUp(self):
        super().setUp()
        self.source = self.server()
        self.source.publish("Go", GO, [(DAY, id) for id in GO])
        self.shop = self.repository()
        self.shop.commit("Lock", {"go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})

    def gate(self, *arguments, tool=("sluice-deps",), **environment):
        environment.setdefault("SLUICE_DEPS_UPDATE_ADVISORIES", "true")
        return self.shop.run(*tool, "--deps.update-from", self.source.url, "--as-of", "2026-09-03", *arguments,
                             **environment)

    def test_it_fetches_what_the_lockfiles_need_and_judges(self):
        for tool in (("sluice-deps",), ("sluice", "check")):
            with self.subTest(tool):
                outcome = self.gate(tool=tool)
                self.assertSays(outcome.out, TEXT)
        self.assertEqual(self.source.asked(), ["Go/modified_id.csv", "Go/all.zip", "Go/modified_id.csv"])

    def test_an_input_turns_it_off(self):
        outcome = self.gate(SLUICE_DEPS_UPDATE_ADVISORIES="false")
        self.assertStatus(outcome, 4)
        self.assertEqual(self.source.asked(), [])
        github = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"}
        # The generated manifests set the variable, and whoever uses them the input.
        for variable, name in (("SLUICE_UPDATE_ADVISORIES", "INPUT_UPDATE-ADVISORIES"),
                               ("SLUICE_DEPS_UPDATE_ADVISORIES", "INPUT_DEPS-UPDATE-ADVISORIES")):
            environment = {"SLUICE_DEPS_UPDATE_ADVISORIES": "", variable: "true"}
            self.assertStatus(self.gate(**github, **environment, **{name: "false"}), 4)
            self.assertEqual(self.source.asked(), [])

    def test_what_cannot_be_fetched_is_judged_by_what_is_there(self):
        self.gate()
        self.source.pages.clear()
        outcome = self.gate()
        self.assertSays(outcome.out, TEXT, "Go: not updated: the server does not have it")

    def test_nothing_to_fetch_and_nothing_there(self):
        self.source.pages.clear()
        self.assertStatus(self.gate(), 4)

    def test_a_change_cannot_bring_its_own_advisories(self):
        """In a checkout a cache may lie among what the change brings."""
        self.gate("--deps.db", ".cache/sluice/advisories")
        self.assertSays(self.gate("--deps.db", ".cache/sluice/advisories").out, TEXT)
        self.shop.git("add", "-f", ".cache/sluice/advisories/Go.advisories")
        self.shop.git("commit", "-q", "-m", "Bring advisories")
        outcome = self.gate("--deps.db", ".cache/sluice/advisories")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.out + outcome.err, ".cache/sluice/advisories/Go.advisories: it is part of the repository")

    def test_the_change_does_not_say_where_from(self):
        self.shop.commit("Configure", {".sluice.yml": "deps:\n  update-advisories: true\n"})
        outcome = self.gate(SLUICE_DEPS_UPDATE_ADVISORIES="")
        self.assertEqual(self.source.asked(), [])
        self.assertStatus(outcome, 2)
