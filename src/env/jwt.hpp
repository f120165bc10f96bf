// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::env {

/// What a JSON Web Token says of itself (RFC 7519). Its signature is not checked: nobody here has the key.
struct Jwt
{
  std::string issuer;                   ///< `iss`; empty: it does not say
  std::string role;                     ///< `role`, of Supabase and PostgREST
  std::string ref;                      ///< `ref`: the project that Supabase made it for
  std::optional<std::int64_t> issued;   ///< `iat`, in seconds since 1970
  std::optional<std::int64_t> expires;  ///< `exp`, likewise
};

inline constexpr std::size_t max_jwt_bytes = std::size_t{16} << 10U;

/// Nothing if the value is not three parts of which the first two are JSON objects, or is longer than `max_jwt_bytes`.
[[nodiscard]] std::optional<Jwt> read_jwt(std::string_view value);

/// Days from the one to the other; negative if `to` is before `from`.
[[nodiscard]] std::int64_t days_between(Date from, Date to);

/// Days from the day to the moment, which is in seconds since 1970; negative if it is past.
[[nodiscard]] std::int64_t days_until(Date day, std::int64_t moment);

}  // namespace sluice::env
