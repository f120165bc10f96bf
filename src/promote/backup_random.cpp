// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_random.hpp"

#include <fmt/format.h>

#include <random>

namespace sluice::promote {

std::string
random_hex()
{
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

}  // namespace sluice::promote
