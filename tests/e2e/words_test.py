# SPDX-License-Identifier: Apache-2.0
"""No text of a change is obeyed. Each of tests/hostile/strings.txt stands in every field of a report, and each sink is
read by the grammar of who reads it: runners, CommonMark with GitHub's extensions, XML, HTML, JSON. A rendering has the
structure that it has with a harmless word in place of the text, and the text is read back as what was shown of it."""
import copy
import html.parser
import json
import re
import subprocess
import unittest
import xml.etree.ElementTree

from harness import BIN, TOP, Case, needs, run
from runner_grammar import commands

HARMLESS = "plainword"
REPORT = json.loads((TOP / "fixtures/report/canonical.json.golden").read_text())
# Keys whose texts are ours: names, numbers, ids, times, the rules and their documentation.
OURS = {"schema", "tool", "scan", "verdict", "fail-on", "started", "repository-url", "platform", "head", "kind", "rule",
        "severity", "disposition", "commit", "own-confidence", "own-severity", "url", "role", "key", "fingerprint", "begin",
        "end", "mark", "rules", "rules-applied", "comments", "owner", "breadth", "bases"}


def unescaped(line):
    letters = {"n": b"\n", "r": b"\r", "t": b"\t", "a": b"\a", "b": b"\b", "\\": b"\\"}
    found = re.match(r"@repeat (\d+) (.*)$", line)
    if found:
        return unescaped(found[2]) * int(found[1])
    part = lambda m: bytes([int(m[2], 16)]) if m[2] else letters.get(m[1], m[1].encode())
    pieces = re.split(r"(\\x[0-9a-f]{2}|\\.)", line)
    return b"".join(part(re.match(r"\\(x([0-9a-f]{2})|.)", piece)) if piece.startswith("\\") and len(piece) > 1
                    else piece.encode() for piece in pieces)


def hostile_strings():
    lines = (TOP / "tests/hostile/strings.txt").read_text().splitlines()
    return [unescaped(line) for line in lines if line != "#" and not line.startswith("# ")]


STRINGS = hostile_strings()
# What JSON and an argument can say.
TEXTS = [text.decode() for text in STRINGS if text.decode(errors="replace").encode() == text]


