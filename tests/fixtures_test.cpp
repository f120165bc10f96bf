// SPDX-License-Identifier: Apache-2.0
//
// Every fixture of every kind of every gate. A rule's cases are judged by the gate itself, all its rules applied:
//   fixtures/<gate>/rules/<id>/<case>/input.*   a file, or a template of one (gate::Type::expand_fixture)
//   fixtures/<gate>/rules/<id>/<case>/base.*    the same file before the change, where the case is one
//   fixtures/<gate>/rules/<id>/<case>/expected  "line:column rule-id" per finding; empty where nothing may be found
// What another kind makes of its input is said by the kind (gate::Kind::render).
#include "base/path.hpp"
#include "cli/gate_run.hpp"
#include "dev/fixture_base.hpp"
#include "gate/registry.hpp"
#include "support/fixture_cases.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

const fs::path&
fixtures()
{
  static const fs::path path = test::source_directory() / "fixtures";
  return path;
}

/// A copy of the input in a directory of its own, templates made up.
Result<>
lay_out(const gate::Type& type, std::string_view rule, const fs::path& input, const fs::path& directory)
{
  std::vector<std::pair<fs::path, fs::path>> files;  // from, to
  if (fs::is_directory(input)) {
    for (const auto& entry : fs::recursive_directory_iterator(input)) {
      if (entry.is_regular_file()) {
        files.emplace_back(entry.path(), entry.path().lexically_relative(input));
      }
    }
  } else {
    files.emplace_back(input, input.filename());
  }
  for (const auto& [from, to] : files) {
    TRY_ASSIGN(const std::string text, read_file(from));
    TRY(make_directories((directory / to).parent_path()));
    TRY(write_file(directory / to, type.expand_fixture != nullptr ? type.expand_fixture(text, rule) : text));
  }
  return {};
}

/// "line:column rule" of each finding by place, "path:" before it where the input is a directory, and each gap.
std::string
text_of(const Report& report, const fs::path& input)
{
  std::vector<std::pair<Location, std::string>> lines;
  const auto add = [&](const Location& where, const Finding& finding) {
    const std::string path = fs::is_directory(input) ? where.path + ":" : "";
    lines.emplace_back(where,
                       fmt::format("{}{}:{} {}\n", path, where.begin.line, where.begin.column, finding.rule->id));
  };
  for (const Judged& judged : report.judged) {
    add(judged.finding.where, judged.finding);
    for (const RelatedPlace& place : judged.finding.related) {
      if (place.role == PlaceRole::also || place.role == PlaceRole::primary) {
        add(place.where, judged.finding);
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& [where, line] : lines) {
    text += line;
  }
  for (const JudgedGap& gap : report.gaps) {
    text += fmt::format("gap {}: {}\n", name_of(gap.gap.kind), gap.gap.subject);
  }
  return text;
}

Result<std::string>
judge(const gate::Type& type, const RuleMeta& rule, const fs::path& input)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  TRY(lay_out(type, rule.id, input, directory.path()));
  std::ostringstream out;
  std::ostringstream err;
  const gate::Info& info = type.face->info;
  std::vector<std::string> arguments{"--repo", directory.path().string(), "--preview", "all"};
  arguments.insert(arguments.end(), info.fixture_arguments.begin(), info.fixture_arguments.end());
  if (const auto base = read_file(input.parent_path() / ("base" + input.extension().string()))) {
    TRY(dev::commit_with_base(directory.path(), input.filename().string(), *base));
    arguments.insert(arguments.end(), {"--base", std::string(dev::fixture_base)});
  }
  const cli::Invocation invocation{.program = fmt::format("sluice-{}", info.name),
                                   .arguments = std::move(arguments),
                                   .environment = {{"SOURCE_DATE_EPOCH", "0"}},
                                   .directory = directory.path(),
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); }};
  cli::GateRun run(type, invocation);
  if (!cli::begin_command(run.setup, invocation, {invocation.program, "", 0, {{info.name, run.options.get()}}})) {
    return fail(ErrorKind::internal, "{}", err.str());
  }
  TRY_ASSIGN(const Report report, cli::run_to_report(run));
  return text_of(report, input);
}

void
compare(const test::FixtureCase& each, const Result<std::string>& actual)
{
  const std::string where = each.expected.parent_path().string();
  REQUIRE_MESSAGE(actual, where, ": ", actual.error().message);
  const auto expected = read_file(each.expected);
  REQUIRE_MESSAGE(expected, where, ": has no file `expected`");
  CHECK_MESSAGE(*expected == *actual, where, test::difference(*expected, *actual));
}

/// Whether a line of the expectation names the rule.
bool
names(const std::string& expected, std::string_view rule)
{
  return expected.find(fmt::format(" {}\n", rule)) != std::string::npos;
}

}  // namespace

TEST_CASE("each rule finds what its cases say, in one of them itself, and is silent in another")
{
  for (const gate::Type* type : gate::types()) {
    for (const RuleMeta* rule : type->rules) {
      const fs::path folder = fixtures() / std::string(type->face->info.name) / "rules" / std::string(rule->id);
      bool finds = false;
      bool is_silent = false;
      for (const test::FixtureCase& each : test::fixture_cases(folder)) {
        REQUIRE_MESSAGE(!each.input.empty(), folder.string(), "/", each.name, ": has no input");
        compare(each, judge(*type, *rule, each.input));
        const std::string expected = read_file(each.expected).value_or("");
        finds = finds || names(expected, rule->id);
        is_silent = is_silent || expected.empty();
      }
      CHECK_MESSAGE(finds, folder.string(), ": no case in which the rule finds something");
      CHECK_MESSAGE(is_silent, folder.string(), ": no case in which nothing is found");
    }
  }
}

TEST_CASE("each thing of every other kind makes of its cases what they say")
{
  for (const gate::Type* type : gate::types()) {
    for (const gate::Kind& kind : type->kinds) {
      if (kind.render == nullptr) {
        continue;
      }
      for (const std::string_view id : kind.ids) {
        const fs::path folder =
            fixtures() / std::string(type->face->info.name) / std::string(kind.name) / std::string(id);
        const auto cases = test::fixture_cases(folder);
        CHECK_MESSAGE(!cases.empty(), folder.string(), ": has no case");
        for (const test::FixtureCase& each : cases) {
          REQUIRE_MESSAGE(!each.input.empty(), folder.string(), "/", each.name, ": has no input");
          compare(each, kind.render(id, each.input));
        }
      }
    }
  }
}

TEST_CASE("a difference names what is missing and what is unexpected")
{
  CHECK(test::difference("a\n", "a\n").empty());
  CHECK(test::difference("a\nb\n", "b\nc\n") == "\n  missing     a\n  unexpected  c");
  CHECK_FALSE(test::difference("a\nb\n", "b\na\n").empty());
}
