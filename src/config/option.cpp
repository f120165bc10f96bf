// SPDX-License-Identifier: Apache-2.0
#include "config/option.hpp"

namespace sluice::config {

std::string
Option::full_name() const
{
  return section.empty() ? std::string(spec.key) : fmt::format("{}.{}", section, spec.key);
}

void
Option::came_from(Layer layer, std::string place)
{
  origin = {layer, std::move(place)};
  inside.clear();
}

}  // namespace sluice::config
