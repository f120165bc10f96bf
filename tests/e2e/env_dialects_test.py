# SPDX-License-Identifier: Apache-2.0
"""What `sluice-env parse` makes of dotenv files against the programs themselves, on a list of files that probe where they
differ (dialect_inputs.py) and on generated ones. Versions are those that scripts/install-dependencies pins: dotenv 18.0.10,
dotenvx 2.38.2, python-dotenv 1.2.4, godotenv 1.5.1, compose-go 2.16.2, docker/cli 29.9.3; of the machine, Node.js 20, bash
5.2, dash 0.5.12, phpdotenv 5.4 and Ruby's dotenv 2.4. A program that cannot be had is skipped by name."""
import base64
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import unittest

import dialect_inputs
from dialect_inputs import ENVIRONMENT
from harness import BIN, CACHE, CLIENTS, Case, clean_environment, github_token, has, run

READERS = pathlib.Path(__file__).resolve().parent / "dialects"
GENERATED = 300
PHPDOTENV = pathlib.Path("/usr/share/php/Dotenv/autoload.php")
SIMPLE_RUBY = re.compile(rb"""\s*|\s*(?:export\s+)?(?!(?:%s)\b)[\w.]+\s*=[ \t]*[^\s#\\"'`][^\\"'`]*""" % "|".join(ENVIRONMENT).encode())
RAN = b"EXECUTES"  # what the readers are made to find where they would have run something


def tells(argv, beginning):
    return has(argv[0]) and run(argv, "/").out.startswith(beginning)


def digest(value):
    return None if value is None else "executes" if RAN in value else hashlib.sha256(value).hexdigest()


