# SPDX-License-Identifier: Apache-2.0
"""What a runner makes of a log, written from its documented behaviour. GitHub's takes `::name …::data` at the start of a
line and the older `##[name …]data` anywhere, act the same by other rules; Azure, TeamCity and GitLab have forms of their
own. tests/unit/output/runner_grammar.cpp says the same in C++."""
import re

REGISTERED = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands", "echo", "add-matcher",
              "remove-matcher", "set-output", "save-state", "set-env", "add-path"}


def lines_of(text):
    """As a .NET reader ends them."""
    return re.split(r"\r\n|\r|\n", text)


def github(line):
    found = re.match(r"::([^ ]*?)(?: (.*?))?::(.*)", line.lstrip())
    if found and found[1].lower() in REGISTERED:
        return found[1].lower(), found[2] or "", found[3]
    found = re.search(r"##\[(.*?)\](.*)", line)
    if found:
        name, _, properties = found[1].partition(" ")
        if name.lower() in REGISTERED:
            return name.lower(), properties, found[2]
    return None


def act(line):
    """`^PREFIX([^ ]+)( (.+))?CLOSE([^\\r\\n]*)$`, greedy."""
    for prefix, close in (("::", "::"), (r"##\[", r"\]")):
        found = re.match(prefix + "([^ ]+)(?: (.+))?" + close + "(.*)$", line)
        if found:
            return found[1], found[2] or "", found[3]
    return None


def other(line):
    found = re.search(r"##(?:vso|teamcity)\[|\x1b\[0?K?section_(?:start|end):|section_(?:start|end):\d+:[\w.-]+(?:\[.*\])?\r", line)
    return (found[0], "", "") if found else None


def commands(text):
    """Every command that any of them finds."""
    return [command for line in lines_of(text) for command in (github(line), act(line), other(line)) if command]
