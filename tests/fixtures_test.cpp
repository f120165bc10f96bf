// SPDX-License-Identifier: Apache-2.0
//
// Every fixture of every kind of every gate. A rule's cases are judged by the gate itself, all its rules applied:
//   fixtures/<gate>/rules/<id>/<case>/input.*   a file, or a template of one (gate::Type::expand_fixture)
//   fixtures/<gate>/rules/<id>/<case>/base.*    the same file before the change, where the case is one
//   fixtures/<gate>/rules/<id>/<case>/expected  "line:column rule-id" per finding; empty where nothing may be found
// What another kind makes of its input is said by the kind (gate::Kind::render).
#include "base/path.hpp"
#include "dev/fixture.hpp"
#include "gate/registry.hpp"
#include "support/difference.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

const fs::path&
fixtures()
{
  static const fs::path path = test::source_directory() / "fixtures";
  return path;
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
  TRY_ASSIGN(const Report report, dev::judge_fixture(type, rule.id, input, "all"));
  return text_of(report, input);
}

void
compare(const dev::FixtureCase& each, const Result<std::string>& actual)
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
      for (const dev::FixtureCase& each : dev::fixture_cases(folder)) {
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
        const auto cases = dev::fixture_cases(folder);
        CHECK_MESSAGE(!cases.empty(), folder.string(), ": has no case");
        for (const dev::FixtureCase& each : cases) {
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
