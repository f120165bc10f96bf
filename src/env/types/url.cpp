// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"
#include "env/written_url.hpp"

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
defect_of_parts(const WrittenUrl& parts, const TypeOptions& options)
{
  if (!is_host(parts.host)) {
    return "is an address without a host that could be one";
  }
  if (!holds(values_of_option(options, "schemes"), to_lower(parts.scheme))) {
    return "is an address of another scheme than the schema allows";
  }
  const std::string host = to_lower(parts.host);
  const std::string with_port = host + ":" + std::string(parts.port);
  const auto domains = values_of_option(options, "allowedDomains");
  return holds(domains, host) || holds(domains, with_port)
             ? std::nullopt
             : std::optional<std::string>("leads to a domain that the schema does not allow");
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  const bool lacks_scheme = is_set(options, "prependHttps") && value.find("://") == std::string_view::npos;
  const std::string whole = (lacks_scheme ? "https://" : "") + std::string(value);
  const auto parts = written_url(whole);
  if (!parts && !is_opaque(value)) {
    return "is not an address with a scheme (`https://…`)";
  }
  if (parts && !is_opaque(value)) {
    if (auto wrong = defect_of_parts(*parts, options)) {
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
