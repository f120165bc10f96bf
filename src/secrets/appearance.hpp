// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "secrets/exposure.hpp"
#include "secrets/leaks.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace sluice::secrets {

/// Where a secret appears in terms of paths and commits; one sighting of a blob has as many as the history gives it.
struct Appearance
{
  Location location;
  Exposure exposure = Exposure::ref;
  std::string author;
  std::int64_t time = 0;
  git::ObjectId commit;  ///< that brought it; zero if there is none
  git::ObjectId object;  ///< that holds it, where that is no commit nor in one
  std::shared_ptr<const SightedLine> line;
  std::uint32_t last = 0;  ///< git::Occurrence::last
  std::string tip;         ///< of Exposure::tip: the branch, if its name is known
};

}  // namespace sluice::secrets
