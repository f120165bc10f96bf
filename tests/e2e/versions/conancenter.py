# SPDX-License-Identifier: Apache-2.0
"""Conan's order of each pair on standard input. Conan orders any text; what is no version here is ? before it is asked."""
import re
import sys

from conan.internal.model.version import Version

VERSION = re.compile(r"(?=.*[0-9])[A-Za-z0-9_][A-Za-z0-9_+.-]*\Z", re.ASCII)

for line in sys.stdin.read().split("\n")[:-1]:
    a, b = (Version(text) if VERSION.match(text) else None for text in line.split("\t"))
    print("?" if a is None or b is None else "<" if a < b else ">" if b < a else "=")
