// SPDX-License-Identifier: Apache-2.0
#include "git/objects/inflate.hpp"

#include <libdeflate.h>

namespace sluice::git {

namespace {

DecodeFault
fault_of(libdeflate_result result)
{
  switch (result) {
  case LIBDEFLATE_SUCCESS:
    return DecodeFault::none;
  case LIBDEFLATE_SHORT_OUTPUT:
  case LIBDEFLATE_INSUFFICIENT_SPACE:
    return DecodeFault::wrong_size;
  default:
    return DecodeFault::bad_stream;
  }
}

}  // namespace

void
Inflater::Free::operator()(libdeflate_decompressor* decompressor) const
{
  libdeflate_free_decompressor(decompressor);
}

Inflater::Inflater()
    : decompressor_(libdeflate_alloc_decompressor())
{}

Inflater::~Inflater() = default;

DecodeFault
Inflater::exactly(std::string_view input, std::span<char> output)
{
  if (!decompressor_) {
    return DecodeFault::no_memory;
  }
  // An address is wanted even where an empty object has none.
  char nothing = 0;
  char* target = output.empty() ? &nothing : output.data();
  std::size_t consumed = 0;
  return fault_of(libdeflate_zlib_decompress_ex(decompressor_.get(), input.data(), input.size(), target, output.size(),
                                                &consumed, nullptr));
}

DecodeFault
Inflater::at_most(std::string_view input, std::span<char> output, std::size_t& written)
{
  if (!decompressor_) {
    return DecodeFault::no_memory;
  }
  std::size_t consumed = 0;
  return fault_of(libdeflate_zlib_decompress_ex(decompressor_.get(), input.data(), input.size(), output.data(),
                                                output.size(), &consumed, &written));
}

}  // namespace sluice::git
