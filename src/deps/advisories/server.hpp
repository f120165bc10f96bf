// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/server_address.hpp"
#include "net/http_client.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sluice::deps {

/// For an answer of at most `max_bytes`. From https a redirect may lead to any https; from this machine nowhere else.
[[nodiscard]] net::HttpRequest request_to(const std::string& url, std::uint64_t max_bytes);

/// The body of a page that is there; nothing if it is not (404). Errors (ErrorKind::unavailable): any other answer.
[[nodiscard]] Result<std::optional<std::string>> page_of(net::HttpClient& http, const std::string& url,
                                                         std::uint64_t max_bytes);

}  // namespace sluice::deps
