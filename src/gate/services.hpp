// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"

namespace sluice::git {
class RefStore;
}
namespace sluice::net {
class HttpClient;
}

namespace sluice::gate {

/// Ways to the outside, each null unless the gate or command asked for it (Needs). A test passes its own.
struct Services
{
  net::HttpClient* http = nullptr;
  git::RefStore* refs = nullptr;
  const Environment* process = nullptr;  ///< all of the environment
  const Environment* secrets = nullptr;  ///< the declared variables that are set, and no others
};

}  // namespace sluice::gate