def printable(text):
    """base/text.hpp's."""
    def shown(c):
        code = ord(c)
        ranges = ((0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F),
                  (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
                  (0xE0000, 0xE0FFF))
        if not any(low <= code <= high for low, high in ranges):
            return c
        return f"\\x{code:02x}" if code < 0x80 else f"\\u{{{code:x}}}"
    return "".join(map(shown, text))


def planted(value, text, key=""):
    """The report with `text` for every text that can come from a change."""
    if isinstance(value, dict):
        if key == "path" or "base64" in value:
            return text
        return {name: below if name in OURS else planted(below, text, name) for name, below in value.items()}
    if isinstance(value, list):
        return [planted(below, text, key) for below in value]
    return text if isinstance(value, str) and value else value


# Where a line ends and what of an excerpt is marked is the text's length.
SHOWN = ("br", "mark")


class Shape(html.parser.HTMLParser):
    """Elements of a page with the names of their attributes."""

    def __init__(self, text):
        super().__init__()
        self.shape, self.links = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag not in SHOWN:
            self.shape.append((tag, tuple(name for name, _ in attributes)))
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_endtag(self, tag):
        if tag not in SHOWN:
            self.shape.append(("/", tag))

    def handle_comment(self, data):
        self.shape.append(("comment",))

    def handle_decl(self, declaration):
        self.shape.append(("declaration", declaration))


def shape_of_json(value):
    if isinstance(value, dict):
        return {key: shape_of_json(below) for key, below in value.items()}
    return [shape_of_json(below) for below in value] if isinstance(value, list) else type(value).__name__


def shape_of_xml(element):
    return element.tag, sorted(element.attrib), [shape_of_xml(below) for below in element]


def parsed(markdown):
    """The tree that cmark-gfm makes of it."""
    extensions = [word for name in ("table", "strikethrough", "autolink", "tasklist") for word in ("-e", name)]
    done = subprocess.run(["cmark-gfm", "--unsafe", "-e", "footnotes", *extensions, "-t", "xml"], input=markdown.encode(),
                          capture_output=True, timeout=120)
    if done.returncode != 0:  # an extension that this version does not know, or knows as an option
        done = subprocess.run(["cmark-gfm", "--unsafe", "--footnotes", *extensions, "-t", "xml"], input=markdown.encode(),
                              capture_output=True, check=True, timeout=120)
    # Two characters that Markdown may hold and XML may not.
    tree = re.sub("[\ufffe\uffff]", "\ufffd", done.stdout.decode())
    return xml.etree.ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", tree, count=1))


# With what a text is kept from being one thing; shown, they are nothing.
INVISIBLE = re.compile(r"</?(span|wbr|code|br)>$")


class Document:
    """What a parser finds: the structure, and the text of each block, with that which platforms search for references."""

    def __init__(self, markdown):
        self.shape, self.blocks, self.searched = [], [], []
        self._walk(parsed(markdown))

    def _walk(self, node):
        tag = node.tag.rpartition("}")[2]
        if tag in ("paragraph", "table_cell", "heading"):
            self.shape.append(tag)
            self._block(node)
            return
        self.shape.append((tag, node.get("info")))
        if tag == "html_block":
            self.shape += [part for part in Shape(node.text or "").shape if not {"span", "wbr", "code"} & set(part)]
        for below in node:
            self._walk(below)

    def _block(self, block):
        text, piece, in_code = "", "", 0
        for node in block.iter():
            tag = node.tag.rpartition("}")[2]
            if node is block:
                continue
            if tag == "text":
                text += node.text or ""
                piece += "" if in_code else node.text or ""
                continue
            if piece:
                self.searched.append(piece)
            piece = ""
            if tag == "html_inline":
                in_code += {"<code>": 1, "</code>": -1}.get(node.text, 0)
                if not INVISIBLE.match(node.text):
                    self.shape.append(re.sub(r'^<a href="https://[^"<>\s]*">$', "<a>", node.text))
            elif tag not in ("softbreak", "linebreak"):
                self.shape.append(tag)
                text += node.text or ""
        if piece:
            self.searched.append(piece)
        self.blocks.append(" ".join(text.replace("\u200b", "").split()))


# What GitHub and GitLab look for in the text nodes of what was rendered, outside of code.
REFERENCES = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"(?:^|[^\w`])@[\w.]", r"(?:^|\W)#\d", r"\bGH-\d", r"[\w.-]+/[\w.-]+#\d", r"\b[0-9a-f]{7,40}\b", r"[\w.+-]+@[\w-]+\.\w",
    r"\b(?:https?|ftp)://", r"\bwww\.", r"\$[^$\s][^$]*\$", r":(?:x|tada|\+1|100):", r"(?:^|\W)~[\w\"]", r"(?:^|\W)%[\w\"{]",
    r"(?:^|\W|\w)!\d", r"(?:^|\W|\w)&\d", r"\$\d", r"\[\[", r"[{\[][+-]", r"[a-z][a-z0-9+.-]*://", r"\[[a-z_]+:\d+\]",
    r"^\s*\[[ xX]\]", r"\[TOC\]", r"\*iteration:")]


def references(document):
    return {found[0] for piece in document.searched for pattern in REFERENCES for found in pattern.finditer(piece)}


