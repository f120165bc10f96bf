// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

/// Keeps the first and the last `kept` bytes of whatever is added, and takes no more memory than some times that.
class BoundedText
{
public:
  explicit BoundedText(std::size_t kept)
      : kept_(kept)
  {}

  void add(std::string_view piece);

  /// What was added; where something is missing, a line "… 1,234 bytes left out …" in its place.
  [[nodiscard]] std::string text() const;

private:
  std::size_t kept_;
  std::string first_;
  std::string later_;  ///< what came after the first bytes; of a long text only its end
  std::uint64_t left_out_ = 0;
};

}  // namespace sluice
