# SPDX-License-Identifier: Apache-2.0
"""The order of versions against each ecosystem's own tool: thousands of pairs that a seeded generator makes, all asked of
the tool in one process (tests/e2e/versions) and of `sluice-deps compare` in another. Every answer must be the same, and
also which texts are no versions."""
import pathlib
import random
import re
import shutil
import unittest

from harness import BIN, CACHE, CLIENTS, Case, clean_environment, has, run

ORACLES = pathlib.Path(__file__).resolve().parent / "versions"
PAIRS = 4000

NO_VERSIONS = ["", "latest", "*", "${project.version}", "unspecified", "HEAD", "^1.0", ">=1", "1.0 || 2.0", "[1.0,2.0)",
               "file:../x", "main", "1.0,2.0", "not a version", "1..2", ".1", "1.", "-1", "v", "1.0é"]
NUMBERS = ["0", "1", "2", "9", "10", "11", "00", "01", "2024", "99999", "2147483647", "2147483648", "4294967296",
           "9007199254740991", "9007199254740993", "18446744073709551616", "123456789012345678901234567890"]
SEMVER = ["1.0.0", "0.0.0-0", "1.2.3-alpha.1", "1.2.3-alpha", "1.2.3-rc.10", "1.2.3-rc.9", "2.0.0+build.1", "1.0.0-x.7.z.92",
          "1.0.0--", "1.0.0-0a", "1.0.0-00", "1.0.0-beta+exp.sha.5114f85", "v1.2.3", "=1.2.3", "1.2", "1", " 1.2.3", "1.2.3.4"]
SEMVER_TOKENS = ["-", "-", "+", "alpha", "beta", "rc", "a", "Z", "v", "=", " ", "x"]


class Maker:
    """Texts that look like versions of one scheme: what it has been seen to have, made of its tokens, and either changed
    a little."""

    def __init__(self, seed, samples, tokens):
        self.random = random.Random(seed)
        self.samples = samples + NO_VERSIONS
        self.tokens = tokens + NUMBERS

    def numbers(self):
        few = NUMBERS if self.random.random() < 0.2 else NUMBERS[:6]
        return ".".join(self.random.choice(few) for _ in range(self.random.choice([1, 2, 3, 3, 3, 4, 5])))

    def text(self):
        kind = self.random.random()
        if kind < 0.2:
            return self.random.choice(self.samples)
        text = self.numbers()
        for _ in range(self.random.choice([0, 0, 1, 2, 2, 3, 4, 5])):
            text += self.random.choice(self.tokens + [".", "."] + NUMBERS[:4])
        return text if kind < 0.85 else self.changed(text)

    def changed(self, text):
        if not text:
            return self.random.choice(self.tokens)
        at = self.random.randrange(len(text))
        token = self.random.choice(self.tokens + [".", "0"])
        return self.random.choice([text[:at] + text[at + 1:], text[:at] + token + text[at:], text[:at] + token + text[at + 1:],
                                   text + token, text + ".0", text.upper(), text[:at]])

    def pair(self):
        a = self.text()
        b = self.changed(a) if self.random.random() < 0.6 else self.text()
        return (a, b) if self.random.random() < 0.5 else (b, a)

    def pairs(self, count):
        return [self.pair() for _ in range(count)] + [(text, text) for text in self.samples]


