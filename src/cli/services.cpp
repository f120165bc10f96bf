// SPDX-License-Identifier: Apache-2.0
#include "cli/services.hpp"

namespace sluice::cli {

namespace {

/// The proxy that this machine wants for https, as curl's own variables name it.
std::string
proxy_of(const Environment& environment)
{
  for (const std::string_view name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (const std::string_view proxy = value_of(environment, name); !proxy.empty()) {
      return std::string(proxy);
    }
  }
  return {};
}

}  // namespace

ServiceHolder::ServiceHolder(const gate::Type& type, const gate::Needs& needs, const Invocation& invocation,
                             const git::Repository* repository)
{
  if (needs.http && type.make_http != nullptr) {
    http_ = type.make_http({.proxy = proxy_of(invocation.environment),
                            .ca_file = std::string(value_of(invocation.environment, "SSL_CERT_FILE"))});
  }
  if (needs.refs && repository != nullptr) {
    refs_.emplace(*repository, invocation.environment);
  }
  process_ = needs.process ? &invocation.environment : nullptr;
  for (const std::string_view name : needs.variables) {
    if (const auto found = invocation.environment.find(name); found != invocation.environment.end()) {
      secrets_.insert(*found);
    }
  }
}

gate::Services
ServiceHolder::services()
{
  return {.http = http_.get(), .refs = refs_ ? &*refs_ : nullptr, .process = process_, .secrets = &secrets_};
}

}  // namespace sluice::cli
