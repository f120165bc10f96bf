// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/marks.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace sluice::gate {

/// Finds the marks that allow what is in a text. A text may hold a hundred thousand secrets, many of them on a line:
/// what their line and those above it say is read once for each rule.
class MarkReader
{
public:
  /// The text must outlive it.
  MarkReader(std::string_view text, PeerMarks peers)
      : text_(text),
        peers_(peers)
  {}

  /// The mark that allows what begins at `offset`: on its line, on the line before, or on the line before the block in
  /// which it lies. Of several one that names the rule and gives a reason goes before others.
  [[nodiscard]] std::optional<InlineAllow> allow_at(std::size_t offset, std::string_view rule_id);

  /// Bytes that were looked at, which does not depend on the machine.
  [[nodiscard]] std::uint64_t
  work() const
  {
    return work_;
  }

private:
  /// A mark for the line below it, which may open a block.
  struct MarkAbove
  {
    std::size_t line = 0;  ///< above the one of the finding; 0 is the nearest
    InlineAllow allow;
  };
  /// What a line and those above say of one rule.
  struct LineMarks
  {
    std::optional<InlineAllow> best;     ///< on it or right above it
    std::vector<MarkAbove> over_blocks;  ///< the nearest first
  };

  void go_to(std::string_view line);
  [[nodiscard]] LineMarks read(std::string_view rule_id);

  std::string_view text_;
  PeerMarks peers_;
  std::string_view line_;
  std::vector<std::string_view> above_;          ///< it, the nearest first; empty if no mark can be there
  std::map<std::string_view, LineMarks> marks_;  ///< of it, by rule
  std::uint64_t work_ = 0;
};

/// The same of a single place.
[[nodiscard]] std::optional<InlineAllow> allow_at(std::string_view text, std::size_t offset, std::string_view rule_id,
                                                  PeerMarks peers);

}  // namespace sluice::gate
