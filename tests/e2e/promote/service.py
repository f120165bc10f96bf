#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A small shop behind HTTP, run by its own process: service.py PLACE DATABASE

PLACE/current is its release, a directory with the file `version` and the files of `app/`; it is read anew for each request, as a
server that reloads does. PLACE/stuck keeps it from that: the process answers as the release whose version the file holds. The
port is printed, and kept in PLACE/port for the next start."""
import http.server
import json
import pathlib
import subprocess
import sys
import time

PLACE, DATABASE = pathlib.Path(sys.argv[1]), sys.argv[2]


def text(path):
    return path.read_text().strip() if path.exists() else ""


def query(statement):
    return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", DATABASE, "-c", statement], capture_output=True, text=True)


class Shop(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode() if not isinstance(body, bytes) else body
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        version = text(PLACE / "stuck") or text(PLACE / "current/version")
        release = PLACE / "releases" / version if version else PLACE / "nothing"
        time.sleep(float(text(release / "slow") or 0))
        if self.path == "/health":
            self.health(version, release)
        elif self.path == "/items":
            found = query(text(release / "items.sql"))
            self.answer(200 if found.returncode == 0 else 500, {"items": found.stdout.split("\n")[:-1], "error": found.stderr[:200]})
        else:
            self.answer(404, {})

    def health(self, version, release):
        start = time.monotonic()
        found = query(text(release / "items.sql") or "select 1")
        works = bool(version) and found.returncode == 0
        broken = text(release / "broken")
        status = 503 if broken or not works else 200
        self.answer(status, {"status": "healthy" if status == 200 else "unhealthy", "version": version, "message": broken,
                             "checks": {"database": {"ok": works, "latency_ms": (time.monotonic() - start) * 1000}}})


def main():
    kept = PLACE / "port"
    http.server.ThreadingHTTPServer.allow_reuse_address = True
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(text(kept) or 0)), Shop)
    kept.write_text(str(server.server_port))
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
