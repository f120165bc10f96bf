// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"
#include "finding/finding.hpp"
#include "gate/source_text.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace sluice::migrations {

struct Rule;
enum class AllowScope { statement, file };

/// The comments of a file that allow what a rule finds. A line may hold thousands of statements, and a comment stand
/// above all of them: each is read once for each rule.
class AllowComments
{
public:
  /// The source must outlive it.
  explicit AllowComments(const gate::SourceText& source)
      : source_(source)
  {}

  /// A `sluice:allow[rule]` or `-- squawk-ignore rule` that covers a statement: on one of its lines or in the comment
  /// right above it.
  [[nodiscard]] std::optional<InlineAllow> of_statement(Span statement, const Rule& rule);

  /// The same for a finding about the file as a whole: in its first line, or in the comment that it begins with.
  [[nodiscard]] std::optional<InlineAllow> at_top(const Rule& rule);

  /// A `-- squawk-ignore-file` with this rule or without any, anywhere in the file.
  [[nodiscard]] std::optional<InlineAllow> in_file(const Rule& rule);

  /// How many lines were read so far, each as often as it was.
  [[nodiscard]] std::uint64_t
  lines_read() const
  {
    return lines_read_;
  }

private:
  using Place = std::pair<const Rule*, std::uint32_t>;
  [[nodiscard]] std::optional<InlineAllow> on_line(std::uint32_t number, const Rule& rule, AllowScope scope);
  [[nodiscard]] const std::optional<InlineAllow>& at_line(std::uint32_t number, const Rule& rule);
  [[nodiscard]] const std::optional<InlineAllow>& above(std::uint32_t line, const Rule& rule);

  const gate::SourceText& source_;
  std::map<Place, std::optional<InlineAllow>> at_line_;
  std::map<Place, std::optional<InlineAllow>> above_;  ///< by the line that the comment stands above
  std::map<const Rule*, std::optional<InlineAllow>> in_file_;
  std::uint64_t lines_read_ = 0;
};

}  // namespace sluice::migrations
