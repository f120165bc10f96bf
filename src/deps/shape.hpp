// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

/// Whether a part of a document is of the kind that its format has there, or left out. If it is another, the file is
/// refused: a walk over it would find nothing where there was something.
[[nodiscard]] inline bool
has_shape(Value part, Data::Kind kind, PackageList& list)
{
  if (part.kind() == Data::Kind::null || part.kind() == kind) {
    return true;
  }
  list.refuse(GapKind::unparsable, part.line(),
              kind == Data::Kind::list ? "there is something else where a list must be"
                                       : "there is something else where a table must be");
  return false;
}

/// Likewise of every item or member of a part.
[[nodiscard]] inline bool
have_shape(Value parts, Data::Kind kind, PackageList& list)
{
  for (const Value part : parts) {
    if (!has_shape(part, kind, list)) {
      return false;
    }
  }
  return true;
}

}  // namespace sluice::deps
