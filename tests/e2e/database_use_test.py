# SPDX-License-Identifier: Apache-2.0
"""The advisory database: handed on signed, where it lies, and how the gate brings it up to date itself."""
import base64
import hashlib
import json
import shutil

from advisory_server import ADVISORIES, Page
from database_case import DAY, GO, GO_MOD, TEXT, Database, damaged, record
from harness import BIN, Repository, clean_environment, needs, run


class Handed(Database):
    """A database for a machine without a network: exported, signed, taken over."""

    def setUp(self):
        super().setUp()
        self.assertStatus(self.deps("db", "import", "--db", self.db, ADVISORIES, "--as-of", "2026-09-01"), 0)
        self.out, self.there = self.directory / "out", self.directory / "there"

    def key(self, name="key"):
        """The file of a private key and the public one."""
        file = self.directory / f"{name}.pem"
        self.assertStatus(run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", file], self.directory), 0)
        public = run(["openssl", "pkey", "-in", file, "-pubout"], self.directory)
        self.assertStatus(public, 0)
        return file, public.out

    def export(self, *arguments, day="2026-09-01"):
        outcome = self.deps("db", "export", "--db", self.db, self.out, "--as-of", day, *arguments)
        self.assertStatus(outcome, 0)
        return outcome

    def take_over(self, *arguments, source=None):
        return self.deps("db", "update", "--db", self.there, "--from", source or self.out, *arguments)

    def files(self, directory):
        return {file.name: file.read_bytes() for file in directory.iterdir()} if directory.exists() else {}

    def test_the_same_bytes_on_both_sides(self):
        self.assertSays(self.export().err, "npm.advisories", "exploits.tsv", "not signed")
        self.assertSays(self.deps("db", "info", "--db", self.out).out, "npm")  # it can be used as it is
        self.assertStatus(self.take_over(), 0)
        exported = self.files(self.out)
        self.assertEqual(exported, self.files(self.there))
        manifest = json.loads(exported.pop("manifest.json"))
        self.assertEqual(manifest["made"], "2026-09-01")
        self.assertEqual({file["name"]: (file["bytes"], file["sha256"]) for file in manifest["files"]},
                         {name: (len(text), hashlib.sha256(text).hexdigest()) for name, text in exported.items()})
        self.assertEqual(exported, self.files(self.db))

    def test_by_a_server_only_what_has_changed(self):
        server = self.server()

        def publish():
            server.pages = {f"/osv/{name}": Page(text) for name, text in self.files(self.out).items()}

        self.export()
        publish()
        self.assertStatus(self.take_over(source=server.url), 0)
        self.assertEqual(self.files(self.out), self.files(self.there))
        own = self.directory / "own.json"
        own.write_bytes(record("OWN-1", "shop", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.db, own, "--as-of", "2026-09-02"), 0)
        (self.db / "PyPI.advisories").unlink()
        self.export(day="2026-09-02")
        publish()
        server.asked()
        outcome = self.take_over(source=server.url)
        self.assertStatus(outcome, 0)
        self.assertEqual(server.asked(), ["manifest.sig", "npm.advisories"])
        self.assertEqual(self.files(self.out), self.files(self.there))

    @needs("openssl")
    def test_signed_and_checked(self):
        private, public = self.key()
        self.assertSays(self.export("--sign", private).err, ", signed")
        line = "".join(public.splitlines()[1:-1])
        for key in (public, line):
            outcome = self.take_over("--db-key", key)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.err, "signed by the key that is demanded")
        self.assertEqual(self.files(self.out), self.files(self.there))
        # What is told to whoever has openssl alone.
        (self.directory / "raw").write_bytes(base64.b64decode((self.out / "manifest.sig").read_text()))
        (self.directory / "pub").write_text(public)
        self.assertStatus(run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "pub", "-rawin", "-in",
                               self.out / "manifest.json", "-sigfile", "raw"], self.directory), 0)

    @needs("openssl")
    def test_one_byte_of_anything_is_refused_with_nothing_changed(self):
        private, public = self.key()
        self.export("--sign", private)
        good = self.files(self.out)
        for name, text in good.items():
            for at in (0, len(text) // 2, len(text) - 2):
                with self.subTest(name=name, at=at):
                    (self.out / name).write_bytes(damaged(text, at))
                    outcome = self.take_over("--db-key", public)
                    self.assertStatus(outcome, 4)
                    self.assertEqual(self.files(self.there), {})
                    (self.out / name).write_bytes(text)
            with self.subTest(name=name, gone=True):
                (self.out / name).unlink()
                self.assertStatus(self.take_over("--db-key", public), 2 if name == "manifest.json" else 4)
                self.assertEqual(self.files(self.there), {})
                (self.out / name).write_bytes(text)
        self.assertStatus(self.take_over("--db-key", public), 0)

    @needs("openssl")
    def test_a_full_disk_changes_nothing(self):
        self.export()
        self.assertStatus(self.take_over(), 0)
        before = self.files(self.there)
        own = self.directory / "own"
        own.mkdir()
        (own / "small.json").write_bytes(record("OWN-1", "shop", "2.0.0", "CRAN"))
        for i in range(300):
            (own / f"{i}.json").write_bytes(record(f"OWN-{i}", f"shop{i}", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.db, own, "--as-of", "2026-09-02"), 0)
        self.export(day="2026-09-02")
        small, large = ((self.out / f"{name}.advisories").stat().st_size for name in ("CRAN", "npm"))
        self.assertLess(small + 2048, large)
        # As much as the first file needs and not as much as the next.
        outcome = run(["bash", "-c", f"trap '' XFSZ; ulimit -f {-(-small // 1024)}; exec \"$@\"", "bash",
                       BIN / "sluice-deps", "db", "update", "--db", self.there, "--from", self.out],
                      self.directory, clean_environment(self.directory))
        self.assertStatus(outcome, 4)
        self.assertEqual(self.files(self.there), before)
        self.assertStatus(self.take_over(), 0)
        self.assertEqual(self.files(self.there), self.files(self.out))

    def test_another_key_none_and_what_is_no_key(self):
        private, public = self.key()
        other, _ = self.key("other")
        self.export("--sign", other)
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "is not signed by the key that is demanded")
        self.export()
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "manifest.json is not signed")
        self.export("--sign", private)
        self.assertStatus(self.take_over("--db-key", "AAAA"), 2)
        public_file = self.directory / "public.pem"
        public_file.write_text(public)
        for bad in (public_file, self.out / "npm.advisories"):
            outcome = self.deps("db", "export", "--db", self.db, self.directory / "bad", "--sign", bad)
            self.assertStatus(outcome, 2)
        self.assertEqual(self.files(self.there), {})

    @needs("openssl")
    def test_an_older_one_is_refused(self):
        private, public = self.key()
        self.export("--sign", private, day="2026-09-01")
        old = self.files(self.out)
        self.export("--sign", private, day="2026-09-05")
        self.assertStatus(self.take_over("--db-key", public), 0)
        before = self.files(self.there)
        for name, text in old.items():
            (self.out / name).write_bytes(text)
        outcome = self.take_over("--db-key", public)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "its manifest is of 2026-09-01, and the database is of 2026-09-05 already")
        self.assertEqual(self.files(self.there), before)

    @needs("openssl")
    def test_where_a_key_is_demanded_the_gate_uses_nothing_else(self):
        private, public = self.key()
        self.export("--sign", private)
        self.assertStatus(self.take_over("--db-key", public), 0)
        repository = self.repository()
        line = "".join(public.splitlines()[1:-1])
        repository.commit("Lock", {"go.mod": GO_MOD,
                                   ".sluice.yml": f"deps:\n  db-key: {line}\n"})

        def gate(db):
            return repository.run("sluice-deps", "--db", db, "--as-of", "2026-09-03", "--verbose")

        self.assertSays(gate(self.there).out, TEXT)
        outcome = gate(self.db)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.out + outcome.err, "manifest.json is missing: a key is demanded")
        whole = (self.there / "Go.advisories").read_bytes()
        (self.there / "Go.advisories").write_bytes((self.there / "npm.advisories").read_bytes())
        outcome = gate(self.there)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.out + outcome.err, "Go.advisories is not the file that its manifest names")
        (self.there / "Go.advisories").write_bytes(whole)
        (self.there / "Hex.advisories").write_bytes(whole)
        outcome = gate(self.there)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.out + outcome.err, "Hex.advisories is not named by its manifest")
        (self.there / "Hex.advisories").unlink()
        # What is imported beside it is not what was signed.
        own = self.directory / "own.json"
        own.write_bytes(record("OWN-1", "shop", "2.0.0"))
        self.assertStatus(self.deps("db", "import", "--db", self.there, own), 0)
        self.assertStatus(gate(self.there), 4)
        # Neither is what a server has that signs nothing.
        server = self.server()
        self.npm(server, "A-1")
        outcome = self.deps("db", "update", "--db", self.there, "--from", server.url, "--db-key", line)
        self.assertStatus(outcome, 4)
        self.assertSays(outcome.err, "a key is demanded")

    def test_manifests_that_lead_elsewhere(self):
        self.export()
        manifest = json.loads((self.out / "manifest.json").read_text())
        outside = self.directory / "outside.advisories"
        for name in ("../outside.advisories", "/etc/passwd", "update.json", ".advisories", "a/b.advisories",
                     "x.advisories/../../outside.advisories"):
            with self.subTest(name):
                (self.out / "manifest.json").write_text(
                    json.dumps(manifest | {"files": [manifest["files"][0] | {"name": name}]}))
                self.assertStatus(self.take_over(), 4)
                self.assertEqual(self.files(self.there), {})
        self.assertFalse(outside.exists())
        changed = [{"made": "2026-02-30"}, {"version": 2}, {"files": manifest["files"] * 2}, {"files": []}]
        for text in ("", "{}", "[]", *(json.dumps(manifest | change) for change in changed)):
            with self.subTest(text[:20]):
                (self.out / "manifest.json").write_text(text)
                self.assertStatus(self.take_over(), 4)
                self.assertEqual(self.files(self.there), {})

    def test_what_is_no_export_or_cannot_be_one(self):
        self.assertStatus(self.take_over(source=ADVISORIES), 2)
        self.assertStatus(self.deps("db", "export", "--db", self.db, self.db), 2)
        self.assertStatus(self.deps("db", "export", "--db", ADVISORIES, self.out), 4)
        (self.db / "npm.advisories").write_bytes(damaged(self.bytes_of("npm"), 1000))
        self.assertStatus(self.deps("db", "export", "--db", self.db, self.out), 4)

    def test_a_second_export_leaves_nothing_of_the_first(self):
        self.export()
        (self.db / "PyPI.advisories").unlink()
        self.export()
        self.assertNotIn("PyPI.advisories", self.files(self.out))


