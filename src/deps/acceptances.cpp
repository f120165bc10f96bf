// SPDX-License-Identifier: Apache-2.0
#include "deps/acceptances.hpp"

#include <fmt/format.h>

namespace sluice::deps {

bool
has_expired(std::string_view expires, Date today)
{
  const auto last = parse_date(expires);
  return last && *last < today;
}

OwnRuling
ruling_of(const Acceptance& acceptance)
{
  return {OwnRuling::Kind::ignore,
          fmt::format("{} (until {}, {})", acceptance.reason, acceptance.expires, acceptance.origin)};
}

std::string
notice_of(const Acceptance& acceptance, std::string_view what, bool is_used, Date today)
{
  const bool is_over = has_expired(acceptance.expires, today);
  if (is_used && !is_over) {
    return {};
  }
  const std::string day = is_over ? fmt::format(" expired on {}", acceptance.expires) : "";
  return fmt::format("{}: {}{} (reason given: {})", acceptance.origin, what,
                     is_used ? day : " covers nothing" + (is_over ? " and" + day : ""), acceptance.reason);
}

}  // namespace sluice::deps
