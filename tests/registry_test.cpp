// SPDX-License-Identifier: Apache-2.0
//
// What must hold of every rule of every gate.
#include "migrations/gate.hpp"
#include "secrets/gate.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

const fs::path root = test::source_directory();

std::vector<const RuleMeta*>
all_rules()
{
  std::vector<const RuleMeta*> all;
  for (const auto rules : {secrets::SecretsGate::rule_metas(), migrations::MigrationsGate::rule_metas()}) {
    all.insert(all.end(), rules.begin(), rules.end());
  }
  return all;
}

bool
has_file(const fs::path& folder, std::string_view stem)
{
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().stem() == stem && entry.path().extension() != ".expected") {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("there are rules, and ids are unique over all tools and kebab-case")
{
  std::set<std::string_view> ids;
  for (const RuleMeta* rule : all_rules()) {
    CAPTURE(std::string(rule->id));
    CHECK(ids.insert(rule->id).second);
    CHECK(rule->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK_FALSE(rule->id.starts_with('-'));
    CHECK_FALSE(rule->id.ends_with('-'));
    CHECK(rule->id.find("--") == std::string_view::npos);
  }
  CHECK(secrets::SecretsGate::rule_metas().size() >= 60);
  CHECK(migrations::MigrationsGate::rule_metas().size() >= 10);
}

TEST_CASE("every rule has a title, a version and documentation under the fixed headings")
{
  for (const RuleMeta* rule : all_rules()) {
    CAPTURE(std::string(rule->id));
    CHECK_FALSE(rule->title.empty());
    CHECK_FALSE(rule->title.ends_with('.'));
    CHECK(rule->since.find_first_not_of("0123456789.") == std::string_view::npos);
    const std::size_t what = rule->doc.find("## What it does\n");
    const std::size_t why = rule->doc.find("## Why\n");
    const std::size_t instead = rule->doc.find("## Instead\n");
    CHECK(what != std::string_view::npos);
    CHECK(what < why);
    CHECK(why < instead);
    CHECK(instead != std::string_view::npos);
  }
}

TEST_CASE("rule files, rules and fixture folders are the same set")
{
  const std::map<std::string, std::string> extension{{"secrets", ".yml"}, {"migrations", ".cpp"}};
  for (const auto& gate : extension) {
    const std::string& tool = gate.first;
    std::set<std::string> rules;
    std::set<std::string> files;
    std::set<std::string> fixtures;
    for (const RuleMeta* rule : all_rules()) {
      if (rule->tool == tool) {
        rules.emplace(rule->id);
      }
    }
    for (const auto& entry : fs::directory_iterator(root / "src" / tool / "rules")) {
      CHECK(entry.path().extension() == gate.second);
      files.insert(entry.path().stem().string());
    }
    for (const auto& entry : fs::directory_iterator(root / "fixtures" / tool)) {
      fixtures.insert(entry.path().filename().string());
    }
    CAPTURE(tool);
    CHECK(rules == files);
    CHECK(rules == fixtures);
  }
}

TEST_CASE("every fixture folder has bad, bad.expected and good")
{
  for (const RuleMeta* rule : all_rules()) {
    const fs::path folder = root / "fixtures" / std::string(rule->tool) / std::string(rule->id);
    CAPTURE(folder.string());
    CHECK(has_file(folder, "bad"));
    CHECK(has_file(folder, "good"));
    CHECK(fs::exists(folder / "bad.expected"));
  }
}
