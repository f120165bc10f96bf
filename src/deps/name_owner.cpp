// SPDX-License-Identifier: Apache-2.0
#include "deps/name_owner.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"

namespace sluice::deps {

namespace {

/// A module's path without its major version, "/v2" or gopkg.in's ".v2".
std::string_view
without_major(std::string_view path)
{
  const std::size_t digits = path.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits == 0 || digits + 1 == path.size() || path[digits] != 'v') {
    return path;
  }
  const char before = path[digits - 1];
  const bool is_version = before == '/' || (before == '.' && path.starts_with("gopkg.in/"));
  return is_version ? path.substr(0, digits - 1) : path;
}

/// "github.com/owner" of a module's path, "k8s.io" where the host is one owner's; empty where every name is another's.
std::string_view
owner_of_module(std::string_view path)
{
  const std::size_t first = path.find('/');
  if (first == std::string_view::npos || path.starts_with("gopkg.in/")) {
    return {};
  }
  const std::size_t second = path.find('/', first + 1);
  return path.substr(0, second == std::string_view::npos ? first : second);
}

}  // namespace

std::string
compared_name(std::string_view ecosystem, std::string_view name)
{
  return ecosystem == "Go" ? to_lower(without_major(name)) : normalised(ecosystem, name);
}

std::string_view
owner_of_name(std::string_view ecosystem, std::string_view name)
{
  if (ecosystem == "Go") {
    return owner_of_module(name);
  }
  if (ecosystem == "Maven") {
    return name.substr(0, name.find(':'));
  }
  if (ecosystem == "Packagist" || (ecosystem == "npm" && name.starts_with('@'))) {
    return name.substr(0, name.find('/'));
  }
  if (ecosystem == "NuGet") {
    // learn.microsoft.com/nuget/nuget-org/id-prefix-reservation
    for (const std::string_view reserved : {"awssdk.", "azure.", "microsoft.", "system."}) {
      if (name.starts_with(reserved)) {
        return reserved;
      }
    }
  }
  return {};
}

}  // namespace sluice::deps
