// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

/// What a plan calls a migration: its file without what comes behind the first dot, or its directory where the files
/// of all are called the same (Prisma's migration.sql).
std::string_view
name_of_migration(std::string_view path)
{
  constexpr std::array<std::string_view, 4> generic{"migration", "up", "down", "index"};
  const std::size_t slash = path.rfind('/');
  const std::string_view file = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  const std::string_view stem = file.substr(0, file.find('.'));
  const bool is_generic = std::find(generic.begin(), generic.end(), stem) != generic.end();
  if (!is_generic || slash == std::string_view::npos) {
    return stem;
  }
  const std::string_view directory = path.substr(0, slash);
  const std::size_t before = directory.rfind('/');
  return directory.substr(before == std::string_view::npos ? 0 : before + 1);
}

std::vector<std::string>
migrations_of(const Situation& situation)
{
  const auto evidence = newest_evidence(situation, "migrations");
  if (!evidence || !evidence->migrations || evidence->migrations->files == 0) {
    return {};
  }
  return pending_migrations(situation, *evidence->migrations).value_or(evidence->migrations->paths);
}

std::vector<std::string>
left_out(const Situation& situation, std::string_view plan)
{
  std::vector<std::string> missing;
  for (const std::string& path : migrations_of(situation)) {
    if (path.find(".down.") == std::string::npos && plan.find(name_of_migration(path)) == std::string_view::npos) {
      missing.push_back(printable(path));
    }
  }
  return missing;
}

Ruling
judge_plan(const Situation& situation, const std::string& plan)
{
  const std::string& path = situation.stage.rollback_plan;
  if (trim(plan).empty()) {
    return {
        .answer = Answer::no, .why = fmt::format("{} is empty", printable(path)), .fix = "Write down how to go back"};
  }
  auto missing = left_out(situation, plan);
  if (!missing.empty()) {
    constexpr std::size_t most = 5;
    const std::size_t more = missing.size() - std::min(most, missing.size());
    missing.resize(missing.size() - more);
    return {.answer = Answer::no,
            .why = fmt::format("{} does not say how to go back behind {}{}", printable(path), join(missing, ", "),
                               more > 0 ? fmt::format(" and {} more", more) : ""),
            .fix = "Write down for each migration how to take it back, or that it cannot be"};
  }
  return {.why = fmt::format("{} says how to go back", printable(path))};
}

std::vector<Ruling>
judge(const Situation& situation)
{
  const std::string& path = situation.stage.rollback_plan;
  if (path.empty()) {
    return {};
  }
  const auto plan = file_of(situation, situation.commit, path);
  if (!plan) {
    return {{.answer = Answer::unavailable, .why = plan.error().message}};
  }
  if (!*plan) {
    return {{.answer = Answer::no,
             .why = fmt::format("there is no {} in {}", printable(path), situation.commit),
             .fix = fmt::format("Write down in {} how to go back", printable(path))}};
  }
  return {judge_plan(situation, **plan)};
}

}  // namespace

extern const Check check_rollback_plan{
    .id = "rollback-plan",
    .topic = Topic::release,
    .title = "a plan for the way back",
    .doc = "The file that `rollback_plan` names must be in the commit, hold something, and name every migration that "
           "the change brings, as the migrations gate and git see them.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
