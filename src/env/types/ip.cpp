// SPDX-License-Identifier: Apache-2.0
#include "env/host.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 6> names{"ipaddress",     "ipv4",        "ipv6",
                                                "ipvanyaddress", "ipv4address", "ipv6address"};
constexpr std::array<std::string_view, 2> option_names{"normalize", "version"};

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const std::string_view version = option(options, "version");
  if (version == "4") {
    return is_ipv4(value) ? std::nullopt : std::optional<std::string>("is not an IPv4 address");
  }
  if (version == "6") {
    return is_ipv6(value) ? std::nullopt : std::optional<std::string>("is not an IPv6 address");
  }
  return is_ipv4(value) || is_ipv6(value) ? std::nullopt : std::optional<std::string>("is not an IP address");
}

}  // namespace

extern const Type type_ip{.id = "ip", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
