// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"
#include "deps/lock_finding.hpp"
#include "deps/node_packages.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

/// Whether the text ends in that, which it then loses.
bool
cut(std::string_view& text, std::string_view end)
{
  if (!text.ends_with(end)) {
    return false;
  }
  text.remove_suffix(end.size());
  return true;
}

/// Whether the address has neither a query nor an escape, and no segment that begins with a dot.
bool
is_spelt_plainly(std::string_view address)
{
  // Without a way out of the loop, so that many bytes are looked at together.
  unsigned char odd = 0;
  for (const char c : address) {
    odd |= static_cast<unsigned char>((c == '?') | (c == '#') | (c == '%') | (c == '\\') | (c == ' ') | (c == '\t')
                                      | (c == '\r') | (c == '\n'));
  }
  return odd == 0 && address.find("/.") == std::string_view::npos;
}

/// "…/NAME/-/NAME-VERSION.tgz", as nearly every address is, which need not be taken apart.
bool
is_plain(const Package& package)
{
  std::string_view rest = package.location;
  return cut(rest, ".tgz") && cut(rest, package.version) && cut(rest, "-")
         && cut(rest, package.name.substr(package.name.rfind('/') + 1)) && cut(rest, "/-/") && cut(rest, package.name)
         && rest.ends_with('/') && rest.find("/-/") == std::string_view::npos && is_spelt_plainly(package.location);
}

/// What npm and Yarn say of a package stands at one path of their registries and no other; "@scope%2fname" is
/// "@scope/name", and JSR's has versions as files.
bool
is_of_public_path(const Package& package, const Address& address)
{
  const std::string path = percent_decoded(address.path);
  if (address.host == "npm.jsr.io") {
    return path.ends_with(fmt::format("/{}/{}.tgz", package.name, package.version));
  }
  const std::string_view base = package.name.substr(package.name.rfind('/') + 1);
  return path == fmt::format("{}/-/{}-{}.tgz", package.name, base, package.version)
         || path == fmt::format("{0}/-/{0}-{1}.tgz", package.name, package.version);
}

/// Of other registries it is known only where their addresses are as those of npm's.
bool
is_of_other(const Package& package, const Address& address)
{
  const std::string url = fmt::format("https://{}/{}", address.host, address.path);
  const std::string_view name = name_in_registry_url(url);
  const std::string_view version = version_in_registry_url(url);
  return (!name.empty() && percent_decoded(name) != package.name) || (!version.empty() && version != package.version);
}

bool
is_mismatched(const Package& package)
{
  if (package.location.empty() || package.ecosystem != npm_ecosystem || package.source != Source::registry
      || is_plain(package)) {
    return false;
  }
  const Address address = address_of(package.location);
  if (address.host.empty()) {
    return false;
  }
  return is_public_registry(npm_ecosystem, address) ? !is_of_public_path(package, address)
                                                    : is_of_other(package, address);
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    if (file.format->purpose != Purpose::install) {
      continue;
    }
    LockReporter(rule, file, found)
        .add({.packages = packages_that(file.list, is_mismatched),
              .one = "is fetched from an address that serves another package or version",
              .many = "are fetched from addresses that serve other packages or versions",
              .danger = "what is installed is not what the lockfile says, and no advisory is looked up for it",
              .help = "Find out who wrote the entry; then remove it and have it locked anew",
              .severity = {},
              .ruling = {},
              .facts = {},
              .was_so = [](const Package& before, const Package& now) {
                return is_mismatched(before) && before.location == now.location;
              }});
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://snyk.io/blog/why-npm-lockfiles-can-be-a-security-blindspot-for-injecting-malicious-modules/"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_mismatched_source{
    .meta =
        {.id = "mismatched-source",
         .title = "A locked package is fetched as another one",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A lockfile of npm, Yarn, pnpm or Bun gives a package the address at which its registry serves another package, or another
version of it; or one of the public registry at which that does not serve this package.)",
              .why =
                  R"(The package manager fetches the address and compares the hash beside it: both can be those of anything. An alias says
whose package it is; an entry that does not was edited by hand.)",
              .instead = R"(Remove the entry and have the package manager lock it anew.)",
              .known_problems =
                  R"(Of registries that are not the public one only addresses in its layout (`NAME/-/NAME-VERSION.tgz`) can be read.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
