// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::deps {

/// Only what cannot be changed on its way. Errors (ErrorKind::usage): the address is neither https nor of this machine.
[[nodiscard]] Result<> check_server(std::string_view address);

/// For an answer of at most `max_bytes`. From https a redirect may lead to any https; from this machine nowhere else.
[[nodiscard]] net::HttpRequest request_to(const std::string& url, std::uint64_t max_bytes);

/// The body of a page that is there; nothing if it is not (404). Errors (ErrorKind::unavailable): any other answer.
[[nodiscard]] Result<std::optional<std::string>> page_of(net::HttpClient& http, const std::string& url,
                                                         std::uint64_t max_bytes);

}  // namespace sluice::deps
