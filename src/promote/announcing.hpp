// SPDX-License-Identifier: Apache-2.0
//
// What webhooks share.
#pragma once

#include "promote/platform.hpp"

#include <string>
#include <string_view>

namespace sluice::promote {

/// Posts the body once. Its address is a secret, so no error has more of it than the host. Errors:
/// ErrorKind::unavailable, ErrorKind::environment (the webhook says no), ErrorKind::config (it is no address).
[[nodiscard]] Result<> post_announcement(const PlatformCall& call, const std::string& address,
                                         std::string_view content_type, std::string body);

}  // namespace sluice::promote
