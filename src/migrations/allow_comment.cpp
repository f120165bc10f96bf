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

enum class AllowScope { statement, file };

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

std::optional<InlineAllow>
on_line(const gate::SourceText& source, std::uint32_t number, const Rule& rule, AllowScope scope)
{
  const std::string_view line = source.line(number);
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

/// The first line of the comment that stands right above the line, or the line itself.
std::uint32_t
with_comment_above(const gate::SourceText& source, std::uint32_t line)
{
  while (line > 1 && trim(source.line(line - 1)).starts_with("--")) {
    --line;
  }
  return line;
}

std::optional<InlineAllow>
in_lines(const gate::SourceText& source, std::uint32_t first, std::uint32_t last, const Rule& rule)
{
  gate::MarkChoice choice;
  for (std::uint32_t line = first; line <= last && !choice.is_best(); ++line) {
    choice.add(on_line(source, line, rule, AllowScope::statement));
  }
  return choice.take();
}

}  // namespace

std::optional<InlineAllow>
allow_comment(const gate::SourceText& source, Span statement, const Rule& rule)
{
  return in_lines(source, with_comment_above(source, source.position(statement.begin).line),
                  source.position(statement.end).line, rule);
}

std::optional<InlineAllow>
allow_comment_at_top(const gate::SourceText& source, const Rule& rule)
{
  std::uint32_t last = 1;
  while (last < source.line_count() && trim(source.line(last + 1)).starts_with("--")
         && trim(source.line(last)).starts_with("--")) {
    ++last;
  }
  return in_lines(source, 1, last, rule);
}

std::optional<InlineAllow>
file_allow_comment(const gate::SourceText& source, const Rule& rule)
{
  if (source.text().find("squawk-ignore-file") == std::string_view::npos) {
    return std::nullopt;
  }
  for (std::uint32_t line = 1; line <= source.line_count(); ++line) {
    if (auto allow = on_line(source, line, rule, AllowScope::file)) {
      return allow;
    }
  }
  return std::nullopt;
}

}  // namespace sluice::migrations
