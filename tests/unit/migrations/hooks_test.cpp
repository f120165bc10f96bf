// SPDX-License-Identifier: Apache-2.0
//
// The four places from which a rule can look, each by a rule that exists only here.
#include "scripts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

using test::judge;
using test::Places;
using Texts = std::vector<std::string>;

constexpr RuleMeta meta{.id = "test-rule",
                        .title = "A rule of the tests",
                        .since = "0.1.0",
                        .doc = {},
                        .severity = Severity::low,
                        .confidence = Confidence::high,
                        .tags = consequence::lock,
                        .tool = tool_name};

/// "path:line message" of each finding.
Texts
told(const Findings& findings)
{
  Texts all;
  for (const Finding& finding : findings.found) {
    all.push_back(fmt::format("{}:{} {}", finding.where.path, finding.where.begin.line, finding.message));
  }
  return all;
}

const Rule left_open{.meta = meta, .check_file = [](const JudgedFile& file, Reporter& reporter) {
                       if (file.session.in_explicit_transaction()) {
                         reporter.report({.message = fmt::format("{} statements and no COMMIT", file.executed.size())});
                       }
                     }};

const Rule same_table_twice{.meta = meta, .check_change = [](const Change& change, ChangeReporter& reporter) {
                              std::map<std::string, std::size_t> altered_in;
                              for (std::size_t i = 0; i < change.files.size(); ++i) {
                                for (const Executed& step : change.files[i].executed) {
                                  const auto* alter = as<AlterTable>(*step.statement);
                                  if (alter == nullptr) {
                                    continue;
                                  }
                                  const auto [entry, added] = altered_in.try_emplace(text_of(alter->table), i);
                                  if (!added) {
                                    reporter.report(i, {.where = step.statement->where,
                                                        .message = fmt::format("{} again after file {}",
                                                                               text_of(alter->table), entry->second)});
                                  }
                                }
                              }
                              reporter.spare(0, {}, "looked at the change");
                            }};

/// Of tables by what became of them.
const Rule tables_compared{
    .meta = meta, .check_end_state = [](const EndState& state, ChangeReporter& reporter) {
      for (const auto& [name, table] : state.after.tables()) {
        if (!state.before.tables().contains(name)) {
          REQUIRE(table.touched.has_value());
          reporter.report(table.touched->file, {.where = table.touched->where, .message = name + " is new"});
        } else if (table.touched) {
          reporter.report(table.touched->file, {.where = table.touched->where, .message = name + " is changed"});
        }
      }
      for (const auto& [name, table] : state.before.tables()) {
        if (!state.after.tables().contains(name)) {
          reporter.report(0, {.message = name + " is gone"});
        }
      }
    }};

}  // namespace

TEST_CASE("a rule for files sees the session's end, and speaks of the file at its first line")
{
  const auto findings = judge({.change = {"\nBEGIN;\nSELECT 1;", "BEGIN; COMMIT;"}}, left_open);
  CHECK(told(findings) == Texts{"migrations/001.sql:1 2 statements and no COMMIT"});
  CHECK(judge({.earlier = {"BEGIN;"}, .change = {"SELECT 1;"}}, left_open).found.empty());
}

TEST_CASE("a file that is meant as a whole is allowed at its top or by squawk's mark for files")
{
  const auto is_allowed = [](const std::string& script) {
    const auto findings = judge({.change = {script}}, left_open);
    REQUIRE(findings.found.size() == 1);
    return findings.found[0].inline_allow.has_value();
  };
  CHECK(is_allowed("-- sluice:allow[test-rule] on purpose\nBEGIN;"));
  CHECK(is_allowed("-- what this is\n-- sluice:allow[test-rule] on purpose\n\nBEGIN;"));
  CHECK(is_allowed("BEGIN; -- sluice:allow[test-rule] on purpose"));
  CHECK(is_allowed("BEGIN;\n-- squawk-ignore-file"));
  CHECK_FALSE(is_allowed("SELECT 1;\n-- sluice:allow[test-rule] on purpose\nBEGIN;"));
  CHECK_FALSE(is_allowed("-- what this is\n\n-- sluice:allow[test-rule] on purpose\nBEGIN;"));
  CHECK_FALSE(is_allowed("-- sluice:allow[drop-column] on purpose\nBEGIN;"));
}

