# SPDX-License-Identifier: Apache-2.0
"""Which files scripts/check tidy looks at."""
import importlib.util
import pathlib

from harness import TOP, Case, Repository

specification = importlib.util.spec_from_file_location("tidy", TOP / "scripts/lib/tidy.py")
tidy = importlib.util.module_from_spec(specification)
specification.loader.exec_module(tidy)


class Tidy(Case):
    def setUp(self):
        super().setUp()
        self.sources = self.repository("sources")
        self.first = self.sources.commit("Start", {
            ".clang-tidy": "Checks: x\n",
            "src/base/text.hpp": "int text();\n",
            "src/base/path.hpp": '#include "base/text.hpp"\n',
            "src/base/path.cpp": '#include "base/path.hpp"\n',
            "src/base/hash.cpp": "int hash;\n",
        })

    def chosen(self, repository=None, asked=None, everything=False):
        root = (repository or self.sources).path
        entries = [{"file": str(file)} for file in sorted(root.glob("src/base/*.cpp"))]
        files, why = tidy.choose(entries, root, everything, asked)
        return {pathlib.Path(entry["file"]).name for entry in files}, why

    def test_a_header_that_changed_means_every_file_that_reaches_it(self):
        self.sources.git("tag", "v0.1.0")
        self.sources.commit("Change", {"src/base/text.hpp": "long text();\n"})
        self.assertEqual(self.chosen(), ({"path.cpp"}, "changed since v0.1.0"))

    def test_what_is_not_committed_or_not_yet_tracked_counts(self):
        self.sources.git("tag", "v0.1.0")
        self.sources.write("src/base/hash.cpp", "long hash;\n")
        self.sources.write("src/base/new.cpp", "int created;\n")
        self.assertEqual(self.chosen()[0], {"hash.cpp", "new.cpp"})

    def test_on_a_release_the_one_before_it_is_the_base(self):
        self.sources.git("tag", "v0.1.0")
        self.sources.commit("Change", {"src/base/hash.cpp": "long hash;\n"})
        self.sources.git("tag", "v0.2.0")
        self.assertEqual(self.chosen(), ({"hash.cpp"}, "changed since v0.1.0"))

    def test_a_base_that_is_asked_for_comes_first(self):
        self.sources.git("tag", "v0.1.0")
        self.sources.commit("Change", {"src/base/hash.cpp": "long hash;\n"})
        second = self.sources.commit("Change", {"src/base/text.hpp": "long text();\n"})
        self.assertEqual(self.chosen(asked=f"{second}^")[0], {"path.cpp"})

    def test_a_branch_is_compared_with_where_it_left_origin(self):
        clone = Repository(self.directory / "clone", clone_of=self.sources)
        clone.git("checkout", "-q", "-b", "topic")
        clone.commit("Change", {"src/base/hash.cpp": "long hash;\n"})
        self.assertEqual(self.chosen(clone), ({"hash.cpp"}, "changed since origin/HEAD"))

    def test_without_a_base_it_is_everything(self):
        both = {"hash.cpp", "path.cpp"}
        self.assertEqual(self.chosen()[0], both)
        self.assertEqual(self.chosen(asked="0" * 40)[0], both)
        self.assertEqual(self.chosen(Repository(self.directory / "clone", clone_of=self.sources))[0], both)
        self.sources.git("tag", "v0.1.0")
        self.sources.commit("Change", {"src/base/hash.cpp": "long hash;\n"})
        self.assertEqual(self.chosen(everything=True)[0], both)

    def test_other_checks_mean_everything(self):
        self.sources.git("tag", "v0.1.0")
        self.sources.commit("Change", {".clang-tidy": "Checks: y\n"})
        self.assertEqual(self.chosen()[0], {"hash.cpp", "path.cpp"})