class Place(Database):
    """Where the database is, and what is said where it is not."""

    def locked(self):
        repository = self.repository()
        repository.commit("Lock", {"go.mod": GO_MOD})
        return repository

    def test_without_a_word_it_is_where_the_user_keeps_such_things(self):
        cache = self.directory / "cache"
        for environment, place in (({"XDG_CACHE_HOME": cache}, cache / "sluice/advisories"),
                                   ({}, self.directory / ".cache/sluice/advisories"),
                                   ({"XDG_CACHE_HOME": "relative"}, self.directory / ".cache/sluice/advisories"),
                                   ({"SLUICE_DB": self.directory / "named"}, self.directory / "named")):
            with self.subTest(place=place):
                outcome = self.deps("db", "import", ADVISORIES, "--as-of", "2026-09-01", **environment)
                self.assertStatus(outcome, 0)
                self.assertTrue((place / "Go.advisories").exists())
                repository = Repository(self.directory / "repository")
                repository.commit("Lock", {"go.mod": "module a.org/b\n\ngo 1.22\n\nrequire golang.org/x/text v0.3.6\n"})
                for command in (["sluice-deps"], ["sluice", "check", "--gates", "deps"]):
                    self.assertSays(repository.run(*command, "--as-of", "2026-09-03", "--verbose", **environment).out, TEXT)
                shutil.rmtree(place)

    def test_a_relative_path_starts_where_it_was_written(self):
        repository = self.locked()
        (repository.path / "docs").mkdir()
        self.assertStatus(self.deps("db", "import", "--db", self.directory / "kept", ADVISORIES, "--as-of", "2026-09-01"), 0)
        self.assertStatus(self.deps("db", "export", "--db", "kept", "mirror"), 0)
        below = ["--repo", repository.path, "--as-of", "2026-09-03", "--verbose"]

        def judged(*arguments, **environment):
            return run([BIN / "sluice-deps", *below, *arguments], repository.path / "docs",
                       clean_environment(self.directory, **environment)).out
        self.assertSays(judged("--db", "../../kept"), TEXT)
        self.assertSays(judged(SLUICE_DB="../../kept"), TEXT)
        self.assertSays(judged("--db", "there", "--update-advisories", "--update-from", "../../mirror"), TEXT)
        self.assertTrue((repository.path / "docs/there/Go.advisories").exists())
        repository.commit("Configure", {".sluice.yml": "deps:\n  db: ../new\n  update-from: ../mirror\n"})
        self.assertSays(judged("--update-advisories"), TEXT)
        self.assertTrue((self.directory / "new/Go.advisories").exists())
        info = run([BIN / "sluice-deps", "db", "info", "--repo", repository.path], self.directory / "kept",
                   clean_environment(self.directory))
        self.assertSays(info.out, "Go\n")

    def test_what_no_source_and_no_key_can_be_is_told_at_once(self):
        repository = self.locked()
        for line, said in (("update-from: http://advisories.example.org", "advisories are fetched by https only"),
                           ("update-from: 'https://'", "is no server that advisories can be had from"),
                           ("update-from: ../nowhere", f"neither an https address nor a directory that is there: {self.directory}/nowhere"),
                           ("db-key: key.pem", "is not a public key of Ed25519; `openssl pkey -in KEY -pubout` prints one")):
            with self.subTest(line):
                repository.commit("Configure", {".sluice.yml": f"deps:\n  {line}\n"})
                for command in (["sluice-deps"], ["sluice-deps", "packages", "go.mod"], ["sluice", "check"]):
                    outcome = repository.run(*command, "--db", self.db)
                    self.assertStatus(outcome, 2)
                    self.assertSays(outcome.err, ".sluice.yml:2:", said)

    def test_without_a_database_one_line_says_how_to_get_one(self):
        repository = self.locked()
        for arguments, said in (([], f"there is no advisory database in {self.directory}/.cache/sluice/advisories; "
                                     "get one with `sluice deps db update`"),
                                (["--deps.db", "nowhere"], "there is no advisory database in "
                                 f"{repository.path}/nowhere; get one with `sluice deps db update --db {repository.path}/nowhere`")):
            for command in (["sluice-deps"], ["sluice", "check"]):
                with self.subTest(command=command, arguments=arguments):
                    outcome = repository.run(*command, *arguments)
                    self.assertStatus(outcome, 4)
                    self.assertSays(" ".join((outcome.out + outcome.err).replace("|", " ").split()), said)

    def test_what_the_other_gates_say_is_shown_all_the_same(self):
        planted = self.planted()
        planted.commit("Lock", {"go.mod": GO_MOD})
        outcome = planted.run("sluice", "check")
        self.assertStatus(outcome, 1)  # what was found comes before what could not be looked at
        self.assertSays(outcome.out, "deploy.env:2:7", "there is no advisory database", "sluice deps db update")
        self.assertNoSecret(outcome.out, outcome.err)

    def test_every_report_names_its_data(self):
        self.assertStatus(self.deps("db", "import", "--db", self.db, ADVISORIES, "--as-of", "2026-09-01"), 0)
        info = self.deps("db", "info", "--db", self.db).out.splitlines()
        digest = next(info[i:] for i, line in enumerate(info) if line == "Go")[3].split()[-1]
        repository = self.locked()
        for form in ("json", "summary", "html", "text"):
            with self.subTest(form):
                out = repository.run("sluice-deps", "--db", self.db, "--as-of", "2026-09-03", "--verbose", "--format", form).out
                self.assertSays(out, "2026-09-01", digest[:12] if form == "text" else digest)


