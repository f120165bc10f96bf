# SPDX-License-Identifier: Apache-2.0
"""GitHub, GitLab and a webhook on this machine. GitHub's stands behind Prism, which holds every request and every answer against
GitHub's published description (npm @octokit/openapi). GitLab publishes no such description in a registry: what it takes is
written down here from docs.gitlab.com, parameter by parameter."""
import http.server
import json
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from harness import CLIENTS, clean_environment

DEPLOYMENTS = "/repos/{owner}/{repo}/deployments"
RUN = "/repos/{owner}/{repo}/actions/runs/{run_id}"
ASKED = {DEPLOYMENTS: ("get", "post"), f"{DEPLOYMENTS}/{{deployment_id}}/statuses": ("get", "post"), RUN: ("get",),
         f"{RUN}/approvals": ("get",), f"{RUN}/pending_deployments": ("get",),
         "/repos/{owner}/{repo}/environments/{environment_name}": ("get",)}


class Server:
    """Answers with what `answer(method, path, query, body)` returns, a status and JSON, and keeps what was asked."""

    def __init__(self):
        self.asked, self.wrong = [], []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_one(self):
                length = int(self.headers.get("Content-Length", 0))
                text = self.rfile.read(length).decode()
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
                body = json.loads(text) if text else None
                server.asked.append((self.command, url.path, body))
                try:
                    status, answer = server.answer(self.command, urllib.parse.unquote(url.path), query, body, self.headers)
                except AssertionError as error:
                    server.wrong.append(f"{self.command} {self.path}: {error}")
                    status, answer = 400, {"message": str(error)}
                told = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_POST = do_PUT = handle_one

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def bodies(self, method, end):
        return [body for asked, path, body in self.asked if asked == method and path.endswith(end)]


def description():
    """Of what a promotion asks of GitHub, in which a request may hold nothing that is not described."""
    whole = json.loads((CLIENTS / "@octokit/openapi/generated/api.github.com.json").read_text())
    part = {"openapi": whole["openapi"], "info": whole["info"], "components": {},
            "paths": {path: {method: whole["paths"][path][method] for method in methods} for path, methods in ASKED.items()}}
    for methods in part["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation["requestBody"]["content"]["application/json"]["schema"]["additionalProperties"] = False

    def take(node):
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            take(value)
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str) and reference.startswith("#/components/"):
            kind, name = reference.removeprefix("#/components/").split("/")
            if name not in part["components"].setdefault(kind, {}):
                part["components"][kind][name] = whole["components"][kind][name]
                take(whole["components"][kind][name])

    take(part["paths"])
    return part


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Prism:
    """The validating proxy before a server: what the description does not allow is answered with an error that says why."""

    def __init__(self, directory, upstream, described):
        (directory / "description.json").write_text(json.dumps(described))
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = directory / "prism.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [str(CLIENTS / ".bin/prism"), "proxy", "--errors", "--host", "127.0.0.1", "--port", str(port),
                 str(directory / "description.json"), upstream],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=clean_environment(directory))
        self.wait()

    def wait(self):
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text())
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("prism does not start")

    def refused(self):
        return [line for line in self.log.read_text().splitlines() if "terminated with error" in line and "/repos/" in line]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class GitHub(Server):
    """Remembers deployments, answers with the examples of the description."""

    def __init__(self, described):
        super().__init__()
        self.examples = {name: example["value"] for name, example in described["components"]["examples"].items()}
        self.forget()

    def forget(self):
        self.made, self.statuses, self.refusal = [], [], None
        self.head, self.approvals = "", []  # of the run: its commit, and (login, state, environment)
        self.asked.clear()

    def answer(self, method, path, query, body, headers):
        assert headers["Authorization"] == "Bearer made-up", "no token"
        if self.refusal and method == "POST":
            return self.refusal
        if method == "POST" and path.endswith("/deployments"):
            made = {**self.examples["deployment-simple-example"], **body, "id": len(self.made) + 1, "sha": body["ref"]}
            for key in ("auto_merge", "required_contexts"):
                del made[key]
            self.made.insert(0, made)
            return 201, made
        if method == "POST":
            self.statuses.append((int(path.split("/")[-2]), body["state"], body["description"]))
            known = {key: body[key] for key in ("state", "description", "environment_url", "log_url") if key in body}
            return 201, {**self.examples["deployment-status"], **known}
        if "/deployments" not in path or "/actions/" in path:
            return 200, self.of_the_run(path)
        return 200, [each for each in self.made if all(each[key] == query[key] for key in ("sha", "environment") if key in query)]


    def of_the_run(self, path):
        if path.endswith("/pending_deployments"):
            return []
        if path.endswith("/approvals"):
            example = self.examples["environment-approvals-items"][0]
            return [{**example, "state": state, "user": {**example["user"], "login": login},
                     "environments": [{**example["environments"][0], "name": environment}]}
                    for login, state, environment in self.approvals]
        if "/environments/" in path:
            return self.examples["environment"]
        return {**self.examples["workflow-run"], "head_sha": self.head}


