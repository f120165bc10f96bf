// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <string>

namespace sluice::deps {

/// A document for standard output, where it may run through the log of a CI: nothing in it can be a command there
/// ("##[…]"), whatever a package is called, and it stays the same JSON.
[[nodiscard]] inline std::string
document_text(const Json& document)
{
  return replace_all(document.dump(2, JsonText::ascii), "##", "#\\u0023") + "\n";
}

/// 64 hexadecimal digits of what a document says, for its identity.
[[nodiscard]] inline std::string
content_digest(const Json& document)
{
  return to_hex(sha256(document.dump()));
}

}  // namespace sluice::deps
