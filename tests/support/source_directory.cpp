// SPDX-License-Identifier: Apache-2.0
#include "support/source_directory.hpp"

namespace sluice::test {

std::filesystem::path
source_directory()
{
  return SLUICE_SOURCE_DIR;
}

}  // namespace sluice::test
