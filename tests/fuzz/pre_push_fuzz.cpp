// SPDX-License-Identifier: Apache-2.0
//
// A line that is accepted says just what its parts say.
#include "ci/ci_context.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string input(data, data + size);
  const auto refs = sluice::ci::parse_pre_push(input);
  if (!refs) {
    return 0;
  }
  for (const sluice::ci::PushedRef& ref : *refs) {
    const bool is_hexadecimal =
        (ref.local_id + ref.remote_id).find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_hexadecimal || input.find(ref.local_ref + " ") == std::string::npos
        || input.find(" " + ref.remote_ref + " ") == std::string::npos) {
      std::abort();
    }
  }
  return 0;
}
