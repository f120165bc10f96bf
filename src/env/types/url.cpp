// SPDX-License-Identifier: Apache-2.0
#include "env/url.hpp"

#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 7> names{"uri",          "anyurl",          "anyhttpurl", "httpurl",
                                                "websocketurl", "anywebsocketurl", "urlstr"};
constexpr std::array<std::string_view, 5> option_names{"allowedDomains", "matches", "noTrailingSlash", "prependHttps",
                                                       "schemes"};

/// Addresses that have no host.
constexpr std::array<std::string_view, 5> opaque{"mailto:", "data:", "tel:", "urn:", "file:///"};

bool
holds(const std::vector<std::string_view>& all, std::string_view text)
{
  return all.empty() || std::find(all.begin(), all.end(), text) != all.end();
}

bool
is_opaque(std::string_view value)
{
  return std::any_of(opaque.begin(), opaque.end(), [value](std::string_view beginning) {
    return value.size() > beginning.size() && value.starts_with(beginning);
  });
}

std::optional<std::string>
defect_of_url(const Url& url, const TypeOptions& options)
{
  if (url.hosts.size() != 1 || !has_valid_hosts(url)) {
    return "is an address without a host that could be one";
  }
  if (!holds(values_of_option(options, "schemes"), url.scheme)) {
    return "is an address of another scheme than the schema allows";
  }
  const auto domains = values_of_option(options, "allowedDomains");
  return holds(domains, to_lower(url.hosts.front())) || holds(domains, to_lower(url.places))
             ? std::nullopt
             : std::optional<std::string>("leads to a domain that the schema does not allow");
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const bool lacks_scheme = is_set(options, "prependHttps") && value.find("://") == std::string_view::npos;
  const std::string whole = (lacks_scheme ? "https://" : "") + std::string(value);
  if (!is_opaque(value)) {
    const auto url = url_of(whole);
    if (!url || !is_well_formed(*url)) {
      return "is not an address with a scheme (`https://…`)";
    }
    if (auto wrong = defect_of_url(*url, options)) {
      return wrong;
    }
  }
  if (is_set(options, "noTrailingSlash") && value.ends_with('/')) {
    return "ends in a slash";
  }
  return defect_of_pattern(whole, options);
}

}  // namespace

extern const Type type_url{.id = "url", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
