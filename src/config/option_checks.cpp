// SPDX-License-Identifier: Apache-2.0
#include "config/option_checks.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::config {

void
OptionChecks::refuse(std::string_view key, std::string_view what)
{
  const auto options = table_.options();
  const auto option =
      std::find_if(options.begin(), options.end(), [key](const Option& each) { return each.spec.key == key; });
  const std::string place = option == options.end() ? std::string() : option->origin.place;
  problems_.push_back(place.empty() ? fmt::format("\"{}\" {}", key, what)
                                    : fmt::format("{}: \"{}\" {}", printable(place), key, what));
}

}  // namespace sluice::config
