// SPDX-License-Identifier: Apache-2.0
#include "ci/address.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

std::string
host_of(std::string_view authority)
{
  authority = authority.substr(authority.rfind('@') + 1);
  return to_lower(authority.substr(0, authority.find(':')));
}

std::string
path_of(std::string_view path)
{
  while (path.starts_with('/')) {
    path.remove_prefix(1);
  }
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return to_lower(path.ends_with(".git") ? path.substr(0, path.size() - 4) : path);
}

}  // namespace

std::optional<Address>
address_of(std::string_view url)
{
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    if (url.starts_with("file://")) {
      return std::nullopt;
    }
    const std::string_view rest = url.substr(scheme + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    return Address{host_of(rest.substr(0, slash)), path_of(rest.substr(slash))};
  }
  // scp's way: a colon before any slash.
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon > url.find('/')) {
    return std::nullopt;
  }
  return Address{host_of(url.substr(0, colon)), path_of(url.substr(colon + 1))};
}

bool
is_same_place(std::string_view url, std::string_view other)
{
  const auto address = address_of(url);
  return url == other || (address && address == address_of(other));
}

}  // namespace sluice::ci
