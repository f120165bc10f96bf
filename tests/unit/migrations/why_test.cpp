// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "migrations/gate.hpp"
#include "scripts.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace sluice::migrations {

namespace {

using sluice::test::GitFixture;
using Lines = std::vector<std::string>;

/// A repository in which it is asked why.
struct Question
{
  GitFixture git;
  gate::OptionsOf<MigrationsOptions> options;
  gate::Input input;
  std::optional<git::Repository> repository;

  Question() { input.directory = git.path(); }

  void
  since(const std::string& base)
  {
    repository.emplace(git::Repository::open(git.path()).value());
    input.repository = &*repository;
    input.range.kind = ci::RangeKind::commits;
    input.range.heads = {*repository->resolve("HEAD")};
    input.range.excluded = {*repository->resolve(base)};
  }

  [[nodiscard]] Result<gate::CommandOutcome>
  ask(const std::string& rule, const std::string& file) const
  {
    const auto commands = type().commands;
    const auto command =
        std::find_if(commands.begin(), commands.end(), [](const gate::Command& each) { return each.name == "why"; });
    REQUIRE(command != commands.end());
    CHECK(command->least_arguments == 2);
    CHECK(command->most_arguments == 2);
    return command->run(*command->options(), {options, {rule, file}, input.directory, input});
  }

  [[nodiscard]] gate::CommandOutcome
  answer(const std::string& rule, const std::string& file) const
  {
    auto outcome = ask(rule, file);
    REQUIRE_MESSAGE(outcome.has_value(), (outcome ? "" : outcome.error().message));
    CHECK_FALSE(outcome->findings.has_value());
    return std::move(*outcome);
  }

  /// The steps with one space between words, headings and statements left out.
  [[nodiscard]] Lines
  steps(const std::string& rule, const std::string& file) const
  {
    Lines steps;
    const gate::CommandOutcome outcome = answer(rule, file);
    for (const std::string_view line : lines_of(outcome.output)) {
      std::string step;
      for (const std::string_view word : split(line, ' ')) {
        step += word.empty() || step.empty() ? std::string(word) : " " + std::string(word);
      }
      const bool is_heading = step.starts_with(rule) || split(step + " ", ' ')[1] == "statement";
      if (!is_heading) {
        steps.push_back(step);
      }
    }
    return steps;
  }
};

/// What a rule says of a file that stands behind a table.
Lines
steps(const std::string& rule, const std::string& script)
{
  Question question;
  question.git.write("migrations/1.sql", "CREATE TABLE t (a int, b varchar(9));");
  question.git.write("migrations/2.sql", script);
  return question.steps(rule, "migrations/2.sql");
}

}  // namespace

TEST_CASE("the answer tells each statement with its decision")
{
  Question question;
  question.git.write("migrations/1.sql", "CREATE TABLE t (a int);");
  question.git.write("migrations/2.sql", "CREATE TABLE n (a int);\nALTER TABLE n\n  DROP COLUMN a;\nSELECT 1;\nALTER "
                                         "TABLE t DROP COLUMN a; -- sluice:allow[drop-column] unused\n");
  const auto outcome = question.answer("drop-column", "migrations/2.sql");
  const std::string& text = outcome.output;
  CHECK(text.starts_with("drop-column in migrations/2.sql\n"
                         "1:1   statement   CREATE TABLE n (a int)\n"
                         "      outside     the rule does not look at statements of this kind\n"
                         "2:1   statement   ALTER TABLE n\n"
                         "      new-column  n.a is made by this change: nobody uses it yet\n"
                         "4:1   statement   SELECT 1\n"
                         "      outside     the rule does not look at statements of this kind\n"
                         "5:1   statement   ALTER TABLE t DROP COLUMN a\n"
                         "      new-column  t.a was there before this change\n"
                         "5:15  reported    Dropping t.a loses its data"));
  CHECK(text.ends_with("      allowed     by the comment in line 5: unused\n"));
  CHECK(outcome.note.find("migrations/2.sql among every file of migrations") != std::string::npos);
}

