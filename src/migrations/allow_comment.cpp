// SPDX-License-Identifier: Apache-2.0
#include "migrations/allow_comment.hpp"

#include "base/text.hpp"
#include "gate/marks.hpp"
#include "migrations/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

constexpr std::string_view squawk_mark = "-- squawk-ignore";

bool
is_named(std::string_view list, std::string_view squawk_names)
{
  const std::vector<std::string_view> names = split(squawk_names, ' ');
  const std::vector<std::string_view> listed = split(list, ',');
  return std::any_of(listed.begin(), listed.end(), [&names](std::string_view entry) {
    const std::string_view name = trim(entry);
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
  });
}

std::optional<InlineAllow>
squawk_allow(std::string_view line, const Rule& rule, AllowScope scope)
{
  const std::size_t at = line.find(squawk_mark);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view list = line.substr(at + squawk_mark.size());
  const bool of_file = list.starts_with("-file");
  if (of_file != (scope == AllowScope::file)) {
    return std::nullopt;
  }
  list = trim(list.substr(of_file ? 5 : 0));
  const bool all = of_file && list.empty();
  if (!all && !is_named(list, rule.squawk)) {
    return std::nullopt;
  }
  return InlineAllow{.reason = fmt::format("squawk-ignore {}", list),
                     .where = {0, static_cast<std::uint32_t>(at + 1)},
                     .owner = MarkOwner::peer};
}

bool
is_comment(std::string_view line)
{
  return trim(line).starts_with("--");
}

}  // namespace

std::optional<InlineAllow>
AllowComments::on_line(std::uint32_t number, const Rule& rule, AllowScope scope)
{
  const std::string_view line = source_.line(number);
  ++lines_read_;
  gate::MarkChoice choice;
  if (scope == AllowScope::statement) {
    choice.add(gate::inline_allow(line, rule.meta.id, gate::PeerMarks::none));
    // The comment above a statement counts as it is; whoever writes the other form there means the same.
    choice.add(gate::next_line_allow(line, rule.meta.id, gate::PeerMarks::none));
  }
  choice.add(squawk_allow(line, rule, scope));
  auto allow = choice.take();
  if (allow) {
    allow->where.line = number;
  }
  return allow;
}

const std::optional<InlineAllow>&
AllowComments::at_line(std::uint32_t number, const Rule& rule)
{
  const auto [entry, added] = at_line_.try_emplace({&rule, number});
  if (added) {
    entry->second = on_line(number, rule, AllowScope::statement);
  }
  return entry->second;
}

/// Of the comment that stands right above the line.
const std::optional<InlineAllow>&
AllowComments::above(std::uint32_t line, const Rule& rule)
{
  const auto [entry, added] = above_.try_emplace({&rule, line});
  if (added) {
    std::uint32_t first = line;
    while (first > 1 && is_comment(source_.line(first - 1))) {
      --first;
    }
    gate::MarkChoice choice;
    for (; first < line && !choice.is_best(); ++first) {
      choice.add(at_line(first, rule));
    }
    entry->second = choice.take();
  }
  return entry->second;
}

std::optional<InlineAllow>
AllowComments::of_statement(Span statement, const Rule& rule)
{
  const std::uint32_t first = source_.position(statement.begin).line;
  const std::uint32_t last = source_.position(statement.end).line;
  gate::MarkChoice choice;
  choice.add(above(first, rule));
  for (std::uint32_t line = first; line <= last && !choice.is_best(); ++line) {
    choice.add(at_line(line, rule));
  }
  return choice.take();
}

std::optional<InlineAllow>
AllowComments::at_top(const Rule& rule)
{
  gate::MarkChoice choice;
  choice.add(at_line(1, rule));
  for (std::uint32_t line = 2; line <= source_.line_count() && is_comment(source_.line(line - 1))
                               && is_comment(source_.line(line)) && !choice.is_best();
       ++line) {
    choice.add(at_line(line, rule));
  }
  return choice.take();
}

std::optional<InlineAllow>
AllowComments::in_file(const Rule& rule)
{
  const auto [entry, added] = in_file_.try_emplace(&rule);
  if (!added || source_.text().find("squawk-ignore-file") == std::string_view::npos) {
    return entry->second;
  }
  for (std::uint32_t line = 1; line <= source_.line_count() && !entry->second; ++line) {
    entry->second = on_line(line, rule, AllowScope::file);
  }
  return entry->second;
}

}  // namespace sluice::migrations
