// SPDX-License-Identifier: Apache-2.0
//
// What must hold of every gate, rule and thing of a kind, whatever the gate.
#include "base/path.hpp"
#include "base/text.hpp"
#include "dev/fixture.hpp"
#include "gate/registry.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

const fs::path&
root()
{
  static const fs::path path = test::source_directory();
  return path;
}

std::vector<const RuleMeta*>
all_rules()
{
  std::vector<const RuleMeta*> all;
  for (const gate::Type* type : gate::types()) {
    all.insert(all.end(), type->rules.begin(), type->rules.end());
  }
  return all;
}

bool
is_kebab(std::string_view id)
{
  return !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos
         && !id.starts_with('-') && !id.ends_with('-') && id.find("--") == std::string_view::npos;
}

std::set<std::string>
stems_in(const fs::path& directory)
{
  std::set<std::string> stems;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    stems.insert(entry.path().stem().string());
  }
  return stems;
}

/// The ids of a kind, of rules too.
std::set<std::string>
ids_of(const gate::Type& type, const gate::Kind& kind)
{
  std::set<std::string> ids(kind.ids.begin(), kind.ids.end());
  if (kind.name == "rules") {
    for (const RuleMeta* rule : type.rules) {
      ids.emplace(rule->id);
    }
  }
  return ids;
}

}  // namespace

TEST_CASE("rule ids are unique over all gates and kebab-case, and every executable knows them")
{
  std::set<std::string_view> ids;
  for (const RuleMeta* rule : all_rules()) {
    CAPTURE(std::string(rule->id));
    CHECK(ids.insert(rule->id).second);
    CHECK(is_kebab(rule->id));
    CHECK(gate::tool_of_rule(rule->id) == rule->tool);
  }
  CHECK(ids.size() == gate::known_rules().size());
}

TEST_CASE("gates are listed by name wherever they are listed")
{
  const auto types = gate::types();
  REQUIRE(types.size() == gate::faces().size());
  REQUIRE(types.size() == gate::known_gates().size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    CHECK(types[i]->face == gate::faces()[i]);
    CHECK(types[i]->face->info.name == gate::known_gates()[i]);
    CHECK(static_cast<bool>(types[i]->run));
  }
  CHECK(std::is_sorted(gate::known_gates().begin(), gate::known_gates().end()));
}

TEST_CASE("every gate introduces itself")
{
  for (const gate::Type* type : gate::types()) {
    const gate::Info& info = type->face->info;
    CAPTURE(std::string(info.name));
    CHECK(is_kebab(info.name));
    CHECK(info.question.ends_with('?'));
    CHECK(info.description.ends_with('.'));
    CHECK_FALSE(info.examples.empty());
    for (const RuleMeta* rule : type->rules) {
      CHECK(rule->tool == info.name);
    }
  }
}

TEST_CASE("whoever asks for http can have it made")
{
  for (const gate::Type* type : gate::types()) {
    bool asks = type->face->info.needs.http;
    for (const gate::Command& command : type->commands) {
      asks = asks || command.needs.http;
    }
    CHECK(asks == (type->make_http != nullptr));
  }
}

TEST_CASE("every rule has a title, a version and documentation")
{
  for (const RuleMeta* rule : all_rules()) {
    CAPTURE(std::string(rule->id));
    CHECK_FALSE(rule->title.empty());
    CHECK_FALSE(rule->title.ends_with('.'));
    CHECK(rule->since.find_first_not_of("0123456789.") == std::string_view::npos);
    CHECK_FALSE(rule->doc.what.empty());
    CHECK_FALSE(rule->doc.why.empty());
    CHECK_FALSE(rule->doc.instead.empty());
    for (const std::string_view reference : rule->doc.references) {
      CHECK(reference.starts_with("https://"));
    }
  }
}

TEST_CASE("files, things and fixture folders of a kind are the same set, for every kind of every gate")
{
  for (const gate::Type* type : gate::types()) {
    const std::string gate(type->face->info.name);
    std::set<std::string> kinds;
    for (const gate::Kind& kind : type->kinds) {
      const std::string name(kind.name);
      CAPTURE(gate + "/" + name);
      kinds.insert(name);
      const std::set<std::string> ids = ids_of(*type, kind);
      CHECK(ids == stems_in(root() / "src" / (kind.room.empty() ? gate : std::string(kind.room)) / name));
      CHECK(ids == stems_in(root() / "fixtures" / gate / name));
    }
    CHECK(kinds == stems_in(root() / "fixtures" / gate));
  }
}

TEST_CASE("every fixture case has an input and says what is expected")
{
  for (const gate::Type* type : gate::types()) {
    for (const gate::Kind& kind : type->kinds) {
      for (const std::string& id : ids_of(*type, kind)) {
        const fs::path folder = root() / "fixtures" / std::string(type->face->info.name) / std::string(kind.name) / id;
        CAPTURE(folder.string());
        const auto cases = dev::fixture_cases(folder);
        CHECK_FALSE(cases.empty());
        for (const dev::FixtureCase& each : cases) {
          CAPTURE(each.name);
          CHECK_FALSE(each.input.empty());
          CHECK(fs::exists(each.expected));
        }
      }
    }
  }
}

TEST_CASE("nothing of a template is left to fill in")
{
  // In two words, so that this file does not find itself.
  const std::string mark = std::string("FILL") + " IN";
  const std::string compact = std::string("FILL") + "-IN";
  for (const char* folder : {"src", "fixtures", "docs", "tests", "cmake"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
      if (entry.path().filename() == "new_rule_test.py" || entry.path().filename() == "new_gate_test.py"
          || !entry.is_regular_file()) {
        continue;
      }
      const std::string text = read_file(entry.path()).value_or("");
      const bool is_left = text.find(mark) != std::string::npos || text.find(compact) != std::string::npos;
      CHECK_MESSAGE(!is_left, entry.path().string());
    }
  }
}
