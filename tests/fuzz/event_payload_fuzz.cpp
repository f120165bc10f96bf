// SPDX-License-Identifier: Apache-2.0
//
// Whatever a payload is, nothing but object ids comes out where object ids are expected.
#include "ci/event_payload.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void
require_id(const std::string& id)
{
  const bool right_length = id.empty() || id.size() == 40 || id.size() == 64;
  if (!right_length || id.find_first_not_of("0123456789abcdef") != std::string::npos) {
    std::abort();
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string json(data, data + size);
  if (const auto payload = sluice::ci::parse_event_payload(json)) {
    require_id(payload->pull_request_head);
    require_id(payload->pull_request_base);
    require_id(payload->merge_group_head);
    require_id(payload->merge_group_base);
    require_id(payload->before);
    require_id(payload->after);
  }
  return 0;
}