class Words(Case):
    def sinks(self):
        outcome = run([BIN / "sluice", "report", "--format", "nonsense"], self.directory)
        return re.search(r"is not one of ([\w, -]+)", outcome.err)[1].strip().split(", ")

    def rendered(self, text):
        """Every sink's rendering of a report with the text in each field."""
        file = self.directory / "report.json"
        file.write_text(json.dumps(planted(copy.deepcopy(REPORT), text)))
        names = [name for name in self.sinks_once]
        outcome = run([BIN / "sluice", "report", *(f"--format={name}=out.{name}" for name in names), file], self.directory)
        self.assertIn(outcome.status, (0, 1, 3), outcome)
        self.assertEqual(commands(outcome.out + outcome.err), [])
        return {name: (self.directory / f"out.{name}").read_text() for name in names}

    def setUp(self):
        super().setUp()
        self.sinks_once = self.sinks()
        self.assertGreater(len(self.sinks_once), 8)

    def each(self, check):
        """Each text with its renderings and those of a harmless word."""
        self.assertGreater(len(STRINGS), 60)
        harmless = self.rendered(HARMLESS)
        for text in TEXTS:
            with self.subTest(text=text[:60]):
                # A path that is too long for any file system has no link.
                like = harmless if len(text) < 1000 else self.rendered("w" * len(text.encode()))
                check(text, self.rendered(text), like)

    def test_runners_find_our_commands_and_no_other(self):
        def check(_text, sinks, harmless):
            for name, text in sinks.items():
                found = commands(text)
                if name != "github":
                    self.assertEqual(found, [], name)
                    continue
                self.assertEqual([command[0] for command in found], [command[0] for command in commands(harmless[name])])
                for line in text.splitlines():
                    self.assertRegex(line, r"^::(error|warning|notice) [^:]*::")

        self.each(check)

    def test_json_sarif_junit_and_html_keep_their_structure(self):
        def check(text, sinks, harmless):
            for name, rendering in sinks.items():
                if name in ("json", "sarif") or name.startswith("gitlab"):
                    self.assertEqual(shape_of_json(json.loads(rendering)), shape_of_json(json.loads(harmless[name])), name)
                elif name == "junit":
                    self.assertEqual(shape_of_xml(xml.etree.ElementTree.fromstring(rendering)),
                                     shape_of_xml(xml.etree.ElementTree.fromstring(harmless[name])))
                elif name == "html":
                    page, other = Shape(rendering), Shape(harmless[name])
                    self.assertEqual(page.shape, other.shape)
                    for link in page.links:
                        self.assertRegex(link, r"^(https://|#)")
            values = json.loads(sinks["json"])["reports"][0]["findings"][0]
            self.assertEqual(values["message"], text)

        self.each(check)

    @needs("cmark-gfm")
    def test_markdown_has_our_structure_and_the_text_as_it_is_shown(self):
        def check(text, sinks, harmless):
            documents = [("summary", sinks["summary"], harmless["summary"])]
            for name in sinks:
                if name.startswith("gitlab"):
                    ours, theirs = json.loads(sinks[name]), json.loads(harmless[name])
                    if isinstance(ours, dict):
                        documents += [(name, a["description"], b["description"]) for a, b in
                                      zip(ours["vulnerabilities"], theirs["vulnerabilities"])]
            for name, ours, theirs in documents:
                document, other = Document(ours), Document(theirs)
                self.assertEqual(document.shape, other.shape, name)
                self.assertEqual(references(document) - references(other), set(), name)
                for line in ours.splitlines():
                    self.assertNotRegex(line, r"^\s*(/[a-z]|::include|:::|\[\[_TOC_)", name)
                if len(text) < 80 and "\n" not in text and "\r" not in text and "\t" not in text and text == text.strip():
                    shown = " ".join(re.sub("[\ufffe\uffff]", "\ufffd", printable(text)).split())
                    self.assertEqual(document.blocks, [block.replace(HARMLESS, shown) for block in other.blocks], name)

        self.each(check)

    @needs("cmark-gfm")
    def test_texts_that_are_shown_as_they_are_link_nothing_where_they_are_rendered(self):
        def texts(value, key=""):
            if isinstance(value, dict):
                for name, below in value.items():
                    yield from texts(below, name)
            elif isinstance(value, list):
                for below in value:
                    yield from texts(below, key)
            elif key in ("description", "text", "solution", "value") and isinstance(value, str):
                yield value
        def check(_text, sinks, _harmless):
            sarif = json.loads(sinks["sarif"])
            messages = [result["message"]["text"] for each in sarif["runs"] for result in each["results"]]
            for each in sarif["runs"]:
                messages += [n["message"]["text"] for i in each["invocations"] for n in i["toolExecutionNotifications"]]
            for message in messages:
                self.assertNotRegex(message, r"\{\d+\}")
            messages += [item["description"] for item in json.loads(sinks["gitlab-codequality"])]
            for message in messages:
                self.assertNotRegex(message, r"\]\(|(?m:^/[a-z])")
            tree = parsed("\n\n".join(messages))
            for node in tree.iter():
                self.assertNotIn(node.tag.rpartition("}")[2], ("link", "image", "html_block", "html_inline"))

        self.each(check)



