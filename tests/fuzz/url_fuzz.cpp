// SPDX-License-Identifier: Apache-2.0
//
// An address and a redirect from it: what is accepted has a host and a port, reads the same again, and never takes a
// user name along.
#include "net/url.hpp"

#include <cstdlib>

namespace {

void
check(const sluice::net::Url& url)
{
  const auto again = sluice::net::Url::parse(url.text);
  const bool is_same = again && again->host == url.host && again->port == url.port && again->scheme == url.scheme;
  if (url.host.empty() || url.port == 0 || !is_same) {
    std::abort();
  }
}

}  // namespace

/// The first line is the address, the rest what it redirects to.
extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t newline = text.find('\n');
  const auto url = sluice::net::Url::parse(text.substr(0, newline));
  if (!url) {
    return 0;
  }
  check(*url);
  if (newline != std::string_view::npos) {
    if (const auto target = url->resolve(text.substr(newline + 1))) {
      check(*target);
    }
  }
  return 0;
}
