# SPDX-License-Identifier: Apache-2.0
"""A server of advisories on this machine, laid out as OSV's bulk data, with every fault that a test asks for."""
import contextlib
import hashlib
import http.server
import io
import json
import pathlib
import socketserver
import ssl
import subprocess
import threading
import urllib.parse
import zipfile

from harness import TOP

ADVISORIES = TOP / "fixtures/advisories"


def records(ecosystem):
    """The fixtures of an ecosystem by their id, as their sources have them."""
    return {file.stem: file.read_bytes() for file in sorted((ADVISORIES / ecosystem).glob("*.json"))}


def archive(documents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in documents.items():
            target.writestr(zipfile.ZipInfo(f"{name}.json"), text)
    return out.getvalue()


class Page:
    """What is answered at a path. `status` and `headers` replace the usual ones; `cut` sends that many bytes of the
    body, after having promised all, and ends the connection; `endless` repeats the body for ever."""

    def __init__(self, body=b"", *, status=200, headers=None, cut=None, endless=False, ranges=True):
        self.body, self.status, self.headers, self.cut, self.endless = body, status, headers or {}, cut, endless
        self.ranges = ranges

    @property
    def etag(self):
        return self.headers.get("ETag", f'"{hashlib.sha256(self.body).hexdigest()[:16]}"')


class Server:
    """`pages` by path; a list is used up from its front, its last page stays. `requests` are those that came."""

    def __init__(self, certificate=None):
        self.pages, self.requests, self.certificate = {}, [], certificate
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.answer(self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        class Threading(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.http = Threading(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.http.server_address[1]

    @property
    def url(self):
        return f"https://localhost:{self.port}/osv" if self.certificate else f"http://127.0.0.1:{self.port}/osv"

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def asked(self):
        """What was asked for since the last time, but for the manifest that only an export has."""
        paths = [path.removeprefix("/osv/") for path, _ in self.requests]
        self.requests.clear()
        return [path for path in paths if path != "manifest.json"]

    def publish(self, ecosystem, documents, modified):
        """Replaces an ecosystem: its archive, its list with (moment, id) newest first, its records."""
        base = f"/osv/{ecosystem}/"
        for path in [path for path in self.pages if path.startswith(base)]:
            del self.pages[path]
        self.pages[base + "all.zip"] = Page(archive(documents))
        # OSV's exporter ends lines as Python's csv does.
        self.pages[base + "modified_id.csv"] = Page("".join(f"{when},{id}\r\n" for when, id in modified).encode())
        for id, text in documents.items():
            self.pages[f"{base}{id}.json"] = Page(text)

    def answer(self, handler):
        path = urllib.parse.unquote(handler.path)
        self.requests.append((path, dict(handler.headers)))
        page = self.pages.get(path, Page(b"no such page", status=404))
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        with contextlib.suppress(OSError):
            self.send(handler, page)

    def send(self, handler, page):
        status, body, headers = page.status, page.body, {"ETag": page.etag, **page.headers}
        asked = handler.headers
        if status == 200 and asked.get("If-None-Match") == page.etag:
            status, body = 304, b""
        elif status == 200 and page.ranges and asked.get("Range") and asked.get("If-Range", page.etag) == page.etag:
            first, last = asked["Range"].removeprefix("bytes=").split("-")
            first, last = int(first), min(int(last), len(body) - 1)
            if first >= len(body):
                status, body = 416, b""
            else:
                headers.setdefault("Content-Range", f"bytes {first}-{last}/{len(body)}")
                status, body = 206, body[first:last + 1]
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if not page.endless:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        while page.endless:
            handler.wfile.write(body)
        handler.wfile.write(body if page.cut is None else body[:page.cut])
        if page.cut is not None:
            handler.wfile.flush()
            handler.close_connection = True


def certificates(directory):
    """A throw-away authority and a certificate of localhost by it: paths of the authority's and of the server's."""
    directory = pathlib.Path(directory)

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    authority, key = directory / "authority.pem", directory / "authority.key"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
            authority, "-days", "36500", "-subj", "/CN=Throw-away authority")
    own, request, own_key = directory / "own.pem", directory / "own.csr", directory / "own.key"
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", own_key, "-out",
            request, "-subj", "/CN=localhost")
    names = directory / "names"
    names.write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-CAcreateserial", "-days", "36500",
            "-extfile", names, "-out", own)
    return authority, (own, own_key)


def dumped(document):
    return json.dumps(document).encode()
