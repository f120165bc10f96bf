# SPDX-License-Identifier: Apache-2.0
"""What is accepted, where, by whom and for how long: marks in the text and the baseline, by the real executables."""
import json
import threading

from harness import Case, Repository, github_token

RULE = "github-personal-access-token"
MARK = f"# sluice:allow[{RULE}] of a test account"
ABOVE = f"sluice:allow-next-line[{RULE}] of a test account"


class Accepting(Case):
    def setUp(self):
        super().setUp()
        self.planted_token = github_token(11)
        self.leak = f"TOKEN={self.planted_token}\n"

    def judged(self, repository, status, *arguments, says=(), tool="sluice-secrets", **environment):
        outcome = repository.run(tool, *arguments, **environment)
        self.assertStatus(outcome, status)
        self.assertSays(outcome.out + outcome.err, *says)
        self.assertNoSecret(outcome.out, outcome.err)
        self.assertNotIn("internal error", outcome.out + outcome.err)
        return outcome

    def started(self, files=None):
        repository = self.repository()
        repository.commit("Start", {"README.md": "# Shop\n", **(files or {})})
        repository.git("branch", "base")
        return repository

    def range(self, repository, status, *arguments, says=(), base="base"):
        return self.judged(repository, status, "--scope", "range", "--base", base, *arguments, says=says)


class Marks(Accepting):
    def test_every_printed_way_can_be_followed_where_no_comment_fits_on_the_line(self):
        # Bodies of one line are enough for the rule, and none of them is a key.
        lines = [github_token(seed)[4:] + github_token(seed + 1)[4:32] for seed in (40, 42, 44)]
        begin, end = ("-----%s RSA PRIVATE KEY-----" % word for word in ("BEGIN", "END"))
        armour = "\n".join([begin, *lines, end])
        texts = {
            "key.pem": ("# {}\n", armour + "\n"),
            "key.js": ("const a = 1;\n// {}\n", f"const key = `{armour}`;\n"),
            "block.js": ("/* {} */\n", f"const key = `\n{armour}\n`;\n"),
            "app.properties": ("! {}\n", "key=" + begin + "\\n\\\n" + "\\n\\\n".join(lines) + "\\n\\\n" + end + "\n"),
            "config.yml": ("a: 1\n# {}\n", "key: |\n  " + armour.replace("\n", "\n  ") + "\n"),
            "page.html": ("<!-- {} -->\n", f"<pre>{armour}</pre>\n"),
            "seed.sql": ("-- {}\n", f"insert into keys values ('{armour}');\n"),
        }
        for name, (comment, text) in texts.items():
            with self.subTest(name):
                repository = self.repository(name.replace(".", "-"))
                repository.commit("Start", {name: text})
                bare = repository.run("sluice-secrets", "--scope", "worktree")
                self.assertStatus(bare, 1)
                self.assertSays(bare.out, "sluice:allow-next-line[private-key-pem]")
                self.assertNotIn(lines[0], bare.out)
                mark = comment.format("sluice:allow-next-line[private-key-pem] made up for a test")
                repository.commit("Allow", {name: mark + text})
                for scope in ("worktree", "history"):
                    marked = repository.run("sluice-secrets", "--scope", scope, "--inline-comments", "own")
                    self.assertStatus(marked, 0)
                    self.assertSays(marked.out, "made up for a test", "1 suppressed (1 by a comment)")
                    self.assertNotIn(lines[0], marked.out)

    def test_the_newest_version_of_a_line_decides(self):
        marked = self.leak.rstrip("\n") + f" {MARK}\n"
        for name, versions, status in (("added", (self.leak, marked), 0), ("taken", (marked, self.leak), 1),
                                       ("back", (self.leak, marked, self.leak), 1)):
            for deleted in (False, True):
                with self.subTest(name, deleted=deleted):
                    repository = self.repository(f"{name}-{deleted}")
                    repository.commit("Start", {"README.md": "# Shop\n"})
                    repository.git("branch", "base")
                    for version in versions:
                        repository.commit("Change", {"deploy.env": version})
                    if deleted:
                        repository.git("rm", "-q", "deploy.env")
                        repository.commit("Remove")
                    self.range(repository, status)
                    self.judged(repository, status, "--scope", "history")

    def test_what_counts_is_listed_in_every_report_with_owner_and_line(self):
        repository = self.started()
        repository.commit("Deploy", {"deploy.env": "A=1\n" + self.leak.rstrip("\n") + f" {MARK} </td>|x`\n"})
        other = github_token(12)
        repository.commit("Other", {"other.env": f"# pragma: allowlist nextline secret\nT={other}\n"})
        out = self.directory / "out"
        out.mkdir()
        formats = {"text": "a.txt", "summary": "a.md", "html": "a.html", "json": "a.json", "sarif": "a.sarif"}
        arguments = [f"--format={name}={out / file}" for name, file in formats.items()]
        self.judged(repository, 0, *arguments)
        texts = {name: (out / file).read_text() for name, file in formats.items()}
        self.assertNoSecret(*texts.values())
        for text in texts.values():
            self.assertNotIn(other, text)
        self.assertSays(texts["text"], f"allowed: {RULE} by a comment for sluice at deploy.env:2",
                        "for another tool at other.env:1", "2 suppressed (2 by comments)")
        self.assertSays(texts["summary"], "### Allowed by comments in the text", "deploy.env:2", "other.env:1",
                        "another tool")
        self.assertSays(texts["html"], "Allowed by comments in the text", "deploy.env:2", "other.env:1")
        self.assertNotIn("</td>|x", texts["html"])
        allows = [f["inline-allow"] for f in json.loads(texts["json"])["reports"][0]["findings"]]
        self.assertEqual(sorted((a["owner"], a["path"], a["where"]["line"], a["counts"]) for a in allows),
                         [("peer", "other.env", 1, True), ("sluice", "deploy.env", 2, True)])
        # The same through the umbrella, which merges what the gates said.
        merged = self.judged(repository, 0, "check", "--disable", "committed-dotenv", tool="sluice")
        self.assertSays(merged.out, "deploy.env:2", "2 suppressed (2 by comments)")


