// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 2> names{"portnumber", "tcpport"};
constexpr std::array<std::string_view, 2> option_names{"max", "min"};

constexpr double last = 65535;

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const double least = number_option(options, "min").value_or(1);
  const double most = std::min(number_option(options, "max").value_or(last), last);
  const auto port = value.starts_with('-') ? std::nullopt : number_of<std::uint32_t>(value);
  return port && *port >= least && *port <= most
             ? std::nullopt
             : std::optional(fmt::format("is not a number from {} to {}", least, most));
}

}  // namespace

extern const Type type_port{.id = "port", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