class Dialects(Case):
    def ours(self, dialect, text):
        """Nothing if the file is refused."""
        path = self.directory / f"{hashlib.sha256(text).hexdigest()}.env"
        path.write_bytes(text)
        outer = [word for name, value in ENVIRONMENT.items() for word in ("--env", f"{name}={value}")]
        outcome = run([BIN / "sluice-env", "parse", "--dialect", dialect, path, *outer], self.directory)
        path.unlink()
        self.assertIn(outcome.status, (0, 1), outcome)
        answer = json.loads(outcome.out)
        self.assertEqual(outcome.status, 1 if answer is None else 0, outcome)
        if answer is None:
            told = [word for word in text.decode("latin-1").split() if len(word) > 6 and word in outcome.err]
            self.assertFalse(told, outcome.err)
        return answer

    def files(self, dialect):
        return list(dict.fromkeys(dialect_inputs.listed() + dialect_inputs.generated(dialect, GENERATED)))

    def compare(self, dialect, theirs, files, *, are_same=lambda theirs, ours: theirs == ours, drop=lambda ours: False):
        """`theirs` gives the answers for a list of files."""
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            ours = list(pool.map(lambda text: self.ours(dialect, text), files))
        pairs = [(text, mine) for text, mine in zip(files, ours) if not drop(mine)]
        answers = theirs([text for text, _ in pairs])
        wrong = [f"{text!r}\n  the program: {right}\n  ours:        {mine}" for (text, mine), right in zip(pairs, answers)
                 if not are_same(right, mine)]
        self.assertFalse(wrong, f"{len(wrong)} of {len(pairs)} files:\n" + "\n".join(sorted(wrong, key=len)[:20]))
        self.assertGreater(len(pairs), len(files) * 9 // 10)

    def ask(self, argv, files, **environment):
        """Of one of the readers beside this file, which is asked for all files at once."""
        cases = [[base64.b64encode(text).decode(), ENVIRONMENT] for text in files]
        outcome = run(argv, self.directory, clean_environment(self.directory, **environment), json.dumps(cases), timeout=600)
        self.assertStatus(outcome, 0)
        return [answer and {key: digest(value if value is None else base64.b64decode(value)) for key, value in answer.items()}
                if answer is None or answer else {} for answer in json.loads(outcome.out)]

    def compare_with(self, dialect, argv, files=None, drop=lambda ours: False, **environment):
        self.compare(dialect, lambda some: self.ask(argv, some, **environment), files or self.files(dialect), drop=drop)

    def javascript(self, dialect, **more):
        self.compare_with(dialect, ["node", READERS / "javascript.js", dialect], NODE_PATH=CLIENTS, **more)

    def parse(self, text, *arguments):
        (self.directory / "file.env").write_text(text)
        return run([BIN / "sluice-env", "parse", *arguments, "file.env"], self.directory)

    def test_answers(self):
        answer = self.parse("A=b\nB\nC=$(id)\nD=\nA=c\n", "--dialect", "ruby")
        self.assertStatus(answer, 0)
        self.assertEqual(json.loads(answer.out), {"A": digest(b"c"), "B": digest(b""), "C": "executes", "D": digest(b"")})
        self.assertEqual(list(json.loads(answer.out)), ["A", "B", "C", "D"])
        self.assertEqual(json.loads(self.parse("A\n", "--dialect", "python").out), {"A": None})
        outer = self.parse("A=$X-$Y\n", "--dialect", "compose", "--env", "X=1,2", "--env", "Y=a=b", "--show-values")
        self.assertEqual(outer.out, '{"A":"1,2-a=b"}\n')

    def test_values_are_shown_where_they_are_asked_for_alone(self):
        token = github_token()
        text = f"GITHUB_TOKEN={token}\n"
        self.assertEqual(json.loads(self.parse(text, "--dialect", "node").out), {"GITHUB_TOKEN": digest(token.encode())})
        self.assertEqual(json.loads(self.parse(text, "--dialect", "node", "--show-values").out), {"GITHUB_TOKEN": token})

    def test_a_refused_file_is_not_told(self):
        answer = self.parse("FIRST=password-one\nSECOND=\"password-two\n", "--dialect", "compose")
        self.assertStatus(answer, 1)
        self.assertEqual(answer.out, "null\n")
        self.assertIn("file.env:2: Docker Compose refuses the file: a quoted value is not closed", answer.err)
        self.assertNotIn("password", answer.err)
        self.assertNotIn("SECOND", answer.err)

    def test_what_cannot_be_asked(self):
        for arguments in (["--dialect", "nodee"], [], ["--dialect", "node", "--env", "X"]):
            self.assertStatus(self.parse("A=b\n", *arguments), 2)
        missing = run([BIN / "sluice-env", "parse", "--dialect", "node", "missing.env"], self.directory)
        self.assertStatus(missing, 2)
        self.assertIn("did you mean node?", self.parse("A=b\n", "--dialect", "nodee").err)

    def test_fifty_megabytes(self):
        (self.directory / "large.env").write_bytes(b"KEY=0123456789abcdef # comment\n" * (50 * 2**20 // 31))
        for dialect in ("motdotla", "compose", "python", "node", "php"):
            answer = run([BIN / "sluice-env", "parse", "--dialect", dialect, "large.env"], self.directory)
            self.assertEqual(json.loads(answer.out), {"KEY": digest(b"0123456789abcdef")}, answer.err)

    @unittest.skipUnless((CLIENTS / "dotenv").is_dir(), "dotenv is not installed")
    def test_motdotla(self):
        self.javascript("motdotla")

    @unittest.skipUnless((CLIENTS / "dotenv").is_dir(), "dotenv is not installed")
    def test_motdotla_fast(self):
        self.javascript("motdotla-fast")

    @unittest.skipUnless((CLIENTS / "@dotenvx/dotenvx").is_dir(), "dotenvx is not installed")
    def test_dotenvx(self):
        # It refuses nothing: what we refuse it would never end with.
        self.javascript("dotenvx", drop=lambda ours: ours is None)

    @unittest.skipUnless(tells(["node", "--version"], "v20."), "Node.js 20 is not installed")
    def test_node(self):
        self.javascript("node")

    @unittest.skipUnless((CACHE / "python/bin/dotenv").exists(), "python-dotenv is not installed")
    def test_python(self):
        self.compare_with("python", [CACHE / "python/bin/python", READERS / "python_dotenv.py"])

    @unittest.skipUnless((CACHE / "bin/go-dotenv-dialects").exists(), "the readers in Go are not built")
    def test_docker(self):
        self.compare_with("docker", ["go-dotenv-dialects", "docker"])

    @unittest.skipUnless((CACHE / "bin/go-dotenv-dialects").exists(), "the readers in Go are not built")
    def test_compose(self):
        self.compare_with("compose", ["go-dotenv-dialects", "compose"])

    @unittest.skipUnless((CACHE / "bin/go-dotenv-dialects").exists(), "the readers in Go are not built")
    def test_godotenv(self):
        # The JSON of both sides has no place for a key that is not UTF-8.
        self.compare_with("godotenv", ["go-dotenv-dialects", "godotenv"],
                          [text for text in self.files("godotenv") if text != b"\xffA=b\n"])

    @unittest.skipUnless(tells(["ruby", READERS / "ruby_dotenv.rb", "version"], ("2", "3")), "dotenv for Ruby is not installed")
    def test_ruby(self):
        reader = ["ruby", READERS / "ruby_dotenv.rb"]
        files = self.files("ruby")
        if run([*reader, "version"], "/").out.startswith("2"):
            # What Debian has is older than what we read like: it splits lines before it looks at quotes, knows no key without
            # a value, unescapes otherwise, and a file goes before the environment. The rest is the same.
            files = [text for text in files if all(SIMPLE_RUBY.fullmatch(line) for line in re.split(rb"[\r\n]+", text))]
            self.assertGreater(len(files), 200)
        self.compare_with("ruby", reader, files)

    @unittest.skipUnless(has("php") and PHPDOTENV.is_file(), "phpdotenv is not installed")
    def test_php(self):
        # A key that is a number is one of a PHP list, and counted anew. What Debian's 5.4 does otherwise than 5.6: names
        # beyond ASCII are none, and a value of several lines does not end on one with `="`.
        odd = re.compile(rb"\A1=|[\x80-\xff][^=\r\n]*=|[\r\n][^\r\n]*=\"")
        self.compare_with("php", ["php", READERS / "phpdotenv.php", PHPDOTENV],
                          [text for text in self.files("php") if not odd.search(text.removeprefix(b"\xef\xbb\xbf"))])

    def source(self, shell, files):
        """What programs see after `. FILE`: nothing after a syntax error, or if the shell has ended."""
        answers = []
        environment = {**ENVIRONMENT, "PATH": "/nonexistent", "LC_ALL": "C.UTF-8"}
        script = "set -a\n. ./file >/dev/null 2>&1 </dev/null\nexport STATUS_OF_FILE=$?\nPATH=/usr/bin:/bin\nenv -0"
        for text in files:
            (self.directory / "file").write_bytes(text)
            result = subprocess.run([shutil.which(shell), "-c", script], cwd=self.directory, env=environment, capture_output=True, timeout=60)
            seen = dict(item.split(b"=", 1) for item in result.stdout.split(b"\0") if b"=" in item)
            status = seen.pop(b"STATUS_OF_FILE", None)
            changed = {key.decode(): hashlib.sha256(value).hexdigest() for key, value in seen.items()
                       if key.decode() not in ("PATH", "PWD", "OLDPWD", "SHLVL", "_") and
                       environment.get(key.decode()) != value.decode(errors="replace")}
            answers.append(None if status in (None, b"2", b"126") else changed)
        return answers

    def shell(self, shell):
        def are_same(theirs, ours):
            if theirs is None or ours is None:
                return theirs is ours
            # What something would have to run for is what it is on this machine.
            return all(value == "executes" or theirs.get(key) == value for key, value in ours.items()) and set(theirs) <= set(ours)

        # Left out: what runs as long as a command between backticks is read for its syntax, what sets variables by running,
        # and NUL, of which a later bash refuses one in the first line.
        files = [text for text in self.files(shell) if not any(part in text for part in (b"`", b"\0", b"for i", b"<"))]
        self.compare(shell, lambda some: self.source(shell, some), files, are_same=are_same)

    @unittest.skipUnless(tells(["bash", "--version"], "GNU bash, version 5."), "bash 5 is not installed")
    def test_bash(self):
        self.shell("bash")

    @unittest.skipUnless(has("dash"), "dash is not installed")
    def test_dash(self):
        self.shell("dash")
