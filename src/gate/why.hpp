// SPDX-License-Identifier: Apache-2.0
//
// Why a rule did not fire. A gate that is asked `--why RULE FILE` does what it does in every run, and its few places
// of decision tell a `Decisions` about it. Everywhere else the pointer to that is null: a run that nobody asks pays for
// a comparison, and its rules know no printing.
//
//   if (decisions != nullptr) {
//     decisions->note(place, "entropy", fmt::format("{:.1f} bits a character, and {:.1f} are wanted", …));
//   }
#pragma once

#include "finding/location.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

/// Steps that mean the same in every gate. A gate has its own beside them: `candidate`, `window`, `entropy`,
/// `placeholder` and `overlap` of secrets, `new-table` and `replayed` of migrations.
namespace step {
inline constexpr std::string_view disabled{"disabled"};  ///< the rule is not applied at all
inline constexpr std::string_view skipped{"skipped"};    ///< the rule is not applied here
inline constexpr std::string_view outside{"outside"};    ///< nothing that the rule looks at
inline constexpr std::string_view spared{"spared"};      ///< looked at and found harmless
inline constexpr std::string_view reported{"reported"};
inline constexpr std::string_view allowed{"allowed"};  ///< reported, and a comment allows it
}  // namespace step

/// One step on the way to a finding or to none.
struct Decision
{
  Position where;    ///< {0, 0}: the file as a whole
  std::string step;  ///< kebab-case, so that it can be searched for
  std::string what;  ///< a clause without a final stop; may quote untrusted text, never a secret
};

/// What was decided about one file. Keeps the first 20,000 decisions and counts the others.
class Decisions
{
public:
  void note(Position where, std::string_view step, std::string what);

  [[nodiscard]] std::span<const Decision>
  all() const
  {
    return all_;
  }
  [[nodiscard]] std::size_t
  left_out() const
  {
    return left_out_;
  }

private:
  std::vector<Decision> all_;
  std::size_t left_out_ = 0;
};

/// By place, and those of one place in the order in which they were made; a line each, safe to print:
///
///   3:1   statement  ALTER TABLE orders DROP COLUMN note
///   3:20  new-table  orders was there before the change
///         reported   Dropping orders.note loses …
[[nodiscard]] std::string text_of(const Decisions& decisions);

}  // namespace sluice::gate
