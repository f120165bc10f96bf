// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/decode_fault.hpp"

#include <memory>
#include <span>
#include <string_view>

struct libdeflate_decompressor;

namespace sluice::git {

/// Inflates zlib streams, whole and at once. Not for use by two threads at a time.
class Inflater
{
public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Inflates the stream at the start of `input` (what follows it is ignored) and requires that it fills `output`
  /// exactly. Faults: bad_stream, wrong_size, no_memory.
  [[nodiscard]] DecodeFault exactly(std::string_view input, std::span<char> output);

  /// Like `exactly`, but the stream may be shorter than `output`; `written` tells its size. wrong_size: it is longer.
  [[nodiscard]] DecodeFault at_most(std::string_view input, std::span<char> output, std::size_t& written);

private:
  struct Free
  {
    void operator()(libdeflate_decompressor* decompressor) const;
  };
  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

}  // namespace sluice::git
