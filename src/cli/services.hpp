// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/invocation.hpp"
#include "gate/gate.hpp"
#include "gate/services.hpp"
#include "git/refs.hpp"

#include <optional>

namespace sluice::cli {

/// Holds the services that a gate or command asked for; hands out null for the rest.
class ServiceHolder
{
public:
  /// For a gate or one of its commands, whose needs these are. `repository` is null where there is none: then there are
  /// no refs either. The invocation must outlive it.
  ServiceHolder(const gate::Type& type, const gate::Needs& needs, const Invocation& invocation,
                const git::Repository* repository);

  [[nodiscard]] gate::Services services();

private:
  std::shared_ptr<net::HttpClient> http_;  ///< shared, for its deleter is the maker's
  std::optional<git::RefStore> refs_;
  const Environment* process_ = nullptr;
  Environment secrets_;
};

}  // namespace sluice::cli