TEST_CASE("a rule for files that points at a statement is one with that statement")
{
  const Rule last{.meta = meta, .check_file = [](const JudgedFile& file, Reporter& reporter) {
                    reporter.report({.where = file.executed.back().statement->where, .message = "last"});
                  }};
  const Rule every{.meta = meta, .check = [](const Statement& statement, const MigrationContext&, Reporter& reporter) {
                     reporter.report({.where = statement.where, .message = "every"});
                   }};
  const test::Scripts scripts{.change = {"SELECT 1;\n-- sluice:allow[test-rule] known\nSELECT 2;"}};
  const auto by_file = judge(scripts, last);
  const auto by_statement = judge(scripts, every);
  REQUIRE(by_file.found.size() == 1);
  REQUIRE(by_statement.found.size() == 2);
  CHECK(by_file.found[0].fingerprint == by_statement.found[1].fingerprint);
  CHECK(by_file.found[0].inline_allow.has_value());
  CHECK_FALSE(by_statement.found[0].inline_allow.has_value());
}

TEST_CASE("a rule for the change sees its files in order, once")
{
  const auto findings = judge({.earlier = {"ALTER TABLE t ADD a int;"},
                               .change = {"ALTER TABLE t ADD b int;", "SELECT 1;\nALTER TABLE t ADD c int;"}},
                              same_table_twice);
  CHECK(told(findings) == Texts{"migrations/003.sql:2 t again after file 0"});
  CHECK(judge({.earlier = {"ALTER TABLE t ADD a int; ALTER TABLE t ADD b int;"}}, same_table_twice).found.empty());
}

TEST_CASE("a rule for the end compares what was there with what is left")
{
  const auto findings = judge({.earlier = {"CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE TABLE d (i int);"},
                               .change = {"CREATE TABLE c (i int);\nCREATE TABLE e (i int); DROP TABLE e;",
                                          "DROP TABLE b;\nALTER TABLE d ADD j int;\nALTER TABLE d ADD k int;"}},
                              tables_compared);
  CHECK(told(findings)
        == Texts{"migrations/002.sql:1 public.c is new", "migrations/002.sql:1 public.b is gone",
                 "migrations/003.sql:3 public.d is changed"});
}

TEST_CASE("what a transaction took back has not happened to the end")
{
  CHECK(judge({.earlier = {"CREATE TABLE a (i int);"},
               .change = {"BEGIN; ALTER TABLE a ADD j int; CREATE TABLE b (i int); ROLLBACK;"}},
              tables_compared)
            .found.empty());
}

TEST_CASE("without a base everything is new to the end")
{
  const auto findings = judge({.change = {"CREATE TABLE a (i int);", "ALTER TABLE a ADD j int;"},
                               .deployment = ChangeSet::Deployment::one_by_one},
                              tables_compared);
  CHECK(told(findings) == Texts{"migrations/002.sql:1 public.a is new"});
}

TEST_CASE("an old file behind a new one was there before, and an edited file was what it was")
{
  ChangeSet set = test::change_set({.change = {"CREATE TABLE a (i int);", "CREATE TABLE b (i int);",
                                               "CREATE TABLE c (i int); CREATE TABLE d (i int);"}});
  set.migrations[1].role = Role::replayed;
  set.migrations[2].novelty.statements = {Age::merged, Age::fresh};
  set.history = {set.migrations[1].source, gate::SourceText("migrations/003.sql", "CREATE TABLE c (j int);")};
  const auto findings = migrations::replay(set, {}, {&tables_compared});
  CHECK(told(findings) == Texts{"migrations/001.sql:1 public.a is new", "migrations/003.sql:1 public.d is new"});
}

TEST_CASE("a rule has as many looks as it has functions, and a change without a judged file has none")
{
  Rule all = left_open;
  all.check_change = same_table_twice.check_change;
  all.check_end_state = tables_compared.check_end_state;
  CHECK(judge({.change = {"BEGIN; ALTER TABLE t ADD a int; ALTER TABLE t ADD b int;"}}, all).found.size() == 3);
  CHECK(judge({.earlier = {"BEGIN; CREATE TABLE t (a int);"}}, all).found.empty());
}

}  // namespace sluice::migrations
