# SPDX-License-Identifier: Apache-2.0
"""Judging by what a service answers about names: the same findings as by a database, and nothing else is told."""
import json
import socket

from advisory_server import Page, certificates, dumped, records
from deps_cases import ADVISORIES, LEFT, DepsCase, advisory, npm_lock, poetry_lock
from harness import needs
from osv_server import OsvServer

QUERY, SHOP = "/v1/querybatch", {"package-lock.json": npm_lock({"left": "1.0.0", "right": "2.0.0"})}
RECORD = f"/v1/vulns/{LEFT['id']}"


def lock_of(entries):
    """package-lock.json with `entries` (path to what it says) as they are."""
    return json.dumps({"name": "shop", "version": "1.0.0", "lockfileVersion": 3,
                       "packages": {"": {"name": "shop", "version": "1.0.0"}, **entries}}, indent=2) + "\n"


class OnlineCase(DepsCase):
    def server(self, documents=None, **options):
        server = OsvServer({id: dumped(text) for id, text in (documents or ADVISORIES).items()}, **options)
        self.addCleanup(server.close)
        return server

    def online(self, repository, server, *arguments, **environment):
        return self.judge(repository, None, "--online", "--api", getattr(server, "url", server), *arguments, **environment)

    def assertUnavailable(self, outcome, *parts):
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.text, "the advisories could not be had from 127.0.0.1", *parts)


