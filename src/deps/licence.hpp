// SPDX-License-Identifier: Apache-2.0
//
// What a package says of its licence. An expression of SPDX (spdx.github.io/spdx-spec, version 2.3 annex D and 3.0
// annex B) has licences, AND, OR, WITH and parentheses; lockfiles and bills of materials hold that, what it was called
// before ("MIT/Apache-2.0" of Cargo), and whatever somebody wrote. The grammar is read as it is, and a licence may be
// several words: "Apache 2.0 OR MIT" is a choice of a name that is not on the list and one that is. What that name
// means is asked of a small table and otherwise nobody's to guess: it is a part of the expression that is not known,
// and where a choice does without it, it does no harm.
//
// The expression is kept in postfix order, so that it is read and judged in a loop, however deep it is.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::size_t max_licence_bytes = 4096;

/// A licence that an expression names.
struct LicenceTerm
{
  enum class Kind {
    listed,     ///< of SPDX's list
    reference,  ///< LicenseRef-…, whose text only the document has
    unknown,
  };

  Kind kind = Kind::unknown;
  std::string id;         ///< "GPL-2.0-or-later" also for "gpl-2.0+"; of what is unknown what is written
  std::string exception;  ///< what is behind WITH; may be empty
  std::string written;    ///< as it is written, "gpl-2.0+ with classpath-exception-2.0"

  /// "GPL-2.0-only WITH Classpath-exception-2.0".
  [[nodiscard]] std::string text() const;
};

struct LicenceExpression
{
  enum class Kind { term, all, any };
  struct Step
  {
    Kind kind = Kind::term;
    LicenceTerm term;  ///< of `all` and `any`, which join the two before them, empty
  };

  std::vector<Step> steps;  ///< in postfix order, never empty
  std::vector<std::string>
      read_as;  ///< what was taken for something that is not written: "\"Apache 2.0\" as Apache-2.0"
};

/// Errors (ErrorKind::input) say why in a clause that follows on the text: "is no expression of licences".
[[nodiscard]] Result<LicenceExpression> parse_licence(std::string_view text);

}  // namespace sluice::deps