class Ranges:
    """Ranges of npm with a version each: what its documentation has, in the shapes that people write."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self):
        return self.random.choice(["0", "0", "1", "1", "2", "3"] if self.random.random() < 0.95 else ["9", "10", "01"])

    def partial(self):
        parts = [self.number() if self.random.random() < 0.85 else self.random.choice("xX*")
                 for _ in range(self.random.choice([1, 2, 3, 3, 3, 3]))]
        text = self.random.choice(["", "", "", "", "v", "="]) + ".".join(parts)
        if self.random.random() < 0.25:
            text += self.random.choice(["-alpha", "-beta.1", "-rc.1", "-0", "-", "beta", "-01", "-1.x", "-alpha.0", "-a-b"])
        return text + (self.random.choice(["+build", "+b.1"]) if self.random.random() < 0.08 else "")

    def comparator(self):
        if self.random.random() < 0.06:
            return f"{self.partial()} - {self.partial()}"
        return self.random.choice(["", "", "^", "~", "~>", "^ ", "~ ", "~> ", ">", "<", ">=", "<=", "> ", ">= ", "< ", "=", "= "]) \
            + self.partial()

    def alternative(self):
        if self.random.random() < 0.04:
            return self.random.choice(["", "latest", "foo", "1.2.3.4", "file:../x", "-", " "])
        return " ".join(self.comparator() for _ in range(self.random.choice([1, 1, 1, 2, 2, 3])))

    def pair(self):
        alternatives = [self.alternative() for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        version = ".".join(self.number() for _ in range(3)) if self.random.random() < 0.97 else self.partial()
        if self.random.random() < 0.3:
            version += self.random.choice(["-alpha", "-beta.1", "-rc.1", "-0", "-beta.2", "beta", "-alpha.1", "-1.x"])
        return self.random.choice(["||", " || ", "|| "]).join(alternatives), version


class Requirements:
    """Requirements of an ecosystem other than npm, each with a release: its signs before short and whole versions."""

    def __init__(self, seed, signs, joint=", ", either="", wild=False, hyphens=False, numbers=(1, 2, 3, 3, 3), pres=()):
        self.random = random.Random(seed)
        self.signs, self.joint, self.either, self.wild, self.hyphens = signs, joint, either, wild, hyphens
        self.counts, self.pres = numbers, pres

    def version(self, counts):
        return ".".join(self.random.choice("000112233") for _ in range(self.random.choice(counts)))

    def one(self):
        sign = self.random.choice(self.signs)
        if self.hyphens and self.random.random() < 0.1:
            return f"{self.version(self.counts)} - {self.version(self.counts)}"
        text = self.version(self.counts)
        if self.wild and sign in ("", "==", "!=") and self.random.random() < 0.3:
            text += ".*"
        elif self.pres and self.random.random() < 0.1:
            text += self.random.choice(self.pres)
        return sign + self.random.choice(["", " ", ""] if sign else [""]) + text

    def pair(self):
        alternatives = [self.joint.join(self.one() for _ in range(self.random.choice([1, 1, 2, 3])))
                        for _ in range(self.random.choice([1, 2, 3]) if self.either else 1)]
        return self.either.join(alternatives), self.version([3])


def python(program, *arguments):
    return [CACHE / "python/bin/python", ORACLES / program, *arguments]


class Versions(Case):
    def answers(self, argv, pairs, **environment):
        text = "".join(f"{a}\t{b}\n" for a, b in pairs)
        outcome = run(argv, self.directory, clean_environment(self.directory, **environment), text, timeout=600)
        self.assertStatus(outcome, 0)
        lines = outcome.out.split("\n")[:-1]
        self.assertEqual(len(lines), len(pairs), outcome.err[-2000:])
        return lines

    def compare(self, ecosystem, oracle, samples, tokens, *, count=PAIRS, keep=lambda a, b: True, **environment):
        pairs = [pair for pair in Maker(ecosystem, samples, tokens).pairs(count) if keep(*pair)]
        self.ask(ecosystem, oracle, pairs, **environment)

    def ask(self, ecosystem, oracle, pairs, **environment):
        theirs = self.answers(oracle, pairs, **environment)
        ours = self.answers([BIN / "sluice-deps", "compare", ecosystem], pairs)
        wrong = [f"{a!r} {mine} {b!r}, and {right} by the tool"
                 for (a, b), mine, right in zip(pairs, ours, theirs) if mine != right]
        self.assertFalse(wrong, f"{len(wrong)} of {len(pairs)} pairs:\n" + "\n".join(wrong[:40]))
        # A generator that only makes one kind of answer shows nothing.
        for sign in "<>=?":
            self.assertGreater(theirs.count(sign), len(pairs) // 100, sign)

    @unittest.skipUnless((CLIENTS / "semver").is_dir(), "node-semver is not installed")
    def test_npm(self):
        self.compare("npm", ["node", ORACLES / "npm.js"], SEMVER, SEMVER_TOKENS, NODE_PATH=CLIENTS)

    @unittest.skipUnless((CLIENTS / "semver").is_dir(), "node-semver is not installed")
    def test_npm_ranges(self):
        ranges = Ranges("ranges")
        pairs = [ranges.pair() for _ in range(5 * PAIRS)]
        theirs = self.answers(["node", ORACLES / "npm_ranges.js"], pairs, NODE_PATH=CLIENTS)
        ours = self.answers([BIN / "sluice-deps", "admits", "npm"], pairs)
        wrong = [f"{range_!r} {version!r}: {mine}, and {right} by the tool"
                 for (range_, version), mine, right in zip(pairs, ours, theirs) if mine != right]
        self.assertFalse(wrong, f"{len(wrong)} of {len(pairs)} pairs:\n" + "\n".join(wrong[:40]))
        for letter in "yn?":
            self.assertGreater(theirs.count(letter), len(pairs) // 100, letter)

    def ask_ranges(self, ecosystem, oracle, requirements, **environment):
        """What the tool does not take for a requirement does not count: what is asked for stands in a lockfile that it made."""
        pairs = [requirements.pair() for _ in range(2 * PAIRS)]
        theirs = self.answers(oracle, pairs, **environment)
        ours = self.answers([BIN / "sluice-deps", "admits", ecosystem], pairs)
        wrong = [f"{range_!r} {version!r}: {mine}, and {right} by the tool"
                 for (range_, version), mine, right in zip(pairs, ours, theirs) if right != "?" and mine != right]
        self.assertFalse(wrong, f"{len(wrong)} of {len(pairs)} pairs:\n" + "\n".join(wrong[:40]))
        for letter in "yn":
            self.assertGreater(theirs.count(letter), len(pairs) // 20, letter)

    def test_pypi_ranges(self):
        self.ask_ranges("PyPI", python("pypi_ranges.py"), Requirements(
            "PyPI ranges", ["==", "!=", "<=", ">=", "<", ">", "~="], wild=True, pres=["rc1", ".post1", ".dev2", "a1"]))

    @unittest.skipUnless(has("ruby"), "ruby is not installed")
    def test_rubygems_ranges(self):
        self.ask_ranges("RubyGems", ["ruby", ORACLES / "rubygems_ranges.rb"], Requirements(
            "RubyGems ranges", ["", "=", "!=", "<=", ">=", "<", ">", "~>", "~>"], pres=[".rc1", ".pre"]))

    @unittest.skipUnless(has("php") and pathlib.Path("/usr/share/php/Composer/Semver/autoload.php").is_file(),
                         "composer/semver is not installed")
    def test_packagist_ranges(self):
        for joint, either in ((",", "||"), (" ", " | "), (" , ", " || ")):
            self.ask_ranges("Packagist", ["php", ORACLES / "packagist_ranges.php"], Requirements(
                "Packagist ranges" + joint, ["", "=", "==", "!=", "<>", "<=", ">=", "<", ">", "~", "^", "~", "^"], joint, either,
                wild=True, hyphens=True, numbers=(1, 2, 3, 3, 3, 4), pres=["-beta1", "-RC2", "@stable"]))

    @unittest.skipUnless(has("elixir"), "elixir is not installed")
    def test_hex_ranges(self):
        self.ask_ranges("Hex", ["elixir", ORACLES / "hex_ranges.exs"], Requirements(
            "Hex ranges", ["", "==", "!=", "<=", ">=", "<", ">", "~>", "~>"], " and ", " or ", numbers=(2, 3, 3, 3),
            pres=["-rc.1"]), LANG="C.UTF-8")

    @unittest.skipUnless(has("cargo-version-order"), "the crate semver is not installed")
    def test_cargo(self):
        self.compare("crates.io", ["cargo-version-order"], SEMVER, SEMVER_TOKENS)

    @unittest.skipUnless(has("elixir"), "elixir is not installed")
    def test_hex(self):
        self.compare("Hex", ["elixir", ORACLES / "hex.exs"], SEMVER, SEMVER_TOKENS, LANG="C.UTF-8")

    @unittest.skipUnless(has("go-version-order"), "golang.org/x/mod/semver is not installed")
    def test_go_modules(self):
        """Without what only releases of Go are called."""
        samples = SEMVER + ["v0.0.0-20220314234659-1baeb1ce4c0b", "v1.2.4-0.20191109021931-daa7c04131f5", "v2.0.0+incompatible",
                            "0.0.0-20220314234659-1baeb1ce4c0b", "v1", "v1.2", "v1-pre", "v1.2-pre"]
        release = re.compile(r"go|[0-9]+(\.[0-9]+)?(beta|rc)[0-9]+\Z")
        self.compare("Go", ["go-version-order", "module"], samples, SEMVER_TOKENS + ["+incompatible", "-0.20191109021931-daa7c04131f5"],
                     keep=lambda a, b: not release.match(a) and not release.match(b))

    @unittest.skipUnless(has("go-version-order"), "go/version is not installed")
    def test_go_releases(self):
        samples = ["go1", "go1.19", "go1.20", "go1.21", "go1.21.0", "go1.21rc1", "go1.21rc2", "go1.20rc1", "go1.20beta1",
                   "go1.21.3", "go1.21.3-custom", "go1.22rc10", "go1.9", "go1.10", "go1.21alpha1", "go1.21rc01", "go1.021"]

        def released(text):
            return text if text.startswith("go") else "go" + text
        pairs = [(released(a), released(b)) for a, b in Maker("releases", samples, ["rc", "beta", "-x", "rc1", "21"]).pairs(PAIRS)]
        self.ask("Go", ["go-version-order", "release"], pairs)

    @unittest.skipUnless((CACHE / "python-legacy/packaging").is_dir(), "packaging is not installed")
    def test_pypi(self):
        samples = ["1.0", "1.0.0", "1!0.1", "1.0.dev1", "1.0a1", "1.0a1.dev2", "1.0-1", "1.0.post2", "1.0rc1", "1.0c1", "1.0pre1",
                   "1.0+local.1", "1.0+ubuntu-1", "1.0+UBUNTU_1", "v1.0", "1.0a.", "1.0-r4", "1.0.rev", "1.0ALPHA", "2012h",
                   "0.1.dev-r1716", "1.0-SNAPSHOT", "1.0-final", "1.0.final-1", "2.0.0.RELEASE", "1.0.foo", "1.0-foo", "1.0--1",
                   "2004d", "1.0preview", "1.0.post.dev", "\x0b1.0", "1.0 "]
        tokens = ["a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "post", "rev", "r", "dev", "-", "_", "+", "!", "v", "final",
                  "foo", "x", "~", " ", "+ab.1"]
        self.compare("PyPI", python("pypi.py", CACHE / "python-legacy"), samples, tokens)

    @unittest.skipUnless((CACHE / "java/maven-artifact.jar").is_file() and has("java"), "maven-artifact is not installed")
    def test_maven(self):
        samples = ["1.0-SNAPSHOT", "1.0-alpha-1", "1.0alpha1", "1.0-a1", "1.0-m3", "1.0-RC1", "1.0-cr1", "1.0-ga", "1.0.Final",
                   "1.0.RELEASE", "1-sp", "1.sp.1", "2.0.0-jre8", "31.1-android", "20230227", "Finchley.SR1", "Greenwich.RELEASE",
                   "1.0-20230101.120000-1", "1-0.ga", "1.0.0-0", "1--1", "1.-a", "a1", "-1", "1-", ".", "-", "1.a.1", "1-1.a",
                   "RELEASE", "LATEST", "4.1.94.Final", "9.4.48.v20220622", "1.0+build", "1_2"]
        tokens = ["-", "-", "alpha", "beta", "milestone", "rc", "cr", "snapshot", "SNAPSHOT", "ga", "final", "release", "sp", "a",
                  "b", "m", "x", "Final", "foo", "+", "_", "-0", ".0", "-a1"]
        many_zeros = re.compile("0{10}")
        self.compare("Maven", ["java", "-cp", CACHE / "java/maven-artifact.jar", ORACLES / "Maven.java"], samples, tokens,
                     count=3 * PAIRS, keep=lambda a, b: not many_zeros.search(a) and not many_zeros.search(b))

    @unittest.skipUnless(has("ruby"), "ruby is not installed")
    def test_rubygems(self):
        samples = ["1.0.0.pre", "1.0.0.rc1", "1.0.0.rc.1", "1.0.a", "1.a", "1.0.0-java", "1.0.0-x86_64", "2.0.0.beta.10", "1.0.a.0",
                   " 1.0", "1.0\x0b", "1.0.0.A", "3.0.0.pre-1", "1.0--1", "1.0-1.a", "1.-a", "1.0.0.b2.0.1"]
        self.compare("RubyGems", ["ruby", ORACLES / "rubygems.rb"], samples,
                     ["-", "pre", "rc", "a", "b", "A", "beta", ".a", ".rc", ".pre", "_", "+", " "])

    @unittest.skipUnless(has("php") and pathlib.Path("/usr/share/php/Composer/Semver/autoload.php").is_file(),
                         "composer/semver is not installed")
    def test_packagist(self):
        samples = ["1.0.0-beta1", "1.0.0RC2", "v1.2.3", "V1", "1.0.0-alpha.2", "1.0.0-p1", "1.0-pl2", "1.0.0-patch3", "1.0-stable",
                   "1.0-stable-dev", "dev-main", "dev-master", "master", "trunk", "DEV-main", "1.x-dev", "1.2.x-dev", "1.*-dev",
                   "1.2.3.x-dev", "123456-dev", "1.2-dev", "1.0.0-dev", "2.0 as 1.0", "dev-main as 1.0", "1.0@beta", "1.0@DEV",
                   "1.0+build", "20100102", "2010-01-02", "2010.01.02", "201001", "20100102-203040", "2010-01-02-10-20-30.5",
                   "20100102.1", "20100102203040", "2010010220304050607", "201903.0", "20100102-p2", "1.0.", "1.0-", "1.0_beta",
                   "1.0.0-beta.1.2", "1.0.0-beta-1", "1.0-rc-dev", "1.0-b", "1.0a1", "8.x-1.2", "7.x-2.0-beta1", "self.version",
                   "1.0.0.0.0", "1.x.y-dev", "x-dev", "v2.x-dev", "1.0 -dev", "1.x -dev", "dev-", "00.1", "2010:01:02", "1.0-RC1+a b"]
        tokens = ["-", "-", "beta", "b", "RC", "rc", "alpha", "a", "patch", "pl", "p", "stable", "dev", "-dev", ".x-dev", "x", "*", "_",
                  "@dev", "+x", "v", " as 1", ":", "20100102", "10", "12", " "]
        self.compare("Packagist", ["php", "-d", "memory_limit=1G", ORACLES / "packagist.php"], samples, tokens, count=2 * PAIRS)

    @unittest.skipUnless(has("dpkg"), "dpkg is not installed")
    def test_debian(self):
        samples = ["1.2.3-1", "1:1.2.3-1+deb12u1", "1.0~rc1-1", "1.0~~", "2:0", "0:1", "1.0-1~bpo11+1", "1.0-", "1:-1", ":1", "1:1:1-1",
                   "a1", "1.0+dfsg-1", "1_0", "99999999999:1", "1.0-1-1", "1.0a", "1.0.", "1.0+", "1.0-0", "01:1", "1.0_1-1", "1.0-1_1",
                   "1.0-1:1", " 1.0 ", "1 0"]
        self.compare("Debian", [ORACLES / "debian.sh"], samples,
                     ["~", "~", "+", "-", ":", "a", "Z", "rc", "dfsg", "-1", "+deb12u1", "~bpo", "_", " "], count=PAIRS // 2)

    @unittest.skipUnless(run(["/usr/bin/python3", "-c", "import rpm"], "/").status == 0, "python3-rpm is not installed")
    def test_rpm(self):
        samples = ["0:1.2.3-4.el8", "1.2.3-4.el8_1", "1:1.0-1", "1.0~rc1-1", "1.0^git1-1", "1.0^", "1.0~", "1.0^~", "1.0~^", "1.0",
                   "1.0-", ":1", "1.0-1-1", "a", "a1", "1a", "1.a", "1.0..1", "1.0_1", "1.0+1", "1:1:1", "1.0.el8", "-1", "latest-1"]
        self.compare("Red Hat", ["/usr/bin/python3", ORACLES / "redhat.py"], samples,
                     ["~", "~", "^", "^", "+", "-", ":", "a", "Z", "rc", "el8", "-1", "_", ".", "git", " "])

    @unittest.skipUnless(has("apk"), "apk-tools is not installed")
    def test_alpine(self):
        samples = ["1.2.3-r0", "1.2.3_rc1-r0", "1.2_alpha", "1.2_p1", "1.2a", "1.2a_rc2", "1.02", "1.020", "1.0~abc-r1", "1.2_git20200101",
                   "1.2_foo", "1.2-r", "1.2b3", "1.2_rc_p1", "1.2-r1-r2", "1.2~g", "1.2_beta2_pre3", "1a.2", "1.2AB"]
        self.compare("Alpine", [ORACLES / "alpine.sh"], samples,
                     ["_rc", "_alpha", "_beta", "_pre", "_p", "_git", "_cvs", "_svn", "_hg", "a", "b", "~", "~ab", "-r", "-r1", "_", ".0"],
                     count=PAIRS // 2)

    @unittest.skipUnless((CACHE / "python/bin/conan").exists(), "conan is not installed")
    def test_conan(self):
        samples = ["1.1.1k", "1.1.1", "cci.20200101", "1.0-rc1", "1.0-rc.1", "1.0+b1", "1.0-rc1+b2", "system", "1.0-", "1.0+", "1_0",
                   "1.0--5", "9", "10", "1a", "_1", "2024a", "1.0+1+2", "1.0-a-b", "0", "0.0", "1.0-0", "1__0", "01", "00.1"]
        self.compare("ConanCenter", python("conancenter.py"), samples, ["-", "-", "+", "a", "k", "rc", "_", "cci", "x", "-5", "--3"])

    @unittest.skipUnless(has("Rscript"), "R is not installed")
    def test_cran(self):
        self.compare("CRAN", ["Rscript", "--vanilla", ORACLES / "cran.R"],
                     ["1.0", "1.0.0", "1.0-1", "1-0", "1", "0.1.2-3", "1.0.", "1.0-", "1.0a", "1_0", "1.00"],
                     ["-", "-", ".", "-1", "a", "_"], count=PAIRS // 2)

    @unittest.skipUnless(has("runghc"), "ghc is not installed")
    def test_hackage(self):
        self.compare("Hackage", ["runghc", ORACLES / "Hackage.hs"],
                     ["1.0", "1.0.0", "1.0-beta", "1.0-beta-2", "1.0-", "1.0a", "01.0", "123456789.0", "1234567890.0", "1.0.0.0.1"],
                     ["-", "-a", "-beta", "a", "-1"])