class Judging(OnlineCase):
    def test_the_findings_are_those_of_a_database_of_the_same_records(self):
        real = {id: json.loads(text) for ecosystem in ("npm", "Go", "crates.io") for id, text in records(ecosystem).items()}
        documents = {**real, **ADVISORIES}
        npm = {each["package"]["name"]: "0.0.1" for document in real.values() for each in document["affected"]
               if each["package"]["ecosystem"] == "npm"}
        crates = {each["package"]["name"] for document in real.values() for each in document["affected"]
                  if each["package"]["ecosystem"] == "crates.io"}
        cargo = "version = 4\n" + "".join(
            f'\n[[package]]\nname = "{name}"\nversion = "0.1.0"\n'
            f'source = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "{"0" * 64}"\n' for name in sorted(crates))
        shop = self.shop({"package-lock.json": npm_lock({**npm, "left": "1.0.0", "right": "1.0.0"}), "Cargo.lock": cargo,
                          "poetry.lock": poetry_lock({"snake": "1.0", "other": "1.0"}),
                          "go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
        offline = self.judge(shop, self.database(*documents.values()))
        server = self.server(documents)
        online = self.online(shop, server)
        self.assertGreater(len(online.report["findings"]), 5)
        self.assertEqual(online.report["findings"], offline.report["findings"])
        self.assertEqual(online.report["gaps"], offline.report["gaps"])
        self.assertEqual(online.status, offline.status)
        self.assertEqual(len(server.asked_records()), len(set(server.asked_records())))

    def test_names_alone_are_told_and_the_report_says_so(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.7", "right": "27.31.9"}),
                          "poetry.lock": poetry_lock({"Snake_Oil": "9.9.7"})})
        server = self.server()
        outcome = self.online(shop, server)
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.7 active")
        self.assertGaps(outcome)
        self.assertEqual(server.names(), [("PyPI", "snake-oil"), ("npm", "left"), ("npm", "right")])
        for query in server.queries():
            self.assertEqual((list(query), sorted(query["package"])), (["package"], ["ecosystem", "name"]))
        everything = json.dumps(server.sent)
        for version in ("1.0.7", "27.31.9", "9.9.7", "version"):
            self.assertNotIn(version, everything)
        self.assertEqual(server.asked_records(), [LEFT["id"]])
        self.assertSays(outcome.text, f"3 names of packages, without versions, were sent to {server.url}: 1 of PyPI, 2 of npm",
                        "advisories of 127.0.0.1, asked on 2026-01-10 (", "does not tell what is exploited")

    def test_what_no_advisory_names_passes(self):
        server = self.server()
        shop = self.shop({"package-lock.json": npm_lock({"right": "1.0.0"})})
        outcome = self.online(shop, server)
        self.assertFinds(outcome, 0)
        self.assertGaps(outcome)
        self.assertEqual(server.asked_records(), [])

    def test_many_names_are_several_questions(self):
        server = self.server()
        shop = self.shop({"package-lock.json": npm_lock({f"right-{i}": "1.0.0" for i in range(1500)} | {"left": "1.0.0"})})
        self.assertFinds(self.online(shop, server), 1, "vulnerable-dependency left 1.0.0 active")
        self.assertEqual([len(json.loads(body)["queries"]) for path, body in server.sent if path == QUERY], [1000, 501])

    def test_pages(self):
        documents = {f"GHSA-{i}": advisory(f"GHSA-{i}", "left") for i in range(7)}
        server = self.server(documents, page=3)
        outcome = self.online(self.shop(SHOP), server)
        self.assertFinds(outcome, 1, *["vulnerable-dependency left 1.0.0 active"] * 7)
        self.assertEqual([query.get("page_token") for query in server.queries()], [None, None, "3", "6"])

    def test_what_is_withdrawn_is_nothing(self):
        server = self.server({LEFT["id"]: LEFT | {"withdrawn": "2026-01-03T00:00:00Z"}})
        outcome = self.online(self.shop(SHOP), server)
        self.assertFinds(outcome, 0)
        self.assertGaps(outcome)

    @needs("openssl")
    def test_by_https(self):
        authority, own = certificates(self.directory)
        server = self.server(certificate=own)
        shop = self.shop(SHOP)
        self.assertFinds(self.online(shop, server, SSL_CERT_FILE=authority), 1, "vulnerable-dependency left 1.0.0 active")
        sent = len(server.sent)
        self.assertStatus(self.online(shop, server), 4)  # whose certificate nobody knows
        self.assertEqual(len(server.sent), sent)

    def test_a_change_is_held_up_by_nothing_that_it_left(self):
        shop = self.shop(SHOP)
        shop.commit("Write", {"README.md": "# Shop\n"})
        server = self.server()
        server.faults[QUERY] = Page(b"{}", status=501)
        outcome = self.online(shop, server, "--base", "HEAD~1")
        self.assertFinds(outcome, 0)
        self.assertGaps(outcome)
        self.assertSays(outcome.text, "the advisories could not be had", "2 packages of npm in lockfiles that the change left")
        self.assertStatus(self.online(shop, server), 4)


class Kept(OnlineCase):
    """What is told to nobody."""

    def test_private_names(self):
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0", "@acme/tool": "1.0.0", "acme-secret": "1.0.0"}),
                          "poetry.lock": poetry_lock({"Acme_Secret": "1.0"}),
                          ".sluice.yml": "deps:\n  private-packages: ['@acme/*', acme-secret]\n"})
        server = self.server()
        outcome = self.online(shop, server)
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.0 active")
        self.assertGaps(outcome,
                        ("no-data", "advisories for PyPI", "1 package was not asked for, as `private-packages` has them: acme-secret"),
                        ("no-data", "advisories for npm", "2 packages were not asked for", "@acme/tool, acme-secret"))
        self.assertEqual(server.names(), [("npm", "left")])
        self.assertNotIn("acme", json.dumps(server.sent).lower())

    def test_a_change_that_hides_a_package_is_incomplete(self):
        shop = self.shop({"package-lock.json": npm_lock({"right": "1.0.0"})})
        shop.commit("Hide", {"package-lock.json": npm_lock({"right": "1.0.0", "left": "1.0.0"})})
        outcome = self.online(shop, self.server(), "--base", "HEAD~1", "--private-packages", "left")
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, ("no-data", "private-packages", "left"))
        shop.commit("Write", {"README.md": "# Shop\n"})
        outcome = self.online(shop, self.server(), "--base", "HEAD~1", "--private-packages", "left")
        self.assertFinds(outcome, 0)
        self.assertSays(outcome.text, "in lockfiles that the change left as they were: 1 package was not asked for")

    def test_packages_of_other_places(self):
        integrity = {"version": "1.0.0", "integrity": "sha512-" + "A" * 86 + "=="}
        shop = self.shop({"package-lock.json": lock_of({
            "node_modules/left": {**integrity, "resolved": "https://registry.npmjs.org/left/-/left-1.0.0.tgz"},
            "node_modules/of-git": {"version": "1.0.0", "resolved": "git+ssh://git@git.example.com/acme/of-git.git#" + "a" * 40},
            "node_modules/of-mirror": {**integrity, "resolved": "https://npm.example.com/of-mirror/-/of-mirror-1.0.0.tgz"},
            "node_modules/of-other": {**integrity, "resolved": "https://other.example.org/of-other/-/of-other-1.0.0.tgz"},
            "node_modules/of-url": {**integrity, "resolved": "https://files.example.com/of-url.tgz"},
            "node_modules/of-path": {"resolved": "packages/of-path", "link": True},
            "packages/of-path": {"name": "of-path", "version": "1.0.0"}}),
            ".sluice.yml": "deps:\n  registries: [npm.example.com]\n"})
        server = self.server()
        outcome = self.online(shop, server)
        self.assertEqual(server.names(), [("npm", "left")])
        everything = json.dumps(server.sent)
        for part in ("of-", "example"):
            self.assertNotIn(part, everything)
        self.assertSays(json.dumps(outcome.report["gaps"]), "are not from the public registry", "of-git", "of-mirror", "of-other",
                        "of-url")
        self.assertNotIn("of-path", json.dumps(outcome.report["gaps"]))

    def test_where_nothing_may_be_told_nobody_is_asked(self):
        server = self.server()
        outcome = self.online(self.shop(SHOP), server, "--private-packages", "*")
        self.assertFinds(outcome, 3)
        self.assertGaps(outcome, ("no-data", "2 packages were not asked for"))
        self.assertEqual(server.sent, [])
        self.assertNotIn("were sent to", outcome.text)


