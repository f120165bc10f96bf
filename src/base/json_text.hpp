// SPDX-License-Identifier: Apache-2.0
//
// JSON for standard output, where it may run through the log of a CI: nothing in it can be a command there ("##[…]"),
// whatever a package is called. What makes text for people harmless would make this no JSON.
#pragma once

#include "base/json.hpp"
#include "base/text.hpp"

#include <string>

namespace sluice {

/// On one line.
[[nodiscard]] inline std::string
json_line(const Json& json)
{
  return replace_all(json.dump(std::nullopt, JsonText::ascii), "##", "#\\u0023") + "\n";
}

/// On many.
[[nodiscard]] inline std::string
json_text(const Json& json)
{
  return replace_all(json.dump(2, JsonText::ascii), "##", "#\\u0023") + "\n";
}

/// What a value says that ought to be a text; nothing if it is none.
[[nodiscard]] inline std::string
text_of(const Json& json)
{
  return json.text() == nullptr ? std::string() : *json.text();
}

}  // namespace sluice