class First(Database):
    """The gate brings its advisories up to date itself, as the generated action and template have it do."""

    def setUp(self):
        super().setUp()
        self.source = self.server()
        self.source.publish("Go", GO, [(DAY, id) for id in GO])
        self.shop = self.repository()
        self.shop.commit("Lock", {"go.mod": GO_MOD})

    def gate(self, *arguments, tool=("sluice-deps",), **environment):
        environment.setdefault("SLUICE_DEPS_UPDATE_ADVISORIES", "true")
        return self.shop.run(*tool, "--deps.update-from", self.source.url, "--as-of", "2026-09-03", "--verbose", *arguments,
                             **environment)

    def test_it_fetches_what_the_lockfiles_need_and_judges(self):
        for tool in (("sluice-deps",), ("sluice", "check")):
            with self.subTest(tool):
                outcome = self.gate(tool=tool)
                self.assertSays(outcome.out, TEXT)
        self.assertEqual(self.source.asked(), ["Go/modified_id.csv", "Go/all.zip", "Go/modified_id.csv"])

    def test_an_input_turns_it_off(self):
        outcome = self.gate(SLUICE_DEPS_UPDATE_ADVISORIES="false")
        self.assertStatus(outcome, 4)
        self.assertEqual(self.source.asked(), [])
        github = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"}
        # The generated manifests set the variable, and whoever uses them the input.
        for variable, name in (("SLUICE_UPDATE_ADVISORIES", "INPUT_UPDATE-ADVISORIES"),
                               ("SLUICE_DEPS_UPDATE_ADVISORIES", "INPUT_DEPS-UPDATE-ADVISORIES")):
            environment = {"SLUICE_DEPS_UPDATE_ADVISORIES": "", variable: "true"}
            self.assertStatus(self.gate(**github, **environment, **{name: "false"}), 4)
            self.assertEqual(self.source.asked(), [])

    def test_what_cannot_be_fetched_is_judged_by_what_is_there(self):
        self.gate()
        self.source.pages.clear()
        outcome = self.gate()
        self.assertSays(outcome.out, TEXT, "Go: not updated: the server does not have it")

    def test_nothing_to_fetch_and_nothing_there(self):
        self.source.pages.clear()
        self.assertStatus(self.gate(), 4)

    def test_a_change_cannot_bring_its_own_advisories(self):
        """In a checkout a cache may lie among what the change brings."""
        self.gate("--deps.db", ".cache/sluice/advisories")
        self.assertSays(self.gate("--deps.db", ".cache/sluice/advisories").out, TEXT)
        self.shop.git("add", "-f", ".cache/sluice/advisories/Go.advisories")
        self.shop.git("commit", "-q", "-m", "Bring advisories")
        outcome = self.gate("--deps.db", ".cache/sluice/advisories")
        self.assertStatus(outcome, 2)
        self.assertSays(outcome.out + outcome.err,
                        ".cache/sluice/advisories/Go.advisories: it is part of the repository")

    def test_the_change_does_not_say_where_from(self):
        self.shop.commit("Configure", {".sluice.yml": "deps:\n  update-advisories: true\n"})
        outcome = self.gate(SLUICE_DEPS_UPDATE_ADVISORIES="")
        self.assertEqual(self.source.asked(), [])
        self.assertStatus(outcome, 2)
