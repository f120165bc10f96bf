// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/invocation.hpp"
#include "gate/info.hpp"
#include "gate/services.hpp"
#include "git/refs.hpp"
#include "net/http_client.hpp"

#include <optional>

namespace sluice::cli {

/// Holds the services that a gate or command asked for; hands out null for the rest.
class ServiceHolder
{
public:
  /// `repository` is null where there is none: then there are no refs either.
  ServiceHolder(const gate::Needs& needs, const Invocation& invocation, const git::Repository* repository);

  [[nodiscard]] gate::Services services();

private:
  std::optional<net::HttpClient> http_;
  std::optional<git::RefStore> refs_;
  Environment secrets_;
};

}  // namespace sluice::cli
