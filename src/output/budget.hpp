// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace sluice::output {

/// Appends rows `first`, `first + 1`, … up to `last` while they fit into `bytes`; returns the row that it stopped
/// before, so that a document of bounded size holds whole rows and can say how many it left out.
template<typename Row>
std::size_t
fill(std::string& text, std::size_t first, std::size_t last, std::size_t bytes, Row row)
{
  const std::size_t limit = text.size() + bytes;
  for (std::size_t i = first; i < last; ++i) {
    const std::string next = row(i);
    if (text.size() + next.size() > limit) {
      return i;
    }
    text += next;
  }
  return last;
}

}  // namespace sluice::output
