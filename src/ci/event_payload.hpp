// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace sluice::ci {

/// What a range needs of a GitHub webhook payload (docs.github.com, "Webhook events and payloads"). Ids are lower-case
/// hexadecimal; empty, also if only zeros, where the payload does not say.
struct EventPayload
{
  bool empty = false;  ///< `{}`, which act hands over when it is run without an event file
  std::string number;
  std::string pull_request_head, pull_request_base, pull_request_base_ref;
  std::string merge_group_head, merge_group_base, merge_group_base_ref;
  std::string after, before, ref, default_branch;
  bool created = false, deleted = false, forced = false;
};

/// Reads a payload of any event. Errors (ErrorKind::environment): not one JSON object, nested deeper than 64, an id
/// that is not hexadecimal, a field of another type than the documentation says.
[[nodiscard]] Result<EventPayload> parse_event_payload(std::string_view json);

}  // namespace sluice::ci