class Logs(Case):
    """What is printed that is no report: configuration, errors, answers of commands."""

    def check(self, outcome, text, annotations=False):
        for stream in (outcome.out, outcome.err):
            found = [command for command in commands(stream)]
            if annotations:
                found = [c for c in found if not (c[0] == "error" and c[1].endswith("could not run"))]
            self.assertEqual(found, [], text[:80])
            for line in stream.split("\n"):
                self.assertEqual(printable(line), line)

    def each(self, check):
        for text in TEXTS:
            if "\0" not in text and len(text) < 100_000:
                with self.subTest(text=text[:60]):
                    check(text)

    def test_configuration(self):
        repository = self.clean()
        quoted = lambda text: json.dumps(text)
        def check(text):
            (repository.path / ".sluice.yml").write_text(
                f"allow:\n  - {{rule: github-token, path: {quoted(text)}, reason: {quoted(text)}, expires: 2099-01-01}}\n"
                f"trusted-branches: [{quoted(text)}]\nsecrets: {{exclude: [{quoted(text)}]}}\n")
            for tool in (["sluice-secrets"], ["sluice", "check"]):
                outcome = repository.run(*tool, "--show-config")
                self.check(outcome, text)
            self.check(repository.run("sluice-secrets", "--show-config", SLUICE_SECRETS_EXCLUDE=text,
                                      SLUICE_DEFAULT_BRANCH=text), text)
            (repository.path / ".sluice.yml").write_text(f"{quoted(text)}: 1\nfail-on: {quoted(text)}\n")
            outcome = repository.run("sluice-secrets")
            self.assertStatus(outcome, 2)
            self.check(outcome, text)
            self.check(repository.run("sluice-secrets", GITHUB_ACTIONS="true"), text, annotations=True)
            (repository.path / ".sluice.yml").unlink()

        self.each(check)

    def test_arguments(self):
        repository = self.clean()
        def check(text):
            for arguments in ([text], ["explain", text], ["why", "github-token", text], ["why", text, "deploy.ini"],
                              ["--fail-on", text], ["--" + text], ["--base", text], ["--config", text], ["--repo", text],
                              ["--format", text], ["--baseline", text]):
                self.check(repository.run("sluice-secrets", *arguments), text)
            for arguments in ([text], ["explain", text], ["help", text], ["check", "--gates", text], ["report", text]):
                self.check(repository.run("sluice", *arguments), text)
            self.check(repository.run("sluice", GITHUB_ACTIONS="true", GITHUB_ACTION="x", INPUT_COMMAND=text), text,
                       annotations=True)

        self.each(check)

    def test_names_of_files_that_a_command_reads(self):
        repository = self.planted()
        def check(text):
            name = text.replace("/", "_")[:60]
            if name in (".", "..", ""):
                return
            repository.write(name, f"TOKEN={self.planted_token}\n{text}\n")
            outcome = repository.run("sluice-secrets", "why", "github-personal-access-token", name)
            self.check(outcome, text)
            self.assertNoSecret(outcome.out, outcome.err)
            self.check(repository.run("sluice-secrets", "--scope", "worktree", "--format", "one-line"), text)
            (repository.path / name).unlink()

        self.each(check)



if __name__ == "__main__":
    unittest.main()
