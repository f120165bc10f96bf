// SPDX-License-Identifier: Apache-2.0
#include "deps/spdx_reference.hpp"

#include "base/text.hpp"
#include "deps/purl.hpp"

namespace sluice::deps {

namespace {

std::string
purl_of(std::string_view type, std::string_view space, std::string_view name, std::string_view version)
{
  if (name.empty()) {
    return {};
  }
  Purl purl;
  purl.type = type;
  purl.space = space;
  purl.name = name;
  purl.version = version;
  return to_text(purl);
}

/// "org.apache.tomcat:tomcat:9.0.0.M4"
std::string
maven_purl(std::string_view locator)
{
  const auto parts = split(locator, ':');
  return parts.size() < 2 ? std::string()
                          : purl_of("maven", parts[0], parts[1], parts.size() < 3 ? std::string_view() : parts[2]);
}

/// "@scope/name@1.0.0"
std::string
npm_purl(std::string_view locator)
{
  const std::size_t at = locator.rfind('@');
  const bool has_version = at != std::string_view::npos && at != 0;
  const std::string_view version = has_version ? locator.substr(at + 1) : std::string_view();
  locator = has_version ? locator.substr(0, at) : locator;
  const std::size_t slash = locator.find('/');
  return slash == std::string_view::npos ? purl_of("npm", {}, locator, version)
                                         : purl_of("npm", locator.substr(0, slash), locator.substr(slash + 1), version);
}

/// "Microsoft.AspNet.MVC/5.0.0"
std::string
nuget_purl(std::string_view locator)
{
  const std::size_t slash = locator.find('/');
  return purl_of("nuget", {}, locator.substr(0, slash),
                 slash == std::string_view::npos ? std::string_view() : locator.substr(slash + 1));
}

}  // namespace

std::string
purl_of_spdx_reference(std::string_view type, std::string_view locator)
{
  type = type.substr(type.rfind('/') + 1);
  locator = trim(locator);
  if (type == "purl") {
    return std::string(locator);
  }
  if (type == "maven-central") {
    return maven_purl(locator);
  }
  if (type == "npm") {
    return npm_purl(locator);
  }
  return type == "nuget" ? nuget_purl(locator) : std::string();
}

}  // namespace sluice::deps
