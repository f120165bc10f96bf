// SPDX-License-Identifier: Apache-2.0
//
// Apart from what asks a server: options are checked by programs that have no use for a client.
#include "deps/advisories/server_address.hpp"

#include "net/url.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

Result<>
check_server(std::string_view address)
{
  TRY_ASSIGN(const net::Url url, net::Url::parse(address));
  constexpr std::array<std::string_view, 3> of_this_machine{"localhost", "127.0.0.1", "[::1]"};
  const bool is_local = std::find(of_this_machine.begin(), of_this_machine.end(), url.host) != of_this_machine.end();
  if (url.scheme != "https" && !is_local) {
    return fail(ErrorKind::usage, "{}: advisories are fetched by https only", url.shown());
  }
  return {};
}

}  // namespace sluice::deps
