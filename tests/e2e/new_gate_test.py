# SPDX-License-Identifier: Apache-2.0
"""CONTRIBUTING's way to a gate. By hand one writes the gate's own directory, a fixture and one line of CMakeLists.txt;
everything that lists gates finds it."""
import re

from harness import TOP, run
from walk import Walk, commands

FILL_IN = """
sed -i 's/^sluice_finish_gates()/sluice_gate(licences KINDS rules)\\n&/' CMakeLists.txt
sed -i -e 's/FILL IN: the one question that it answers?/Is it ours to ship?/' -e 's/FILL IN: a paragraph\\./It looks./' \
  -e 's/FILL IN: what it looks at without an option/every file/' src/licences/info.cpp
sed -i -e 's/FILL IN: what it judges\\. Errors: FILL IN, what makes it impossible;/Judges files. Errors: none;/' src/licences/gate.hpp
sed -i -e 's/FILL IN, one line without a final stop/A licence that asks for more/' -e 's/FILL IN/copyleft/g' \
  src/licences/rules/copyleft.cpp
sed -i 's/words FILL IN/words copyleft/' fixtures/licences/rules/copyleft/bad/input.txt
"""


class NewGate(Walk):
    def test_a_gate_is_its_directory_a_fixture_and_one_line(self):
        steps = commands("## A new gate")
        start = [c for c in steps if c.startswith(("scripts/new-gate ", "scripts/new-rule "))]
        self.assertEqual(start, ["scripts/new-gate licences", "scripts/new-rule licences copyleft"])
        build = [c for c in steps if c.startswith(("scripts/build", "build/"))]
        self.assertGreaterEqual(len(build), 3)
        by_hand, generated = self.walk(start, FILL_IN, build, "scripts/generate")
        mine = re.compile(r"src/licences/|fixtures/licences/|CMakeLists\.txt$")
        self.assertEqual({file for file in by_hand if not mine.match(file)}, set())
        self.assertLessEqual({"actions/licences/action.yml", "templates/licences.yml", "docs/man/sluice-licences.1",
                              "docs/rules/copyleft.md", "schema/sluice.schema.json", "README.md", "action.yml"},
                             generated)
        for file in generated:
            self.assertFalse(file.startswith(("src/", "tests/", "cmake/", "scripts/", "fixtures/")), file)

    def test_what_cannot_be_a_gate_is_refused(self):
        for arguments in ([], ["Licences"], ["a-b"], ["secrets"], ["../x"]):
            self.assertStatus(run([TOP / "scripts/new-gate", *arguments], self.directory), 2)