class GitLab(Server):
    """Deployments of project 7 and its freeze periods. What a job's own token may not ask, it does not get."""

    def __init__(self):
        super().__init__()
        self.made, self.freezes, self.groups = [], [], {}

    @staticmethod
    def only(given, required=(), optional=()):
        given = given or {}
        assert set(required) <= set(given), f"{sorted(set(required) - set(given))} are required"
        assert set(given) <= {*required, *optional}, f"{sorted(set(given) - {*required, *optional})} do not exist"

    def answer(self, method, path, query, body, headers):
        is_job = "JOB-TOKEN" in headers
        assert is_job != ("PRIVATE-TOKEN" in headers), "one token"
        path = re.fullmatch(r"/api/v4/projects/7(/.*)", path)[1]
        if path.startswith("/deployments"):
            return self.of_deployments(method, path.removeprefix("/deployments"), query, body)
        if is_job:
            return 401, {"message": "401 Unauthorized"}
        self.only(query, optional=("page", "per_page"))
        assert method == "GET", method
        if path == "/freeze_periods":
            return 200, self.freezes
        group = re.fullmatch(r"/resource_groups/([^/]+)(/upcoming_jobs)?", path)
        known = self.groups.get(group[1])
        return (404, {"message": "404 Not found"}) if known is None else (200, [] if group[2] else known)

    def of_deployments(self, method, rest, query, body):
        statuses = ("running", "success", "failed", "canceled")
        if method == "POST":
            assert rest == "" and not query, rest
            self.only(body, required=("environment", "sha", "ref", "tag", "status"))
            assert isinstance(body["tag"], bool) and body["status"] in statuses, body
            assert re.fullmatch(r"[0-9a-f]{40}", body["sha"]), body
            self.made.append({"id": len(self.made) + 1, "deployable": None, **body})
            return 201, self.made[-1]
        if method == "PUT":
            self.only(body, required=("status",))
            assert body["status"] in statuses, body
            made = self.made[int(rest.removeprefix("/")) - 1]
            if made["deployable"]:
                return 403, {"message": "403 Forbidden"}
            made["status"] = body["status"]
            return 200, made
        self.only(query, optional=("order_by", "sort", "updated_after", "updated_before", "environment", "status", "page", "per_page"))
        assert query["order_by"] in ("id", "iid", "created_at", "updated_at", "ref") and query["sort"] in ("asc", "desc"), query
        return 200, [each for each in reversed(self.made) if each["environment"] == query["environment"]]


class Webhook(Server):
    """As Slack's: an object with a text, and perhaps a channel."""

    def answer(self, method, path, query, body, headers):
        assert method == "POST" and headers["Content-Type"] == "application/json", method
        assert set(body) <= {"text", "channel"} and body["text"], body
        return 200, "ok"

    def texts(self):
        return [body["text"] for _, _, body in self.asked]
