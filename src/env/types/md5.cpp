// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"

#include <array>

namespace sluice::env {

namespace {

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  constexpr std::size_t digits = 32;
  return value.size() == digits && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos
             ? std::nullopt
             : std::optional<std::string>("is not an MD5 digest of 32 hexadecimal digits");
}

}  // namespace

extern const Type type_md5{.id = "md5", .names = {}, .option_names = {}, .defect = defect};

}  // namespace sluice::env