class Places(Accepting):
    """Moved is not new, copied is; an excluded or suppressed place was never known."""

    ALLOW = "allow:\n  - {path: 'tests/**', reason: fixtures, expires: 2099-01-01}\n"
    EXCLUDE = "secrets:\n  exclude: ['tests/']\n"

    def test_out_of_an_excluded_or_allowed_path(self):
        for kind, configuration in (("allow", self.ALLOW), ("exclude", self.EXCLUDE), ("none", "fail-on: low\n")):
            for copied in (False, True):
                with self.subTest(kind, copied=copied):
                    repository = self.repository(f"{kind}-{copied}")
                    repository.commit("Start", {".sluice.yml": configuration, "tests/a.env": self.leak})
                    repository.git("branch", "base")
                    repository.write("prod.env", self.leak)
                    if not copied:
                        (repository.path / "tests/a.env").unlink()
                    repository.git("add", "-A")
                    status = 0 if kind == "none" and not copied else 1
                    says = ("prod.env:1",) if status else ()
                    staged = self.judged(repository, status, "--scope", "staged", says=says)
                    repository.commit("Move")
                    ranged = self.range(repository, status, says=says)
                    for outcome in (staged, ranged):
                        self.assertNotIn("tests/a.env", outcome.out)

    def test_a_copy_whose_first_file_is_edited_too(self):
        repository = self.started({"a.env": self.leak})
        repository.commit("Copy", {"a.env": "EDITED=1\n" + self.leak, "b.env": self.leak})
        self.range(repository, 1, says=("b.env:1",))

    def test_a_rename(self):
        repository = self.started({"a.env": self.leak})
        repository.git("mv", "a.env", "b.env")
        self.judged(repository, 0, "--scope", "staged")
        repository.commit("Move")
        self.range(repository, 0)


