// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "env/host.hpp"
#include "env/type.hpp"

#include <array>
#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"host", "fqdn", "domain", "hostport"};

/// A port may follow, as servers' addresses have it; a scheme may not.
std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  const std::size_t colon = value.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && number_of<std::uint16_t>(value.substr(colon + 1)).has_value();
  return is_host(value) || is_ipv6(value) || (has_port && is_host(value.substr(0, colon)))
             ? std::nullopt
             : std::optional<std::string>("is not the name or address of a host");
}

}  // namespace

extern const Type type_hostname{.id = "hostname", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
