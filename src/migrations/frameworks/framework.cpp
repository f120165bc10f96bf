// SPDX-License-Identifier: Apache-2.0
#include "migrations/frameworks/framework.hpp"

#include <array>

namespace sluice::migrations {

extern const Framework plain_framework;
extern const Framework supabase_framework;

std::span<const Framework* const>
frameworks()
{
  static constexpr std::array<const Framework*, 2> all{&supabase_framework, &plain_framework};
  return all;
}

}  // namespace sluice::migrations
