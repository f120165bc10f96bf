// SPDX-License-Identifier: Apache-2.0
#include "base/uuid.hpp"

namespace sluice {

std::string
uuid_of(std::string_view hex)
{
  std::string uuid(hex.substr(0, 32));
  uuid.resize(32, '0');
  constexpr std::string_view variants = "89ab";
  uuid[12] = '5';
  uuid[16] = variants[static_cast<unsigned char>(uuid[16]) % variants.size()];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    uuid.insert(at, 1, '-');
  }
  return uuid;
}

}  // namespace sluice
