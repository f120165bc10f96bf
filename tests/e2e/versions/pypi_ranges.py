# SPDX-License-Identifier: Apache-2.0
"""Whether packaging's specifier, the first of each pair on standard input, has the version behind the tab: y or n; ? where
one is none."""
import sys

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

for line in sys.stdin.read().split("\n")[:-1]:
    text, version = line.split("\t")
    try:
        print("y" if SpecifierSet(text).contains(Version(version), prereleases=True) else "n")
    except (InvalidSpecifier, InvalidVersion):
        print("?")