class Baselines(Accepting):
    UPDATE = ("--baseline", "b.json", "--baseline-action", "update")
    CREATE = ("--baseline", "b.json", "--baseline-action", "create")
    USE = ("--baseline", "b.json")
    SQL = "alter table shop drop column owner;\n"

    def entries(self, repository):
        text = (repository.path / "b.json").read_text()
        self.assertNoSecret(text)
        return sorted((e["gate"], e["path"]) for e in json.loads(text)["findings"])

    def both(self):
        """A repository with something for each gate."""
        return self.started({"a.txt": self.leak, "migrations/0001_shop.sql": "create table shop (id bigint primary key, "
                             "owner text);\n", "migrations/0002_drop.sql": self.SQL})

    def test_one_file_serves_all_gates(self):
        repository = self.both()
        self.judged(repository, 1, "check", tool="sluice")
        self.judged(repository, 0, "check", *self.CREATE, tool="sluice")
        self.assertEqual({gate for gate, _ in self.entries(repository)}, {"secrets", "migrations"})
        before = self.entries(repository)
        self.judged(repository, 0, "check", *self.USE, tool="sluice")
        self.judged(repository, 0, *self.USE)
        self.judged(repository, 0, *self.USE, tool="sluice-migrations")
        for tool in ("sluice-secrets", "sluice-migrations"):
            self.judged(repository, 0, *self.UPDATE, tool=tool)
            self.assertEqual(self.entries(repository), before)
            self.judged(repository, 2, *self.CREATE, tool=tool, says=("exists already", "--baseline-action update"))
        self.judged(repository, 2, "check", *self.CREATE, tool="sluice", says=("exists already",))
        self.judged(repository, 0, "check", *self.UPDATE, tool="sluice")
        self.assertEqual(self.entries(repository), before)

    def test_one_gate_after_the_other(self):
        repository = self.both()
        self.judged(repository, 0, *self.CREATE)
        self.judged(repository, 0, *self.CREATE, tool="sluice-migrations")
        self.assertEqual({gate for gate, _ in self.entries(repository)}, {"secrets", "migrations"})
        self.judged(repository, 0, "check", *self.USE, tool="sluice")

    def test_gates_that_write_at_once_lose_nothing(self):
        repository = self.both()
        self.judged(repository, 0, "check", *self.CREATE, tool="sluice")
        before = self.entries(repository)
        # Elsewhere, so that no gate finds the other's temporary file and misses it a moment later.
        place = self.directory / "elsewhere.json"
        (repository.path / "b.json").rename(place)
        update = ("--baseline", place, "--baseline-action", "update")
        outcomes = []
        threads = [threading.Thread(target=lambda tool=tool: outcomes.append(repository.run(tool, *update)))
                   for tool in ("sluice-secrets", "sluice-migrations") * 6]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([outcome.status for outcome in outcomes], [0] * len(threads))
        place.rename(repository.path / "b.json")
        self.assertEqual(self.entries(repository), before)

    def test_an_update_over_a_part_keeps_the_rest(self):
        repository = self.started({"a.env": self.leak})
        self.judged(repository, 0, *self.CREATE)
        other = github_token(13)
        repository.commit("Another", {"b.env": f"T={other}\n"})
        self.range(repository, 0, *self.UPDATE)
        self.assertEqual(self.entries(repository), [("secrets", "a.env"), ("secrets", "b.env")])
        for scope in ("staged", "worktree"):
            self.judged(repository, 0, "--scope", scope, *self.UPDATE)
            self.assertEqual(len(self.entries(repository)), 2)
        self.judged(repository, 0, "--secrets.exclude", "*.env", *self.UPDATE)
        self.assertEqual(len(self.entries(repository)), 2)
        # Without the rule another one may know the bytes; the entries of the first stay.
        self.judged(repository, 0, "--disable", RULE, *self.UPDATE)
        self.assertEqual((repository.path / "b.json").read_text().count(f'"{RULE}"'), 2)
        self.judged(repository, 0, *self.UPDATE)
        self.assertEqual(len(self.entries(repository)), 2)

    def test_stale_entries_are_told_and_taken_out(self):
        repository = self.started({"a.env": self.leak})
        self.judged(repository, 0, *self.CREATE)
        text = (repository.path / "b.json").read_text()
        gone = json.loads(text)
        gone["findings"].append({**gone["findings"][0], "path": "gone.env", "fingerprint": "0" * 64})
        repository.write("b.json", json.dumps(gone))
        self.judged(repository, 0, *self.USE, says=("1 entry fits nothing any more", "gone.env", "update"))
        self.judged(repository, 0, "--scope", "worktree", *self.USE)
        self.judged(repository, 0, *self.UPDATE)
        self.assertEqual((repository.path / "b.json").read_text(), text)

    def test_the_place_is_part_of_what_is_accepted(self):
        repository = self.started({"a.env": self.leak})
        self.judged(repository, 0, *self.CREATE)
        repository.commit("Keep", {})
        repository.git("branch", "-f", "base")
        # A copy, in every scope that sees it.
        repository.write("b.env", self.leak)
        repository.git("add", "b.env")
        for scope in ("staged", "worktree", "auto"):
            self.judged(repository, 1, "--scope", scope, *self.USE, says=("b.env:1",))
        repository.commit("Copy")
        for arguments in (("--scope", "range", "--base", "base"), ("--scope", "history"), ("--scope", "worktree")):
            outcome = self.judged(repository, 1, *arguments, *self.USE, says=("b.env:1",))
            self.assertNotIn("--> a.env", outcome.out)

    def test_what_the_same_change_moves_stays_accepted(self):
        repository = self.started({"a.env": self.leak})
        self.judged(repository, 0, *self.CREATE)
        repository.commit("Keep", {})
        repository.git("branch", "-f", "base")
        repository.git("mv", "a.env", "b.env")
        for scope in ("staged", "auto"):
            self.judged(repository, 0, "--scope", scope, *self.USE)
        repository.commit("Move")
        repository.git("mv", "b.env", "c.env")
        repository.commit("Again")
        for arguments in (("--scope", "range", "--base", "base"), ("--scope", "history")):
            self.judged(repository, 0, *arguments, *self.USE)
        repository.git("rm", "-q", "c.env")
        repository.commit("Remove")
        repository.commit("Return", {"d.env": self.leak})
        self.judged(repository, 1, "--scope", "history", *self.USE, says=("d.env",))

    def test_a_file_that_is_no_baseline_is_a_plain_error(self):
        repository = self.started()
        for text in ('{"schema": 5}', "[]", "", '{"schema":"sluice.baseline/2","findings":[{"gate":[]}]}',
                     '{"schema":"sluice.baseline/1","findings":[]}'):
            for tool, command in (("sluice-secrets", ()), ("sluice-migrations", ()), ("sluice", ("check",))):
                repository.write("b.json", text)
                outcome = self.judged(repository, 2, *command, *self.USE, tool=tool, says=("b.json: ",))
                self.assertNotIn("internal", outcome.out + outcome.err)


