// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/vex.hpp"
#include "gate/change_tree.hpp"
#include "gate/input.hpp"

#include <span>
#include <string>
#include <vector>

namespace sluice::deps {

struct VexFiles
{
  std::vector<VexDocument> documents;  ///< by path
  std::vector<Gap> gaps;               ///< also the documents'
  std::vector<std::string> notices;    ///< also the documents'
};

/// Reads the VEX documents at these paths and globs, of the files that decide what fails: a change cannot bring the
/// word that excuses it.
[[nodiscard]] VexFiles read_vex_files(std::span<const std::string> paths, const gate::PolicyFiles& files,
                                      const gate::ChangeTree& judged);

}  // namespace sluice::deps
