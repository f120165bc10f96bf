#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints "CPU-milliseconds peak-KiB wall-milliseconds END" of a program: the medians of 31 runs after a warm-up. END is
"stopped" if the limit ended it, else "whole".

usage: deps_measure.py [--once] [--limit SECONDS] PROGRAM …

--once: of one run. A program that takes longer than the limit of CPU is stopped, and its time so far is printed.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def run(argv, limit):
    def bound():
        if limit:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    # GNU time starts the program, for a child of Python has Python's own peak for a start.
    with tempfile.NamedTemporaryFile("r") as peak:
        start = time.monotonic()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["/usr/bin/time", "-o", peak.name, "-f", "%M", *argv], preexec_fn=bound, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.monotonic() - start
        told = peak.read()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu * 1000, int(told.split()[-1]), wall * 1000, "terminated by signal" in told


def main():
    argv, runs, limit = sys.argv[1:], 31, 0
    while argv and argv[0].startswith("--"):
        if argv[0] == "--once":
            runs, argv = 1, argv[1:]
        elif argv[0] == "--limit":
            limit, argv = int(argv[1]), argv[2:]
        else:
            sys.exit(__doc__)
    # What starting a program through GNU time costs is not the program's.
    idle = statistics.median(run(["/bin/true"], 0)[0] for _ in range(11)) if runs > 1 else 0
    if runs > 1:
        run(argv, limit)
    measured = [run(argv, limit) for _ in range(runs)]
    cpu, kib, wall, stopped = (statistics.median(column) for column in zip(*measured))
    print(f"{cpu - idle:.3f} {kib:.0f} {wall:.1f} {'stopped' if stopped else 'whole'}")


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    main()
