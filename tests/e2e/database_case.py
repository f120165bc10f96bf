# SPDX-License-Identifier: Apache-2.0
"""What the tests of the advisory database share."""
import json

from advisory_server import Server, dumped, records
from harness import BIN, Case, clean_environment, run

DAY = "2026-09-01T00:00:00Z"
LATER = "2026-09-02T10:00:00.25Z"
GO = records("Go")
GO_MOD = "module example.org/shop\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"
TEXT = "GO-2021-0113"  # golang.org/x/text before 0.3.7


def record(id, name, fixed, ecosystem="npm", **more):
    return dumped({"id": id, "modified": DAY, "affected": [
        {"package": {"ecosystem": ecosystem, "name": name},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": fixed}]}]}], **more})


def damaged(whole, at):
    return whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:]


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
        return self.deps("db", "update", "--db", self.db, "--from", server.url,
                         *(f"--ecosystems={each}" for each in ecosystems), "--as-of", "2026-09-03", **environment)

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
