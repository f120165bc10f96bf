// SPDX-License-Identifier: Apache-2.0
//
// Headers by which a browser protects who uses a service.
#pragma once

#include "net/http_client.hpp"
#include "promote/probe/probe_setting.hpp"

#include <span>
#include <string>

namespace sluice::promote {

/// Why an answer's headers do not keep the preset; empty if they do.
///
/// - csp: a Content-Security-Policy under which no script of the page's own text runs (Content Security Policy Level 3,
///   6.7.3.2: 'unsafe-inline' does not count beside a nonce, a hash or 'strict-dynamic'). Of several policies one
///   suffices, for all are kept.
/// - hsts: Strict-Transport-Security with a max-age of 180 days or more (RFC 6797).
/// - nosniff: X-Content-Type-Options: nosniff.
/// - frame: `frame-ancestors` of a policy, or X-Frame-Options DENY or SAMEORIGIN.
/// - referrer: a Referrer-Policy that is not unsafe-url.
[[nodiscard]] std::string departure_from_preset(HeaderPreset preset, std::span<const net::Header> headers);

}  // namespace sluice::promote
