# SPDX-License-Identifier: Apache-2.0
"""What a finding says of where its secret is, in a real repository for each state, and at the line that it speaks of."""
import base64
import json

from harness import Case, github_token, made_up


class States(Case):
    def findings(self, repository, *arguments, **environment):
        outcome = repository.run("sluice-secrets", "--format", "json", *arguments, **environment)
        self.assertNotIn(self.token, outcome.out + outcome.err)
        return json.loads(outcome.out)["reports"][0]["findings"]

    def told(self, repository, *arguments):
        found = self.findings(repository, *arguments)
        self.assertEqual(len(found), 1, found)
        state = next(fact["value"] for fact in found[0]["facts"] if fact["key"] == "state")
        self.assertIn(state, found[0]["message"])
        return found[0], state

    def setUp(self):
        super().setUp()
        self.token = github_token(7)
        self.line = f"TOKEN={self.token}\n"
        self.origin = self.repository()
        self.origin.commit("Start", {"a.env": "A=1\n"})

    def place(self, finding):
        return finding["where"]["path"], finding["where"]["begin"]["line"], finding["where"]["commit"]

    def test_not_committed(self):
        self.origin.write("a.env", "A=1\n" + self.line)
        finding, state = self.told(self.origin)
        self.assertEqual(state, "in files that are not committed")
        self.assertEqual(self.place(finding), ("a.env", 2, ""))

    def test_at_head(self):
        self.origin.commit("Add", {"a.env": "A=1\n" + self.line})
        self.origin.commit("Move it down", {"a.env": "A=1\nB=2\nC=3\n" + self.line})
        finding, state = self.told(self.origin)
        self.assertEqual(state, "at HEAD")
        self.assertEqual(self.place(finding), ("a.env", 4, ""))

    def test_at_the_tip_of_a_branch_that_was_not_merged(self):
        self.origin.git("checkout", "-q", "-b", "side")
        commit = self.origin.commit("Add", {"b.env": self.line})
        self.origin.git("checkout", "-q", "main")
        finding, state = self.told(self.origin)
        self.assertEqual(state, "at the tip of side, not at HEAD")
        self.assertEqual(self.place(finding), ("b.env", 1, commit))

    def test_gone_from_head(self):
        commit = self.origin.commit("Add", {"a.env": "A=1\n" + self.line})
        self.origin.commit("Remove", {"a.env": "A=1\n"})
        finding, state = self.told(self.origin)
        self.assertEqual(state, "no longer at HEAD, but in the history")
        self.assertEqual(self.place(finding), ("a.env", 2, commit))

    def test_in_a_message(self):
        self.origin.commit(f"Use {self.token}", {"a.env": "A=2\n"})
        _, state = self.told(self.origin)
        self.assertEqual(state, "in a commit's message")

    def test_only_in_a_tag(self):
        self.origin.git("checkout", "-q", "--detach")
        self.origin.commit("Add", {"b.env": self.line})
        self.origin.git("tag", "v1")
        self.origin.git("checkout", "-q", "main")
        _, state = self.told(self.origin)
        self.assertEqual(state, "only in a tag")

    def test_in_a_stash(self):
        self.origin.write("a.env", "A=1\n" + self.line)
        self.origin.git("stash", "-q")
        _, state = self.told(self.origin)
        self.assertEqual(state, "in a stash, in no branch or tag")

    def test_dangling(self):
        self.origin.commit("Add", {"b.env": self.line})
        self.origin.git("reset", "-q", "--hard", "HEAD~1")
        self.origin.git("reflog", "expire", "--expire=now", "--all")
        _, state = self.told(self.origin)
        self.assertEqual(state, "in an object that no branch, tag or stash has")

    def test_on_standard_input(self):
        outcome = self.origin.run("sluice-secrets", "--scope", "stdin", "--format", "json", stdin=self.line)
        self.assertIn("on standard input", json.loads(outcome.out)["reports"][0]["findings"][0]["message"])

    def test_behind_a_comment_at_head(self):
        """A rule that goes by the name before the secret does not see it there any more; whoever reads the file does."""
        password = made_up(3, 24)
        self.token = password
        self.origin.commit("Add", {"a.env": f"DATABASE_PASSWORD={password}\n"})
        base = self.origin.git("rev-parse", "HEAD~1").strip()
        self.assertEqual(len(self.findings(self.origin)), 1)
        for text, line in ((f"A=1\n# DATABASE_PASSWORD={password}\n", 2), (f"A=1\nB=2\n// was: {password}\n", 3)):
            self.origin.commit("Change the line", {"a.env": text})
            for arguments in ((), ("--base", base)):
                with self.subTest(text=text.replace(password, "…"), arguments=arguments):
                    finding, state = self.told(self.origin, *arguments)
                    self.assertEqual(state, "at HEAD")
                    self.assertEqual(self.place(finding), ("a.env", line, ""))
                    self.assertIn(("#" if line == 2 else "// was"), finding["excerpt"])
        self.origin.commit("Remove it", {"a.env": "A=1\n"})
        self.assertIn("no longer at HEAD", self.told(self.origin)[1])

    def test_annotations_point_at_lines_that_are_there(self):
        commit = self.origin.commit("Add", {"a.env": "A=1\n" + self.line})
        gone = github_token(8)
        self.origin.commit("More", {"b.env": f"\n\nT={gone}\n"})
        self.origin.commit("Less", {"b.env": "\n"})
        outcome = self.origin.run("sluice-secrets", GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="schedule")
        lines = [line for line in outcome.out.splitlines() if line.startswith("::error file")]
        here = next(line for line in lines if "file=a.env" in line)
        self.assertIn("line=2,endLine=2", here)
        self.assertIn("is at HEAD", here)
        there = next(line for line in lines if "file=b.env" in line)
        self.assertNotIn("line=", there)
        self.assertIn("no longer at HEAD", there)
        self.assertIn("%0AAt b.env:3:3 in commit ", there)
        self.assertTrue(commit)

    def test_one_key_is_one_finding_however_its_lines_end(self):
        body = base64.b64encode(made_up(5, 600).encode()).decode()
        lines = ["-----BEGIN RSA " + "PRIVATE KEY-----", *(body[i:i + 64] for i in range(0, len(body), 64)),
                 "-----END RSA " + "PRIVATE KEY-----", ""]
        self.token = body[100:140]
        forms = {"lf.pem": "\n".join(lines), "crlf.pem": "\r\n".join(lines), "key.json": json.dumps({"k": "\n".join(lines)}),
                 "crlf.json": json.dumps({"k": "\r\n".join(lines)}),
                 "k.yml": "k: |\n" + "".join(f"    {line}\n" for line in lines if line)}
        fingerprints = set()
        for name, text in forms.items():
            repository = self.repository(f"of-{name}")
            (repository.path / name).write_bytes(text.encode())
            repository.git("add", ".")
            repository.git("commit", "-q", "-m", "Add")
            found = self.findings(repository)
            self.assertEqual(len(found), 1, name)
            fingerprints.add((found[0]["fingerprint"], found[0]["message"]))
        self.assertEqual(len(fingerprints), 1, fingerprints)
        for name, text in forms.items():
            (self.origin.path / name).write_bytes(text.encode())
        self.origin.git("add", ".")
        self.origin.git("commit", "-q", "-m", "All")
        found = self.findings(self.origin)
        self.assertEqual(len(found), 1)
        self.assertEqual({found[0]["where"]["path"]} | {place["where"]["path"] for place in found[0]["related"]}, set(forms))
