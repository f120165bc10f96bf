# SPDX-License-Identifier: Apache-2.0
"""rpm's order of each pair on standard input. rpm orders any text; what is no version here is ? before it is asked."""
import re
import sys

import rpm

VERSION = re.compile(r"(?:[0-9]*:)?([A-Za-z0-9._+~^-]*)\Z", re.ASCII)


def parse(text):
    match = VERSION.match(text)
    if match is None or not re.search("[0-9]", match[1].rpartition("-")[0] if "-" in match[1] else match[1]):
        return None
    return rpm.ver(text)


for line in sys.stdin.read().split("\n")[:-1]:
    a, b = (parse(text) for text in line.split("\t"))
    print("?" if a is None or b is None else "<" if a < b else ">" if b < a else "=")
