# SPDX-License-Identifier: Apache-2.0
"""The migrations gate on more files than a process has threads' worth of anything for, and where it gets no thread."""

from harness import BIN, Case, clean_environment, run, run_measured

MANY = 3000
BROKEN = "alter tabel t{};\n"
TABLE = "create table t{} (id bigint primary key);\n"


class Migrations(Case):
    def files(self, *templates):
        directory = self.directory / "shop"
        migrations = directory / "supabase/migrations"
        migrations.mkdir(parents=True)
        for number in range(MANY):
            text = templates[number * len(templates) // MANY]
            (migrations / f"{20260101000000 + number}_t.sql").write_text(text.format(number))
        return directory

    def measured(self, directory, *arguments):
        """The exit status (negative: the signal), standard output, and the most memory that was resident, in KiB."""
        out = self.directory / "out"
        status, resident = run_measured([BIN / "sluice-migrations", *arguments], directory, clean_environment(self.directory), out)
        return status, out.read_text(), resident

    def test_thousands_of_files_that_cannot_be_parsed_are_as_many_gaps(self):
        directory = self.files(BROKEN)
        # The format that hashes every gap, after all of them were parsed.
        for arguments in (["--verbose"], ["--format=gitlab-codequality"]):
            with self.subTest(arguments=arguments):
                status, out, resident = self.measured(directory, *arguments)
                self.assertEqual(status, 3, out[-2000:])
                self.assertGreaterEqual(out.count(".sql"), MANY)
                self.assertLess(resident, 120 * 1024)

    def test_what_parses_is_read_after_thousands_that_do_not(self):
        status, out, _ = self.measured(self.files(BROKEN, TABLE))
        self.assertEqual(status, 3, out[-2000:])
        self.assertSays(out, f"{MANY // 2:,} gaps", f"{MANY // 2:,} statements")

    def test_without_a_thread_to_parse_on_every_file_is_a_gap(self):
        """The address space is bounded to less than the stack of the thread."""
        directory = self.files(TABLE)
        outcome = run(["sh", "-c", 'ulimit -v 200000 && exec "$@"', "sh", BIN / "sluice-migrations", "--threads=1"],
                      directory, clean_environment(self.directory))
        self.assertStatus(outcome, 3)
        self.assertSays(outcome.out, "no thread with a stack of 256 MiB can be", f"{MANY:,} gaps")
