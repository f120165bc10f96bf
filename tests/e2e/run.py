#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the end-to-end tests, one line each. Files are named SUBJECT_test.py.

usage: run.py [--results FILE] [SUBJECT…]
FILE gets "passed failed skipped", FILE.skipped one "skipped: NAME: REASON" per line.
"""
import argparse
import importlib
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent


class Lines(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.passed, self.failed, self.skips = 0, set(), []

    def startTest(self, test):
        super().startTest(test)
        self.started, self.bad = time.monotonic(), False

    def stopTest(self, test):
        super().stopTest(test)

    def say(self, what, test, more=""):
        seconds = time.monotonic() - self.started if hasattr(self, "started") else 0
        name = test.id() if hasattr(test, "id") else str(test)
        print(f"{what:6} {name} ({seconds:.1f} s){more}", flush=True)

    def addSuccess(self, test):
        self.passed += 1
        self.say("ok", test)

    def report(self, test, error):
        # A case with several failing sub-tests is one failed case.
        self.failed.add(test.id().split(" ")[0])
        self.say("FAILED", test, "\n" + self._exc_info_to_string(error, test))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.report(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        if not hasattr(self, "started"):
            self.started = time.monotonic()
        self.report(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.failed.add(test.id())
            self.say("FAILED", subtest, "\n" + self._exc_info_to_string(error, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skips.append(f"skipped: {test.id()}: {reason}")
        print(self.skips[-1], flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--results")
    parser.add_argument("subject", nargs="*")
    arguments = parser.parse_args()
    sys.path.insert(0, str(HERE))
    subjects = arguments.subject or sorted(f.stem.removesuffix("_test") for f in HERE.glob("*_test.py"))
    lines = Lines()
    for subject in subjects:
        suite = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(f"{subject}_test"))
        suite.run(lines)
    if arguments.results:
        pathlib.Path(arguments.results).write_text(f"{lines.passed} {len(lines.failed)} {len(lines.skips)}\n")
        pathlib.Path(arguments.results + ".skipped").write_text("".join(f"{skip}\n" for skip in lines.skips))
    print(f"e2e: {lines.passed} passed, {len(lines.failed)} failed, {len(lines.skips)} skipped")
    return 1 if lines.failed else 0


if __name__ == "__main__":
    sys.exit(main())
