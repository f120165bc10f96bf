# SPDX-License-Identifier: Apache-2.0
"""What is known of attacks, KEV and EPSS: how it comes into the advisory database, and that a part of it is never believed."""
import gzip
import json

from advisory_server import Page
from database_case import DAY, Database, record
from deps_cases import npm_lock

KEV = {"title": "CISA Catalog", "catalogVersion": "2026.09.01", "dateReleased": "2026-09-01T10:00:00.0Z", "count": 2,
       "vulnerabilities": [{"cveID": "CVE-2099-0001", "dateAdded": "2026-08-30"}, {"cveID": "CVE-2099-0002", "dateAdded": "2026-08-31"}]}
EPSS = "#model_version:v2025.03.14,score_date:2026-09-02T00:00:00Z\ncve,epss,percentile\nCVE-2099-0001,0.9,0.99\nCVE-2099-0003,0.1,0.5\n"


class Attacks(Database):
    """What is known of attacks comes with the advisories, from the public source or from where it is said."""

    def setUp(self):
        super().setUp()
        self.source = self.server()
        self.source.publish("npm", {"A-1": record("A-1", "shop", "2.0.0", aliases=["CVE-2099-0001"])}, [(DAY, "A-1")])
        self.source.pages["/osv/kev.json"] = Page(json.dumps(KEV).encode())
        self.source.pages["/osv/epss.csv.gz"] = Page(gzip.compress(EPSS.encode()))
        self.sources = ["--kev-from", f"{self.source.url}/kev.json", "--epss-from", f"{self.source.url}/epss.csv.gz"]

    def fetch(self, *arguments, **environment):
        return self.deps("db", "update", "--db", self.db, "--from", self.source.url, "--ecosystems=npm", "--as-of",
                         "2026-09-03", *(arguments or self.sources), **environment)

    def info(self):
        outcome = self.deps("db", "info", "--db", self.db)
        self.assertStatus(outcome, 0)
        return outcome.out

    def test_both_are_fetched_and_only_anew_if_they_are_others(self):
        outcome = self.fetch()
        self.assertStatus(outcome, 0)
        self.assertSays(outcome.err, "KEV: 2 CVEs, of 2026-09-01", "EPSS: 2 CVEs, of 2026-09-02")
        self.assertSays(self.info(), "KEV (known to be exploited)\n  2 CVEs, of 2026-09-01", "EPSS (likely to be exploited)\n  2 CVEs, of 2026-09-02")
        before = (self.db / "exploits.tsv").read_bytes()
        self.assertSays(self.fetch().err, "KEV: up to date", "EPSS: up to date")
        self.assertEqual((self.db / "exploits.tsv").read_bytes(), before)
        later = KEV | {"dateReleased": "2026-09-02T10:00:00.0Z", "vulnerabilities": KEV["vulnerabilities"][:1]}
        self.source.pages["/osv/kev.json"] = Page(json.dumps(later).encode())
        self.assertSays(self.fetch().err, "KEV: 1 CVE, of 2026-09-02", "EPSS: up to date")
        self.assertSays(self.info(), "1 CVE, of 2026-09-02", "2 CVEs, of 2026-09-02")
        (self.db / "exploits.tsv").unlink()
        self.assertSays(self.fetch().err, "KEV: 1 CVE", "EPSS: 2 CVEs")
        (self.db / "exploits.tsv").write_bytes(before[:-20])
        self.assertSays(self.fetch().err, "KEV: 1 CVE, of 2026-09-02, and nothing of what was there: it is damaged", "EPSS: 2 CVEs")

    def test_what_is_exploited_is_judged_so(self):
        self.assertStatus(self.fetch(), 0)
        shop = self.repository()
        shop.commit("Lock", {"package-lock.json": npm_lock({"shop": "1.0.0"})})
        self.assertSays(shop.run("sluice-deps", "--db", self.db, "--as-of", "2026-09-03", "--verbose").out, "known to be exploited")

    def test_a_server_of_ones_own_has_none_unless_it_is_said(self):
        self.assertStatus(self.fetch("--kev-from", "none"), 0)
        self.assertEqual(self.source.asked(), ["npm/modified_id.csv", "npm/all.zip"])
        self.assertSays(self.info(), "KEV (known to be exploited)\n  not there; `db update` fetches it", "EPSS (likely to be exploited)\n  not there")

    def test_one_that_cannot_be_had_leaves_what_is_there(self):
        self.fetch()
        self.source.pages["/osv/kev.json"] = Page(b"{}")
        self.source.pages["/osv/epss.csv.gz"] = Page(gzip.compress(EPSS.encode())[:-4])
        outcome = self.fetch()
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "npm: up to date", "kev.json: what the server answered is no KEV", "epss.csv.gz: what the server answered is no EPSS")
        del self.source.pages["/osv/kev.json"]
        self.assertSays(self.fetch().err, "KEV: not updated", "the server answered 404")
        self.assertSays(self.info(), "2 CVEs, of 2026-09-01", "2 CVEs, of 2026-09-02")

    def test_only_https_off_this_machine(self):
        for key in ("kev-from", "epss-from"):
            outcome = self.fetch(f"--{key}", "http://example.org/data")
            self.assertStatus(outcome, 2)
            self.assertSays(outcome.err, f"--{key}: \"{key}\" is neither an https address nor none")
            self.assertEqual(self.source.asked(), [])
