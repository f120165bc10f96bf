# SPDX-License-Identifier: Apache-2.0
"""A million packages, a hundred megabytes, ten thousand advisories about one package: read in bounded memory, or refused
by a limit, and never half."""
import json

from deps_cases import DAY, DepsCase, advisory
from harness import BIN, clean_environment, run_measured

MANY = 1_000_000


def npm(write):
    write('{"lockfileVersion":3,"packages":{"":{"dependencies":{"p0":"1"}}')
    for number in range(MANY):
        write(f',\n"node_modules/p{number}":{{"version":"1.0.{number}","dependencies":{{"p{(number + 1) % MANY}":"^1"}}}}')
    write("}}\n")


def pnpm(write):
    write("lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      p0:\n        specifier: ^1.0.0\n        version: 1.0.0\n\n"
          "packages:\n\n")
    for number in range(MANY):
        write(f"  p{number}@1.0.{number}:\n    resolution: {{integrity: sha512-AA==}}\n\n")
    write("snapshots:\n\n")
    for number in range(MANY):
        after = (number + 1) % MANY
        write(f"  p{number}@1.0.{number}:\n    dependencies:\n      p{after}: 1.0.{after}\n\n")


def cyclonedx(write):
    write('{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","bom-ref":"root","name":"shop"}},'
          '"components":[')
    for number in range(MANY):
        write(f'{"," if number else ""}\n{{"type":"library","bom-ref":"{number}","name":"p{number}","version":"1.0.{number}",'
              f'"purl":"pkg:npm/p{number}@1.0.{number}"}}')
    write('],"dependencies":[{"ref":"root","dependsOn":["0"]}')
    for number in range(MANY):
        write(f',\n{{"ref":"{number}","dependsOn":["{(number + 1) % MANY}"]}}')
    write("]}\n")


class Large(DepsCase):
    def measured(self, *arguments):
        """The exit status (negative: the signal), standard output's bytes in a file, and the peak of memory in bytes."""
        out = self.directory / "out"
        status, resident = run_measured([BIN / "sluice-deps", *arguments], self.directory, clean_environment(self.directory), out)
        return status, out, resident * 1024

    def written(self, name, generate):
        path = self.directory / name
        with open(path, "w", buffering=1 << 20) as file:
            generate(file.write)
        return path

    def test_a_cycle_of_a_million_packages(self):
        for name, generate in (("package-lock.json", npm), ("pnpm-lock.yaml", pnpm), ("bom.json", cyclonedx)):
            with self.subTest(name):
                path = self.written(name, generate)
                status, out, resident = self.measured("packages", "--format", "json", path)
                self.assertEqual(status, 0)
                with open(out) as lines:
                    count = last = 0
                    for last in lines:
                        count += 1
                self.assertEqual(count, MANY)
                self.assertEqual(json.loads(last)["scope"], "runtime")
                self.assertFalse(json.loads(last)["direct"])
                self.assertLess(resident, 3 << 30)
                path.unlink()

    def test_the_gate_over_a_million_packages(self):
        """The last package of a chain of a million is affected, by ten thousand advisories."""
        (self.directory / "shop").mkdir()
        self.written("shop/package-lock.json", npm)
        database = self.database(*(advisory(f"GHSA-{number}", f"p{MANY - 1}", fixed=f"2.{number}.0") for number in range(10_000)))
        status, out, resident = self.measured("--repo", self.directory / "shop", "--db", database, "--as-of", DAY, "--format", "oneline")
        text = out.read_text()
        self.assertEqual(status, 1, text[-2000:])
        self.assertEqual(text.count("vulnerable-dependency"), 10_000)
        self.assertLess(resident, 3 << 30)

    def test_ten_thousand_advisories_about_one_package_have_one_remedy(self):
        shop = self.shop({"package-lock.json": '{"lockfileVersion":3,"packages":{"":{"dependencies":{"p":"1"}},"node_modules/p":{"version":"1.0.0"}}}'})
        database = self.database(*(advisory(f"GHSA-{number}", "p", fixed=f"2.{number}.0") for number in range(10_000)))
        outcome = self.judge(shop, database)
        self.assertStatus(outcome, 1)
        self.assertEqual({fact["value"] for each in outcome.report["findings"] for fact in each["facts"] if fact["key"] == "fixed-in"},
                         {"2.9999.0"})

    def test_beyond_the_limit_it_is_a_gap(self):
        shop = self.directory / "shop"
        shop.mkdir()
        with open(shop / "package-lock.json", "w") as file:
            file.write('{"lockfileVersion":3,"packages":{"node_modules/left":{"version":"1.0.0"}}}')
            file.truncate((256 << 20) + 1)
        outcome = self.judge(shop, self.database())
        self.assertStatus(outcome, 3)
        self.assertGaps(outcome, ("package-lock.json", "is larger than 268435456 bytes"))
        status, out, _ = self.measured("packages", "--format", "json", shop / "package-lock.json")
        self.assertIn(status, (2, 3))
        self.assertIn("package-lock.json", out.read_text())
