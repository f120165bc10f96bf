// SPDX-License-Identifier: Apache-2.0
//
// A secret that a gate looks for is one; a secret that happens to stand in a file name, in the reason of a comment or
// in the value that an error quotes is another, and every gate meets it. Were each gate to hide it, each would forget
// one field. So gates write texts as they are, and none of them reaches anybody who shows it before it went through a
// redactor: the types `RawReport` and `Report` (report.hpp) see to it, and texts.hpp names every text once.
#pragma once

#include "base/span.hpp"

#include <string>
#include <string_view>

namespace sluice {

/// What a text is, which decides what of it may be hidden.
enum class TextKind {
  prose,  ///< messages, errors: whatever any rule sees
  line,   ///< a line of an examined text, or a reason that somebody gave: that, and values that look random
  name,   ///< of a file, branch, tag, person or object, by which it must stay findable: real credentials only
  run,    ///< what a report says that has nothing to tell: as `prose`, and almost always nothing is there
};

class Redactor
{
public:
  Redactor() = default;
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;
  virtual ~Redactor() = default;

  /// The text as it may be shown. Of any bytes; never fails: what it cannot judge it hides whole. What it returned once
  /// it returns unchanged. Safe to call from several threads.
  [[nodiscard]] std::string
  redacted(std::string_view text, TextKind kind) const
  {
    Span none;
    return redacted(text, kind, none);
  }
  /// The same of a text a piece of which has to be found again: `piece` becomes where it is in what is returned,
  /// widened by the whole of what stands for a secret that it reaches into.
  [[nodiscard]] virtual std::string redacted(std::string_view text, TextKind kind, Span& piece) const = 0;
};

}  // namespace sluice
