// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/change.hpp"
#include "promote/evidence/gate_asking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice::promote {

namespace {

Ruling
unread(const Error& error)
{
  return {.answer = Answer::unavailable, .why = error.message, .fix = "with:\n  fetch-depth: 0"};
}

/// Whether a line that is not blank is there more often than it was: what only loses lines tells nobody anything.
bool
has_new_line(std::string_view before, std::string_view now)
{
  std::map<std::string_view, int> more;
  for (const std::string_view line : lines_of(now)) {
    ++more[trim(line)];
  }
  for (const std::string_view line : lines_of(before)) {
    --more[trim(line)];
  }
  return std::any_of(more.begin(), more.end(), [](const auto& line) { return !line.first.empty() && line.second > 0; });
}

Ruling
ask(const Situation& situation, const Gate& gate)
{
  const std::string& path = gate.changelog;
  const auto now = file_of(situation, situation.commit, path);
  if (!now) {
    return unread(now.error());
  }
  if (!*now) {
    return {.answer = Answer::no,
            .why = fmt::format("there is no {} in {}", printable(path), situation.commit),
            .fix = fmt::format("Write {}", printable(path))};
  }
  if (trim(**now).empty()) {
    return {.answer = Answer::no,
            .why = fmt::format("{} is empty in {}", printable(path), situation.commit),
            .fix = fmt::format("Write {}", printable(path))};
  }
  const auto& live = situation.here().live;
  if (!live || live->commit == situation.commit) {
    return {.why = fmt::format("{} is there, and nothing else is live to compare it with", printable(path))};
  }
  const auto before = file_of(situation, live->commit, path);
  if (!before) {
    return unread(before.error());
  }
  if (*before == *now) {
    return {.answer = Answer::no,
            .why = fmt::format("{} has not changed since {}, which is live", printable(path), printable(live->commit)),
            .fix = fmt::format("Write into {} what this release changes", printable(path))};
  }
  if (!has_new_line(before->value_or(""), **now)) {
    return {.answer = Answer::no,
            .why = fmt::format("{} has no line that it did not have in {}, which is live", printable(path),
                               printable(live->commit)),
            .fix = fmt::format("Write into {} what this release changes", printable(path))};
  }
  return {.why = fmt::format("{} has changed since what is live", printable(path))};
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.changelog.empty(); }, ask);
}

}  // namespace

extern const Check check_changelog{
    .id = "changelog",
    .topic = Topic::release,
    .title = "written down in the changelog",
    .doc = "A gate with `changelog` compares the file in the commit with that of the release that is live, and wants a "
           "line that was not there: whoever reads it must learn what comes in.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
