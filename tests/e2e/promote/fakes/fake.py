#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands for the tool by whose name it is called: writes each call down, refuses what the tool would not know
(grammar.py), fails where it is told to, and prints what it is told to answer. FAKE_DIRECTORY holds all of that:
calls (a JSON object a line), fail_at (the number of the call that fails), answers/TOOL.COMMAND."""
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import grammar  # noqa: E402

ROOM = pathlib.Path(os.environ["FAKE_DIRECTORY"])
SEEN = ("IMAGE_TAG", "VERCEL_PROJECT_ID", "SLUICE_COMMIT")


def head():
    told = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return told.stdout.strip()


def record(tool, command, flags, words, given):
    call = {"tool": tool, "command": command, "flags": flags, "words": words, "argv": sys.argv[1:], "head": head(),
            "input": given, "variables": {name: os.environ[name] for name in SEEN if name in os.environ}}
    with open(ROOM / "calls", "a", encoding="utf-8") as file:
        file.write(json.dumps(call) + "\n")
    return len((ROOM / "calls").read_text(encoding="utf-8").splitlines())


def answer(tool, command):
    file = ROOM / "answers" / f"{tool}.{command.replace(' ', '-')}"
    if file.exists():
        sys.stdout.write(file.read_text(encoding="utf-8"))


def supabase_dump(flags, words):
    pathlib.Path(flags["--file"][0]).write_text("-- " + " ".join(flags) + "\n", encoding="utf-8")


def bench_backup(flags, words):
    beginning = str(pathlib.Path(flags["--backup-path"][0]) / "20261127_101112-site-")
    is_damaged = (ROOM / "answers/bench.backup-damage").exists()
    with (open if is_damaged else gzip.open)(beginning + "database.sql.gz", "wt") as file:
        file.write("-- a dump\n")
    for kind in ("files", "private-files"):
        subprocess.run(["tar", "--create", "--file", f"{beginning}{kind}.tar", "--files-from", "/dev/null"], check=True)


def rsync(flags, words):
    target = words[1].split(":", 1)[1]
    shutil.copytree(words[0], target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))


def ssh(flags, words):
    # The words are joined and read by a shell there, as ssh does it.
    sys.exit(subprocess.run(["sh", "-c", " ".join(words[1:])], input=given_to_ssh, check=False).returncode)


DOES = {("supabase", "db dump"): supabase_dump, ("bench", "backup"): bench_backup, ("rsync", ""): rsync, ("ssh", ""): ssh}

tool_name = pathlib.Path(sys.argv[0]).name
reads = tool_name in ("ssh", "docker") and not sys.stdin.isatty()
given_to_ssh = sys.stdin.buffer.read() if reads else b""
try:
    command_name, all_flags, plain_words = grammar.parse(tool_name, sys.argv[1:])
except grammar.Unknown as unknown:
    print(f"{tool_name}: {unknown}", file=sys.stderr)
    record(tool_name, "?", {}, [], "")
    sys.exit(64)
number = record(tool_name, command_name, all_flags, plain_words, given_to_ssh.decode(errors="replace"))
if (ROOM / "fail_at").exists() and number == int((ROOM / "fail_at").read_text()):
    print(f"{tool_name}: was told to fail", file=sys.stderr)
    sys.exit(255 if tool_name == "ssh" else 1)
if (tool_name, command_name) in DOES:
    DOES[tool_name, command_name](all_flags, plain_words)
# What these two answer is a question of what they are asked.
asked = f" {plain_words[0]}" if command_name in ("api", "execute") else ""
answer(tool_name, command_name + asked)
