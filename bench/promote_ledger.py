#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the ledger of a machine without a remote that has seen many promotions, for a repository that has a pipeline: entries as
runs write them, ten for a promotion, of which one in fifty was rolled back. The same each time.

usage: promote_ledger.py REPOSITORY ENTRIES [loose]
"""
import datetime
import json
import pathlib
import subprocess
import sys

START = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
ENVIRONMENT = "production"


class Ledger:
    """Knows the id of each commit only once it is made, as a promotion's entries name the one that began it."""

    def __init__(self, directory):
        self.number = 0
        self.process = subprocess.Popen(["git", "-C", str(directory), "fast-import", "--quiet"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        readme = b"# Ledger of promotions\n"
        self.say(f"blob\nmark :1\ndata {len(readme)}\n".encode() + readme + b"\n")

    def say(self, data):
        self.process.stdin.write(data)

    def entry(self, kind, promotion="", **body):
        self.number += 1
        at = START + datetime.timedelta(minutes=self.number)
        step = " " + body["step"] if "step" in body else ""
        fields = {"number": self.number, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "kind": kind, "environment": ENVIRONMENT,
                  "promotion": promotion, "actor": "ada", **body}
        message = f"{ENVIRONMENT}: {kind}{step}\n\n{json.dumps(fields, separators=(',', ':'))}\n".encode()
        parent = f"from :{self.number}\n" if self.number > 1 else "M 100644 :1 README.md\n"
        self.say(f"commit refs/heads/sluice/ledger\nmark :{self.number + 1}\ncommitter ada <sluice@localhost> {int(at.timestamp())} +0000\n"
                 f"data {len(message)}\n".encode() + message + parent.encode() + b"\n")

    def id_of_last(self):
        self.say(f"get-mark :{self.number + 1}\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline().decode().strip()

    def close(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


def promotion(ledger, index, previous):
    commit = f"{index:040x}"
    gates = [{"gate": gate, "answer": "yes", "why": "it is as the pipeline wants it"} for gate in
             ("approvals", "evidence", "window", "soak", "verified-before", "person-lock")]
    ledger.entry("begun", what="promotion", plan="0" * 64, commit=commit, identity=commit, previous=previous, gates=gates,
                 lease={"seconds": 900, "holder": {"host": "ci-7", "boot": "b", "pid": 4711, "started": "1"}}, observed=[])
    own = ledger.id_of_last()
    is_bad = index % 50 == 49 and previous is not None
    steps = ["backup", "deploy", "verify"] + (["rollback", "verify-rollback"] if is_bad else ["announce"])
    for step in steps:
        outcome = "unhealthy" if is_bad and step == "verify" else "done"
        sample = {"at": "2025-01-01T00:00:00Z", "probe": "health", "health": "healthy", "latency_ms": 20.5,
                  "answer": '{"status":"healthy","checks":{"database":{"status":"healthy"}}}', "version": commit}
        ledger.entry("step-begun", own, step=step, key=f"{index:032x}")
        ledger.entry("step-ended", own, step=step, outcome=outcome, why="", ms=1500,
                     **({"samples": [sample] * 12} if step.startswith("verify") else {"status": 0, "output": "done " * 40}))
    ledger.entry("rolled-back" if is_bad else "confirmed", own, commit=commit, why="")
    return previous if is_bad else {"commit": commit, "identity": commit, "since": "2025-01-01T00:00:00Z", "entry": own}


def main():
    repository, entries, form = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    place = repository / ".git/sluice/ledger.git"
    place.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", "--bare", "--template=", str(place)], check=True)
    # Of few objects fast-import makes loose ones by itself; packs otherwise.
    limit = "1000000" if form == ["loose"] else "1"
    subprocess.run(["git", "-C", str(place), "config", "fastimport.unpackLimit", limit], check=True)
    ledger, previous, index = Ledger(place), None, 0
    while ledger.number < entries:
        previous = promotion(ledger, index, previous)
        index += 1
    ledger.close()


if __name__ == "__main__":
    main()
