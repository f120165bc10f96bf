#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over src/, both cores, and remembers what was clean.

clang-tidy takes seconds per file and nearly all files are as they were. A file's verdict depends on its own text, the
texts of our headers that it reaches, its compile command, .clang-tidy and the program's version: their digest names an
empty file in the cache. Library headers change with the distribution, and with it the program's version.

usage: tidy.py BUILD-DIRECTORY CACHE-DIRECTORY [FILE…]
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def reached(file, root, seen):
    """Every file of ours that `file` includes, directly or not, itself too."""
    if file in seen or not file.is_file():
        return seen
    seen[file] = file.read_bytes()
    for name in INCLUDE.findall(seen[file]):
        reached(root / "src" / name.decode(), root, seen)
    return seen


def digest(entry, root, common):
    sums = hashlib.sha256(common)
    sums.update(entry["command"].encode())
    texts = reached(pathlib.Path(entry["file"]), root, {})
    for file in sorted(texts):
        sums.update(str(file).encode() + b"\0" + texts[file] + b"\0")
    return sums.hexdigest()


def tidy(entry, build, stamp):
    if stamp.exists():
        return entry["file"], True, ""
    result = subprocess.run(["clang-tidy", "--quiet", "-p", build, entry["file"]], capture_output=True, text=True)
    if result.returncode == 0:
        stamp.touch()
    return entry["file"], result.returncode == 0, result.stdout


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    build, cache, chosen = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    cache.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    version = b"\n".join(line for line in version.splitlines() if b"CPU" not in line)
    common = version + (root / ".clang-tidy").read_bytes()
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    entries = [e for e in entries if e["file"].startswith(f"{root}/src/") and e["file"].endswith(".cpp")]
    if chosen:
        wanted = {str(pathlib.Path(file).resolve()) for file in chosen}
        entries = [e for e in entries if e["file"] in wanted]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(tidy, e, build, cache / digest(e, root, common)) for e in entries]
        for job in concurrent.futures.as_completed(jobs):
            file, clean, output = job.result()
            if not clean:
                bad += 1
                print(f"{os.path.relpath(file, root)}:\n{output}", flush=True)
    print(f"clang-tidy: {len(entries)} files, {bad} with findings")
    return 1 if bad or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
