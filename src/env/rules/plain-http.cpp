// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_namespace(std::string_view host)
{
  return host == "www.w3.org" || host.starts_with("schemas.") || host == "purl.org" || host == "xmlns.com";
}

void
check_value(const ValueContext& value, Reporter& reporter)
{
  const auto url = is_deployed(value.stage) ? url_of(value.value) : std::nullopt;
  const bool is_plain =
      url && (url->scheme == "http" || url->scheme == "ws" || url->scheme == "ftp" || url->scheme == "ldap");
  if (!is_plain || url->hosts.empty() || is_inner(host_kind(url->hosts.front())) || is_namespace(url->hosts.front())
      || has_word(value.key, {"proxy", "namespace", "xmlns"}) || is_placeholder(value)) {
    return;
  }
  reporter.report(
      value.file, value.entry,
      {.message = fmt::format("{} is a URL without TLS: what is sent there can be read and changed on the way",
                              title_of(value)),
       .help = fmt::format("Use the scheme with TLS in {}", printable(value.key))});
}

constexpr std::array<std::string_view, 1> references{"https://cwe.mitre.org/data/definitions/319.html"};
constexpr std::array<std::string_view, 1> tags{"transport"};

}  // namespace

extern const Rule rule_plain_http{
    .meta = {.id = "plain-http",
             .title = "A URL of a deployed environment is not encrypted",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds `http://`, `ws://`, `ftp://` and `ldap://` URLs in files of staging and production.
Hosts of inner networks, proxies and names of XML namespaces are passed over.)",
                     .why = R"(What is sent can be read and changed on the way, tokens in it too.)",
                     .instead = R"(Use the scheme with TLS: `https://`, `wss://`, `ldaps://`.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