class Faults(OnlineCase):
    def setUp(self):
        super().setUp()
        self.repository_of_shop = self.shop(SHOP)

    def faulty(self, path, page, documents=None):
        server = self.server(documents)
        server.faults[path] = page
        return self.online(self.repository_of_shop, server), server

    def test_nobody_answers(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            outcome = self.online(self.repository_of_shop, f"http://127.0.0.1:{free.getsockname()[1]}")
        self.assertUnavailable(outcome, "/v1/querybatch")

    def test_errors_of_the_server_are_waited_out_and_then_told(self):
        outcome, server = self.faulty(QUERY, Page(b"", status=502))
        self.assertUnavailable(outcome, "HTTP 502 (after 3 attempts)")
        self.assertEqual(len(server.sent), 3)
        server = self.server()
        server.faults[QUERY] = [Page(b"", status=503), Page(server.usual(QUERY, dumped({"queries": [
            {"package": {"ecosystem": "npm", "name": name}} for name in ("left", "right")]})).body)]
        self.assertFinds(self.online(self.repository_of_shop, server), 1, "vulnerable-dependency left 1.0.0 active")
        outcome, _ = self.faulty(RECORD, Page(b"", status=500))
        self.assertUnavailable(outcome, "HTTP 500 (after 3 attempts)")

    def test_answers_that_are_none(self):
        for body in (b"", b"<html>Sign in</html>", b"[]", b'{"results": []}', b'{"results": [{}, {}, {}]}', b'{"results": [{}, 7]}',
                     b'{"results": [{"vulns": [{"id": "GHSA-1"}]}, {"vulns": {}}]}', b'{"results": [{}, {}'):
            with self.subTest(body=body):
                outcome, server = self.faulty(QUERY, Page(body))
                self.assertUnavailable(outcome, "none that OSV's API gives")
                self.assertEqual(server.asked_records(), [])

    def test_ids_that_lead_elsewhere(self):
        for id in ("../../secret", "a/b", "GHSA-1?x=y", "GHSA-1#x", "%2e%2e", "", ".", 7, None):
            with self.subTest(id=id):
                outcome, server = self.faulty(QUERY, Page(dumped({"results": [{"vulns": [{"id": id}]}, {}]})))
                self.assertUnavailable(outcome, "an id is no advisory's")
                self.assertEqual(server.asked_records(), [])

    def test_another_record_than_was_asked_for(self):
        outcome, _ = self.faulty(RECORD, Page(dumped(LEFT | {"id": "GHSA-other\x1b[2J"})))
        self.assertUnavailable(outcome, f"asked for {LEFT['id']}, it answers with GHSA-other")
        self.assertNotIn("\x1b", outcome.text)

    def test_pages_without_end(self):
        outcome, server = self.faulty(QUERY, Page(dumped({"results": [{"next_page_token": "again"}]})))
        self.assertUnavailable(outcome, "none that OSV's API gives")  # of two questions
        shop = self.shop({"package-lock.json": npm_lock({"left": "1.0.0"})}, name="one")
        outcome = self.online(shop, server)
        self.assertUnavailable(outcome, "its answer about left does not end after 100 pages")
        self.assertEqual(len(server.sent), 101)

    def test_a_redirect_to_another_host(self):
        other = self.server()
        for path in (QUERY, RECORD):
            with self.subTest(path):
                outcome, _ = self.faulty(path, Page(b"", status=307, headers={"Location": other.url + path}))
                self.assertUnavailable(outcome, "not among the hosts")
                self.assertEqual(other.sent, [])

    def test_records_that_are_not_there_or_cannot_be_read_are_gaps(self):
        two = {**ADVISORIES, "GHSA-more": advisory("GHSA-more", "left")}
        for page, why in ((Page(b"", status=404), "it names 1 advisory that it does not have: GHSA-more"),
                          (Page(b'{"id": "GHSA-more", "affected": ['), "1 advisory that it names cannot be read: GHSA-more"),
                          (Page(b'{"id": "GHSA-more"}'), "1 advisory that it names cannot be read: GHSA-more"),
                          (Page(b""), "1 advisory that it names cannot be read: GHSA-more"),
                          (Page(dumped(advisory("GHSA-more", "other"))), "1 advisory that it names for packages is not of them")):
            with self.subTest(why):
                outcome, _ = self.faulty("/v1/vulns/GHSA-more", page, two)
                self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.0 active")
                self.assertGaps(outcome, ("no-data", "advisories of 127.0.0.1", why, "sluice deps db update"))

    def test_where_no_record_can_be_had_nothing_is_judged(self):
        outcome, _ = self.faulty(RECORD, Page(b"", status=404))
        self.assertUnavailable(outcome, f"it names 1 advisory that it does not have: {LEFT['id']}")

    def test_an_ecosystem_that_it_does_not_know_spoils_no_other(self):
        shop = self.shop({**SHOP, "poetry.lock": poetry_lock({"snake": "1.0"})}, name="both")
        server = self.server()
        server.refused = {"PyPI"}
        outcome = self.online(shop, server)
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.0 active")
        self.assertGaps(outcome, ("no-data", "advisories for PyPI", "127.0.0.1 gave none, and 1 package of it cannot be judged"))
        self.assertSays(outcome.text, "PyPI was not answered for", "the server answered 400")
        # A name that was kept makes none of the others judged.
        outcome = self.online(self.shop({**SHOP, "poetry.lock": poetry_lock({"snake": "1.0", "own": "1.0"})}, name="own"), server,
                              "--private-packages", "own")
        self.assertSays(json.dumps(outcome.report["gaps"]), "gave none, and 2 packages", "private-packages")
        server.refused = {"PyPI", "npm"}
        self.assertUnavailable(self.online(shop, server), "the server answered 400")


class Settings(OnlineCase):
    def test_what_cannot_be_asked_for_together(self):
        shop = self.shop(SHOP)
        server = self.server()
        for arguments, why in ((["--db", self.directory], "`db` names one"), (["--db-key", "AAAA"], "signs nothing"),
                               (["--private-packages", ""], "is empty")):
            with self.subTest(why):
                outcome = self.online(shop, server, *arguments)
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.text, why)
        for api in ("http://osv.example.org", "ftp://localhost", "osv", "https://osv.example.org/?a=b", "https://u:p@osv.example.org"):
            with self.subTest(api):
                outcome = self.online(shop, api)
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.text, "is no address of a service")
        self.assertEqual(server.sent, [])

    def test_only_the_operator_may_ask(self):
        for line in ("online: true", "api: https://osv.example.org"):
            with self.subTest(line):
                shop = self.shop({**SHOP, ".sluice.yml": f"deps:\n  {line}\n"}, name=line[:3])
                outcome = self.judge(shop, None)
                self.assertStatus(outcome, 2)
                self.assertSays(outcome.text, line.split(":")[0])

    def test_no_database_is_brought_up_to_date(self):
        server = self.server()
        cache = self.directory / "cache"
        outcome = self.online(self.shop(SHOP), server, "--update-advisories", XDG_CACHE_HOME=cache)
        self.assertFinds(outcome, 1, "vulnerable-dependency left 1.0.0 active")
        self.assertFalse((cache / "sluice/advisories").exists())

    def test_it_is_shown_and_explained(self):
        shop = self.shop(SHOP)
        help = shop.run("sluice-deps", "--help").out
        self.assertSays(help, "--online", "--api URL", "--private-packages GLOB")
        shown = shop.run("sluice-deps", "--show-config", "--online", "--private-packages", "@acme/*").out
        self.assertRegex(shown, r"online = true")
        self.assertSays(shown, "@acme/*", "api")
