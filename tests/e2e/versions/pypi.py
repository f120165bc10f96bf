# SPDX-License-Identifier: Apache-2.0
"""packaging's order of each pair on standard input. What it does not take, packaging 21 orders as legacy versions, if
they begin with a digit and have no other characters than versions have."""
import importlib.util
import re
import sys
import warnings

from packaging.version import InvalidVersion, Version

warnings.simplefilter("ignore")
LEGACY = re.compile(r"\s*[vV]?[0-9][A-Za-z0-9._+!~-]*\s*\Z", re.ASCII)


def legacy_version():
    root = sys.argv[1] + "/packaging"
    spec = importlib.util.spec_from_file_location("old_packaging", root + "/__init__.py", submodule_search_locations=[root])
    sys.modules["old_packaging"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return importlib.import_module("old_packaging.version").LegacyVersion


LegacyVersion = legacy_version()


def parse(text):
    try:
        return 1, Version(text)
    except InvalidVersion:
        return (0, LegacyVersion(text.strip())) if LEGACY.match(text) else None


for line in sys.stdin.read().split("\n")[:-1]:
    a, b = (parse(text) for text in line.split("\t"))
    print("?" if a is None or b is None else "<" if a < b else ">" if b < a else "=")
