// SPDX-License-Identifier: Apache-2.0
#include "finding/finding.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

namespace sluice {

Fingerprint
make_fingerprint(std::string_view rule_id, std::span<const std::string_view> parts)
{
  std::string text = fmt::format("{}:{}", rule_id.size(), rule_id);
  for (const std::string_view part : parts) {
    text += fmt::format("{}:", part.size());
    text += part;
  }
  return {to_hex(sha256(text))};
}

}  // namespace sluice
