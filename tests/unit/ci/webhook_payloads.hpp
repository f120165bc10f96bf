// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::test {

/// Payloads in the shape of GitHub's webhook documentation, with the fields around those that matter.
[[nodiscard]] std::string pull_request_payload(std::string_view head, std::string_view base);
[[nodiscard]] std::string merge_group_payload(std::string_view head, std::string_view base);

struct PushPayload
{
  std::string_view ref = "refs/heads/main";
  std::string_view before, after;
  bool created = false, deleted = false, forced = false;
};
[[nodiscard]] std::string push_payload(const PushPayload& push);

/// A schedule's payload names no repository.
[[nodiscard]] std::string schedule_payload();

constexpr std::string_view zeros = "0000000000000000000000000000000000000000";

}  // namespace sluice::test