TEST_CASE("a rule that looked and was content says why")
{
  CHECK(steps("create-index-blocking", "CREATE INDEX CONCURRENTLY ON t (a);")
        == Lines{"spared the index is built CONCURRENTLY"});
  CHECK(steps("create-index-blocking", "CREATE TABLE n (a int); CREATE INDEX ON n (a);").back()
        == "new-table n is made by this change: nobody uses it yet");
  CHECK(steps("concurrently-in-transaction", "CREATE INDEX CONCURRENTLY ON t (a);")
        == Lines{"spared it runs outside of a transaction"});
  CHECK(steps("add-column-not-null-no-default", "ALTER TABLE t ADD c int;")
        == Lines{"1:15 spared the column may be null"});
  CHECK(steps("add-column-volatile-default", "ALTER TABLE t ADD c timestamptz DEFAULT now();")
        == Lines{"volatility now() gives the same value to every row", "1:15 spared every row gets the same value"});
  CHECK(steps("alter-type-rewrite", "ALTER TABLE t ALTER b TYPE varchar(20);")
        == Lines{"old-type t.b is varchar(9)", "1:15 spared the values stay as they are"});
  CHECK(steps("add-foreign-key-validating", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r (i) NOT VALID;")
        == Lines{"1:15 spared the key is NOT VALID"});
  CHECK(steps("rename-table", "BEGIN;\nALTER TABLE t RENAME TO u;\nCREATE VIEW t AS SELECT * FROM u;\nCOMMIT;").at(2)
        == "spared a view takes over the old name in the same transaction");
  CHECK(steps("set-not-null-scan", "ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL);\nALTER TABLE t ALTER a SET "
                                   "NOT NULL;")
            .back()
        == "not-null a constraint proves that t.a has a value in every row");
}

TEST_CASE("a rule that looks at files tells of each statement too")
{
  const Lines told = steps("missing-lock-timeout", "SELECT 1;\nALTER TABLE t ADD c int;\nALTER TABLE t ADD d int;\n"
                                                   "SET lock_timeout = '5s';\nALTER TABLE t ADD e int;");
  REQUIRE(told.size() == 5);
  CHECK(told[0] == "spared it keeps nobody from a table in use");
  CHECK(told[1].starts_with("reported Waits for ACCESS EXCLUSIVE on t"));
  CHECK(told[2].starts_with("spared an earlier statement of the file is reported"));
  CHECK(told[4] == "spared lock_timeout is set");
}

TEST_CASE("what no rule looks at says so")
{
  CHECK(steps("drop-column", "ALTER TABEL t;\nDO $$ BEGIN END $$;").at(0).starts_with("not-parsed does not parse"));
  CHECK(steps("drop-column", "ALTER TABEL t;\nDO $$ BEGIN END $$;").at(1)
        == "not-examined the code of a DO block is not examined");
}

TEST_CASE("a file that was there before is replayed, and one that is excluded only read")
{
  Question question;
  question.git.write("migrations/1.sql", "ALTER TABLE t DROP COLUMN a;");
  const std::string base = question.git.commit("base");
  question.git.commit("migrations/2.sql", "ALTER TABLE t DROP COLUMN b;", "change");
  question.since(base);
  CHECK(
      question.steps("drop-column", "migrations/1.sql")
      == Lines{"replayed the file brings nothing that was not there before the change: databases have run all of it"});
  CHECK(question.steps("drop-column", "migrations/2.sql").size() == 2);
  question.options.values.exclude = {"2.sql"};
  CHECK(question.steps("drop-column", "migrations/2.sql")
        == Lines{"excluded the option exclude covers the file: it is only read for what it creates"});
}

TEST_CASE("a rule that is not applied says why")
{
  Question question;
  question.git.write("migrations/1.sql", "ALTER TABLE t DROP COLUMN a;");
  question.input.rules = gate::RuleSet({"drop-column"}, {});
  CHECK(question.steps("drop-column", "migrations/1.sql")
        == Lines{"file disabled the configuration disables the rule", "disabled the rule is not applied"});
}

TEST_CASE("a rule that looks at the change as a whole has nothing to say of a statement")
{
  const Rule rule{.meta = rules().front()->meta, .check_change = [](const Change&, ChangeReporter&) {}};
  gate::Decisions decisions;
  (void)replay(test::change_set({.change = {"SELECT 1;"}}), {}, {&rule}, {"migrations/001.sql", &decisions});
  REQUIRE(decisions.all().size() == 2);
  CHECK(decisions.all()[1].what == "the rule looks at the change as a whole");
}

TEST_CASE("a file that is no migration is judged alone, and the answer says so")
{
  Question question;
  question.git.write("supabase/migrations/20240101000000_a.sql", "CREATE TABLE t (a int);");
  question.git.write("supabase/migrations/later.sql", "ALTER TABLE t DROP COLUMN a;");
  question.git.write("notes/try.sql", "ALTER TABLE t DROP COLUMN a;");
  CHECK(question.steps("drop-column", "supabase/migrations/later.sql").size() == 2);
  CHECK(question.answer("drop-column", "supabase/migrations/later.sql").note
        == "supabase/migrations/later.sql is judged alone and as a plain file: supabase does not run it: its name is "
           "not <digits>_<name>.sql");
  CHECK(question.answer("drop-column", "./notes/../notes/try.sql").note
        == "notes/try.sql is judged alone and as a plain file: it is not among the migrations");
  auto elsewhere = TemporaryDirectory::create();
  REQUIRE(elsewhere.has_value());
  const std::string outside = (elsewhere->path() / "x.sql").string();
  REQUIRE(write_file(outside, "ALTER TABLE t DROP COLUMN a;").has_value());
  CHECK(question.answer("drop-column", outside).note.starts_with(outside + " is judged alone"));
}

TEST_CASE("paths may be absolute, and the run's directory may be below the repository's")
{
  Question question;
  question.git.write("services/api/migrations/1.sql", "CREATE TABLE t (a int);");
  const std::string base = question.git.commit("base");
  question.git.commit("services/api/migrations/2.sql", "ALTER TABLE t DROP COLUMN a;", "change");
  question.since(base);
  question.input.directory /= "services/api";
  for (const std::string& file :
       {std::string("migrations/2.sql"), (question.input.directory / "migrations/2.sql").string()}) {
    CAPTURE(file);
    const auto outcome = question.answer("drop-column", file);
    CHECK(outcome.output.starts_with("drop-column in services/api/migrations/2.sql\n"));
    CHECK(outcome.note.find("alone") == std::string::npos);
  }
}

TEST_CASE("what cannot be answered is an error")
{
  const Question question;
  const auto kind = [&question](const std::string& rule, const std::string& file) {
    const auto outcome = question.ask(rule, file);
    REQUIRE_FALSE(outcome.has_value());
    return outcome.error();
  };
  CHECK(kind("drop-colum", "1.sql").kind == ErrorKind::usage);
  CHECK(kind("drop-colum", "1.sql").message == "drop-colum: there is no such rule (did you mean drop-column?)");
  CHECK(kind("generic-quoted-credential", "1.sql").message == "generic-quoted-credential is a rule of sluice-secrets");
  CHECK(kind("drop-column", "1.sql").kind == ErrorKind::input);
}

TEST_CASE("nothing is noted and nothing changes where nobody asks")
{
  const test::Scripts scripts{.earlier = {"CREATE TABLE t (a int);"},
                              .change = {"ALTER TABLE t DROP COLUMN a; CREATE INDEX ON t (a);"}};
  gate::Decisions decisions;
  const ChangeSet set = test::change_set(scripts);
  const std::vector<const Rule*> all(rules().begin(), rules().end());
  const auto asked = replay(set, {}, all, {"migrations/002.sql", &decisions});
  const auto plain = replay(set, {}, all);
  CHECK_FALSE(decisions.all().empty());
  CHECK(test::places(asked, test::LockTimeout::counted) == test::places(plain, test::LockTimeout::counted));
}

}  // namespace sluice::migrations