class Advice(Accepting):
    def request(self):
        """The checkout of a pull request and the environment of its run."""
        upstream = self.repository("upstream")
        base = upstream.commit("Start", {"README.md": "# Shop\n", ".sluice.yml": "baseline: b.json\n",
                                         "b.json": '{"schema":"sluice.baseline/2","findings":[]}'})
        upstream.git("checkout", "-q", "-b", "change")
        head = upstream.commit("Deploy", {"deploy.env": self.leak})
        upstream.git("checkout", "-q", "main")
        checkout = Repository(self.directory / "checkout", clone_of=upstream)
        checkout.git("checkout", "-q", head)
        event = self.directory / "event.json"
        event.write_text(json.dumps({
            "number": 1, "pull_request": {"number": 1, "base": {"sha": base, "ref": "main"},
                                          "head": {"sha": head, "ref": "change"}},
            "repository": {"full_name": "acme/shop", "default_branch": "main"}}))
        return checkout, {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": event,
            "GITHUB_SHA": head, "GITHUB_REF": "refs/pull/1/merge", "GITHUB_BASE_REF": "main",
            "GITHUB_WORKSPACE": checkout.path, "GITHUB_REPOSITORY": "acme/shop"}

    def test_a_request_is_told_of_ways_that_work_there(self):
        checkout, environment = self.request()
        summary, page = self.directory / "summary.md", self.directory / "page.html"
        outcome = self.judged(checkout, 1, "--format=text", f"--format=summary={summary}", f"--format=html={page}",
                              **environment)
        text = " ".join(outcome.out.replace("|", " ").split())
        self.assertSays(text, f"sluice:allow[{RULE}] REASON", f"sluice:allow-next-line[{RULE}] REASON",
                        "`.sluice.yml` of main", "this change's own does not count",
                        "sluice check --baseline=b.json --baseline-action update", "on main")
        for file in (summary, page):
            self.assertSays(file.read_text(), "of main, because this change", "--baseline=b.json", "on main")
            self.assertNoSecret(file.read_text())
        # The first way works.
        checkout.git("checkout", "-q", "-B", "change")
        checkout.commits = 20
        head = checkout.commit("Allow", {"deploy.env": self.leak.rstrip("\n") + f" {MARK}\n"})
        event = json.loads(environment["GITHUB_EVENT_PATH"].read_text())
        event["pull_request"]["head"]["sha"] = head
        environment["GITHUB_EVENT_PATH"].write_text(json.dumps(event))
        self.judged(checkout, 0, **{**environment, "GITHUB_SHA": head}, says=("of a test account",))

    def test_at_home_the_files_on_disk_count(self):
        repository = self.started()
        repository.write("deploy.env", self.leak)
        outcome = self.judged(repository, 1)
        text = " ".join(outcome.out.replace("|", " ").split())
        self.assertSays(text, f"sluice:allow[{RULE}] REASON", "under `allow:` in `.sluice.yml`")
        self.assertNotIn("does not count", text)
        ignoring = self.judged(repository, 1, "--inline-comments", "ignore")
        self.assertNotIn("REASON", ignoring.out)
