#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over what changed in src/, on all cores, and remembers what was clean.

What changed is what differs from a base, committed or not: the commit that SLUICE_TIDY_BASE names, else the newest
release tag that HEAD descends from, else where HEAD left origin's default branch or its own upstream. A source file
changed when it or a header of ours that it reaches did. Without a base, as in a clone of one branch without tags whose
last commit is what has to be judged, everything did.

clang-tidy takes seconds per file and nearly all files are as they were. A file's verdict depends on its own text, the
texts of our headers that it reaches, its compile command, .clang-tidy and the program's version: their digest names an
empty file in the cache. Library headers change with the distribution, and with it the program's version.

usage: tidy.py BUILD-DIRECTORY CACHE-DIRECTORY [--all]
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


def git(root, *arguments):
    """What git prints, or None if it fails."""
    result = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else None


def find_base(root, asked):
    """(commit, its name), or None where this clone has none."""
    if asked:
        commit = git(root, "rev-parse", "--verify", "--quiet", f"{asked}^{{commit}}")
        return (commit, asked) if commit else None
    # On the commit of a tag or of a branch itself, with nothing edited, comparing with that would say nothing.
    head = git(root, "rev-parse", "HEAD")
    edited = bool(git(root, "status", "--porcelain", "--", "src", ".clang-tidy"))
    for start in ("HEAD", "HEAD^"):
        tag = git(root, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", start)
        commit = tag and git(root, "rev-parse", f"{tag}^{{commit}}")
        if commit and (edited or commit != head):
            return commit, tag
    for name in ("origin/HEAD", "@{upstream}", "main@{upstream}"):
        commit = git(root, "merge-base", "HEAD", name)
        if commit and (edited or commit != head):
            return commit, name
    return None


def changed_since(root, base):
    """Every path that differs from the base in the work tree; also what git does not track yet."""
    tracked = git(root, "diff", "--name-only", "-z", "--no-renames", base)
    untracked = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if tracked is None or untracked is None:
        return None
    return {root / name for name in (tracked + "\0" + untracked).split("\0") if name}


def choose(entries, root, everything, asked):
    """The entries to look at, and why these."""
    base = None if everything else find_base(root, asked)
    changed = changed_since(root, base[0]) if base else None
    if changed is None:
        return entries, "everything" if everything else "everything, for this clone has no base to compare with"
    if root / ".clang-tidy" in changed:
        return entries, f"everything, for .clang-tidy changed since {base[1]}"
    chosen = [e for e in entries if not changed.isdisjoint(reached(pathlib.Path(e["file"]), root, {}))]
    return chosen, f"changed since {base[1]}"


def tidy(entry, build, stamp):
    if stamp.exists():
        return entry["file"], True, ""
    result = subprocess.run(["clang-tidy", "--quiet", "-p", build, entry["file"]], capture_output=True, text=True)
    if result.returncode == 0:
        stamp.touch()
    return entry["file"], result.returncode == 0, result.stdout


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    build, cache, everything = sys.argv[1], pathlib.Path(sys.argv[2]), "--all" in sys.argv[3:]
    cache.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    version = b"\n".join(line for line in version.splitlines() if b"CPU" not in line)
    common = version + (root / ".clang-tidy").read_bytes()
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    entries = [e for e in entries if e["file"].startswith(f"{root}/src/") and e["file"].endswith(".cpp")]
    if not entries:
        sys.exit(f"clang-tidy: {build}/compile_commands.json names no file of src/")
    entries, why = choose(entries, root, everything, os.environ.get("SLUICE_TIDY_BASE"))
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(tidy, e, build, cache / digest(e, root, common)) for e in entries]
        for job in concurrent.futures.as_completed(jobs):
            file, clean, output = job.result()
            if not clean:
                bad += 1
                print(f"{os.path.relpath(file, root)}:\n{output}", flush=True)
    print(f"clang-tidy: {len(entries)} files ({why}), {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
