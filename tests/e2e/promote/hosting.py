# SPDX-License-Identifier: Apache-2.0
"""A host of repositories and of releases on loopback, as a runner sees both: git over HTTP, and a service in two places that is
deployed to by asking for it."""
import http.server
import json
import os
import subprocess
import threading
import urllib.parse


class Hosting:
    """Repositories are the bare ones below `projects`; `places` are PLACE/{version,before}. `calls` is what was asked for."""

    def __init__(self, projects, postgres=None):
        self.projects, self.postgres = projects, postgres
        self.versions, self.calls, self.sick, self.databases = {}, [], set(), {}
        hosting = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                hosting.answer(self)

            do_POST = do_GET

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def url(self, path=""):
        return f"http://127.0.0.1:{self.port}/{path}"

    def answer(self, handler):
        url = urllib.parse.urlsplit(handler.path)
        body = body_of(handler)
        if url.path.startswith("/git/"):
            return self.git(handler, url, body)
        asked = dict(urllib.parse.parse_qsl(url.query))
        status, answer = getattr(self, "do_" + url.path.strip("/").replace("-", "_"), self.nothing)(**asked)
        send(handler, status, {"Content-Type": "application/json"}, json.dumps(answer).encode())

    def nothing(self, **_):
        return 404, {}

    def do_health(self, place):
        version = self.versions.get(place, "")
        works = bool(version) and version not in self.sick
        return (200 if works else 503), {"status": "healthy" if works else "unhealthy", "version": version,
                                         "checks": {"database": {"ok": self.answers(place), "latency_ms": 1}}}

    def answers(self, place):
        return place not in self.databases or self.postgres.ask(self.databases[place], "select 1") == "1"

    def do_deploy(self, place, version, step):
        self.calls.append((step, place, version))
        self.versions[place] = version
        return 200, {}

    def do_migrate(self, place, version):
        self.calls.append(("migrate", place, version))
        try:
            self.postgres.ask(self.databases[place], "create table if not exists release (version text); "
                                                     f"insert into release values ('{version}')")
        except RuntimeError as error:
            return 500, {"error": str(error)}
        return 200, {}

    def git(self, handler, url, body):
        environment = {"PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.projects), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "runner",
                       "PATH_INFO": url.path.removeprefix("/git"), "QUERY_STRING": url.query, "REQUEST_METHOD": handler.command,
                       "CONTENT_TYPE": handler.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "127.0.0.1",
                       "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""), "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
                       "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
        result = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, timeout=60)
        head, _, content = result.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        send(handler, int(headers.pop("Status", "200").split()[0]), headers, content)


def body_of(handler):
    if handler.headers.get("Transfer-Encoding", "") != "chunked":
        return handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    body = b""
    while size := int(handler.rfile.readline().split(b";")[0], 16):
        body += handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()
    return body


def send(handler, status, headers, content):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
