// SPDX-License-Identifier: Apache-2.0
#include "env/stage.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sluice::env {

namespace {

constexpr std::array<std::pair<std::string_view, Stage>, 27> words{{{"production", Stage::production},
                                                                    {"prod", Stage::production},
                                                                    {"prd", Stage::production},
                                                                    {"live", Stage::production},
                                                                    {"staging", Stage::staging},
                                                                    {"stage", Stage::staging},
                                                                    {"stg", Stage::staging},
                                                                    {"uat", Stage::staging},
                                                                    {"qa", Stage::staging},
                                                                    {"preprod", Stage::staging},
                                                                    {"preproduction", Stage::staging},
                                                                    {"integration", Stage::staging},
                                                                    {"sandbox", Stage::staging},
                                                                    {"preview", Stage::preview},
                                                                    {"review", Stage::preview},
                                                                    {"pr", Stage::preview},
                                                                    {"test", Stage::test},
                                                                    {"testing", Stage::test},
                                                                    {"ci", Stage::test},
                                                                    {"e2e", Stage::test},
                                                                    {"local", Stage::local},
                                                                    {"localhost", Stage::local},
                                                                    {"dev", Stage::local},
                                                                    {"devel", Stage::local},
                                                                    {"develop", Stage::local},
                                                                    {"development", Stage::local},
                                                                    {"docker", Stage::local}}};

Stage
stage_of_word(std::string_view word)
{
  for (const auto& [name, stage] : words) {
    if (word == name) {
      return stage;
    }
  }
  return Stage::unknown;
}

constexpr std::array<std::string_view, 13> of_tests{"test",     "tests",  "testing",  "spec",     "specs",
                                                    "e2e",      "mocks",  "testdata", "fixtures", "cypress",
                                                    "conftest", "vitest", "jest"};
constexpr std::array<std::string_view, 4> of_development{"dev", "devel", "development", "local"};

}  // namespace

bool
is_stage_word(std::string_view name)
{
  return stage_of_word(to_lower(name)) != Stage::unknown;
}

Stage
stage_of_path(std::string_view path)
{
  std::string parts = to_lower(path);
  for (char& c : parts) {
    c = is_any_of(c, "_.-") ? '/' : c;
  }
  Stage found = Stage::unknown;
  for (const std::string_view word : split(parts, '/')) {
    if (is_one_of(word, of_tests)) {
      return Stage::test;
    }
    found = is_one_of(word, of_development) ? Stage::local : found;
  }
  return found;
}

Stage
stage_of(std::string_view environment)
{
  std::string name = to_lower(environment);
  if (name.starts_with("pre-prod") || name.starts_with("pre_prod") || name.starts_with("non-prod")) {
    return Stage::staging;
  }
  for (char& c : name) {
    c = c == '_' || c == '.' || c == '/' || c == ' ' ? '-' : c;
  }
  // What says "local" is of one machine, whatever else it says: ".env.production.local".
  Stage found = Stage::unknown;
  for (const std::string_view word : split(name, '-')) {
    const Stage stage = stage_of_word(word);
    found = stage == Stage::local || found == Stage::unknown ? (stage == Stage::unknown ? found : stage) : found;
  }
  return found;
}

}  // namespace sluice::env
