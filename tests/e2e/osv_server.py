# SPDX-License-Identifier: Apache-2.0
"""A service on this machine that speaks OSV's API, with every fault that a test asks for."""
import json
import urllib.parse

from advisory_server import Page, Server, dumped


class OsvServer(Server):
    """Answers of `documents`, by id; `faults` are pages by path instead. `sent` is all that came: (path, body)."""

    def __init__(self, documents, *, page=None, **options):
        self.documents, self.page, self.faults, self.sent = dict(documents), page, {}, []
        self.refused = set()  # ecosystems that it does not know
        super().__init__(**options)

    def queries(self):
        return [query for path, body in self.sent if path.endswith("querybatch") for query in json.loads(body)["queries"]]

    def names(self):
        return sorted({(query["package"]["ecosystem"], query["package"]["name"]) for query in self.queries()})

    def asked_records(self):
        return [path.rpartition("/")[2] for path, _ in self.sent if "/vulns/" in path]

    def answer(self, handler):
        path = urllib.parse.unquote(handler.path).removeprefix("/osv")
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0))).decode()
        self.sent.append((path, body))
        page = self.faults.get(path)
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        try:
            self.send(handler, page or self.usual(path, body))
        except OSError:
            pass

    def usual(self, path, body):
        if path == "/v1/querybatch":
            queries = json.loads(body)["queries"]
            if any(query["package"]["ecosystem"] in self.refused for query in queries):
                return Page(dumped({"code": 3, "message": "Invalid ecosystem."}), status=400)
            return Page(dumped({"results": [self.result(query) for query in queries]}))
        document = self.documents.get(path.removeprefix("/v1/vulns/"))
        return Page(dumped({"code": 5, "message": "Bug not found."}), status=404) if document is None else Page(document)

    def result(self, query):
        ids = [id for id, text in sorted(self.documents.items()) if self.is_about(json.loads(text), query["package"])]
        first = int(query.get("page_token", "0"))
        last = first + self.page if self.page else len(ids)
        found = {"vulns": [{"id": id, "modified": "2026-01-02T00:00:00Z"} for id in ids[first:last]]} if ids else {}
        return {**found, **({"next_page_token": str(last)} if last < len(ids) else {})}

    @staticmethod
    def is_about(document, package):
        return any({key: each["package"][key] for key in ("ecosystem", "name")} == package
                   for each in document.get("affected", []) if "package" in each)
