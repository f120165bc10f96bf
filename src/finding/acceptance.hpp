// SPDX-License-Identifier: Apache-2.0
//
// How a finding can be accepted in the run that reports it, in words. The one source of that advice: a way that is
// printed must be a way that works, and which do depends on whose configuration counts.
#pragma once

#include "base/enum_names.hpp"
#include "finding/finding.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Which comments in the examined text count.
enum class InlineComments {
  honour,  ///< all, the peers' and those without a reason too
  own,     ///< `sluice:allow[rule] reason` alone
  ignore,
};

template<> struct EnumNames<InlineComments>
{
  static constexpr std::array<std::string_view, 3> names{"honour", "own", "ignore"};
};

/// What of a run's configuration accepts findings.
struct Acceptance
{
  InlineComments comments = InlineComments::honour;
  std::string configuration = ".sluice.yml";  ///< as it is named; empty: no configuration accepts anything
  std::string baseline;                       ///< as it is named; empty if there is none
  std::string branch;  ///< whose files these are: "main", "the default branch"; empty: those on disk
};

/// Where a comment that allows a finding can stand.
enum class CommentPlace {
  nowhere,      ///< the text can be changed no more
  line,         ///< on the line
  line_before,  ///< only above: the finding begins a block, or lies in one
};

[[nodiscard]] CommentPlace comment_place(const Finding& finding);

/// What an entry has to name beside the fingerprint: that of a weak secret is shared by others.
enum class EntryNames { fingerprint, path_too };

[[nodiscard]] EntryNames entry_names(const Finding& finding);

/// Of whom advice is asked.
struct AdviceOn
{
  std::string rule = "RULE";
  std::string entry = "its fingerprint";  ///< what an entry has to name
  CommentPlace place = CommentPlace::line;
  EntryNames names = EntryNames::fingerprint;
};

/// A piece of a sentence; code is shown as such.
struct AdvicePart
{
  enum class Kind { word, code } kind = Kind::word;
  std::string text;
};

/// A sentence without beginning and final stop, that goes on from "To accept it:". Its texts are not escaped.
[[nodiscard]] std::vector<AdvicePart> how_to_accept(const Acceptance& acceptance, const AdviceOn& on);

/// The same with code between backticks.
[[nodiscard]] std::string text_of(const std::vector<AdvicePart>& parts);

}  // namespace sluice
