# SPDX-License-Identifier: Apache-2.0
"""What `cmake --install` puts where."""
from harness import BIN, GATES, TOP, Case, has, run


class Install(Case):
    def setUp(self):
        super().setUp()
        self.prefix = self.directory / "usr"
        self.assertStatus(run(["cmake", "--install", BIN.parent, "--prefix", self.prefix], self.directory), 0)

    def names(self, folder):
        return {file.name for file in (self.prefix / folder).iterdir()}

    def test_users_get_the_gates_and_nothing_that_builds_them(self):
        self.assertEqual(self.names("bin"), {"sluice", *GATES})
        for tool in self.names("bin"):
            outcome = run([self.prefix / "bin" / tool, "--version"], self.directory)
            self.assertStatus(outcome, 0)
            self.assertRegex(outcome.out, r"\d+\.\d+\.\d+")
        self.assertEqual(self.names("share"), {"bash-completion", "doc", "fish", "man", "zsh"})
        self.assertEqual(self.names("share/doc/sluice"), {"LICENSE", "README.md"})

    def test_every_manual_page_is_found_by_its_name(self):
        pages = {page.name for page in (TOP / "docs/man").glob("*.1")}
        self.assertLessEqual({f"{gate}.1" for gate in GATES}, pages)
        self.assertEqual(self.names("share/man/man1"), pages)
        if not has("man"):
            self.skipTest("man is not installed")
        for page in pages:
            outcome = run(["man", "-M", self.prefix / "share/man", "-w", page.removesuffix(".1")], self.directory)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.out, str(self.prefix / "share/man/man1" / page))

    def test_each_shell_finds_the_completions_of_each_executable(self):
        for tool in ("sluice", *GATES):
            script = self.prefix / "share/bash-completion/completions" / tool
            outcome = run(["bash", "-c", f". {script} && complete -p {tool}"], self.directory)
            self.assertStatus(outcome, 0)
            self.assertSays(outcome.out, tool)
            fish = self.prefix / "share/fish/vendor_completions.d" / f"{tool}.fish"
            self.assertSays(fish.read_text(), f"complete -c {tool} ")
        first = (self.prefix / "share/zsh/site-functions/_sluice").read_text().splitlines()[0].split()
        self.assertEqual({"#compdef", "sluice", *GATES}, set(first))
