// SPDX-License-Identifier: Apache-2.0
#include "deps/lock_finding.hpp"
#include "deps/node_packages.hpp"

#include <array>

namespace sluice::deps {

namespace {

/// npm writes "@scope%2fname" for some registries.
bool
is_name(std::string_view served, std::string_view name)
{
  const std::size_t percent = served.find('%');
  if (percent == std::string_view::npos) {
    return served == name;
  }
  const std::string_view code = served.substr(percent, 3);
  return (code == "%2f" || code == "%2F") && name.find('/') == percent
         && served.substr(0, percent) == name.substr(0, percent)
         && served.substr(percent + 3) == name.substr(percent + 1);
}

bool
is_other_name(const Package& package)
{
  const std::string_view served = name_in_registry_url(package.location);
  return !served.empty() && !is_name(served, package.name);
}

bool
is_other_version(const Package& package)
{
  const std::string_view served = version_in_registry_url(package.location);
  return !served.empty() && served != package.version;
}

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

/// "…/NAME/-/NAME-VERSION.tgz", as nearly every address is, which need not be taken apart.
bool
is_plain(const Package& package)
{
  std::string_view rest = package.location;
  return cut(rest, ".tgz") && cut(rest, package.version) && cut(rest, "-")
         && cut(rest, package.name.substr(package.name.rfind('/') + 1)) && cut(rest, "/-/") && cut(rest, package.name)
         && rest.ends_with('/') && rest.find("/-/") == std::string_view::npos;
}

bool
is_mismatched(const Package& package)
{
  return !package.location.empty() && package.ecosystem == npm_ecosystem && package.source == Source::registry
         && !is_plain(package) && (is_other_name(package) || is_other_version(package));
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    if (!is_installed_from(file)) {
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
                  R"(A lockfile of npm, Yarn 1 or pnpm gives a package the address at which its registry serves another package, or another
version of it.)",
              .why =
                  R"(The package manager fetches the address and compares the hash beside it: both can be those of anything. An alias says
whose package it is; an entry that does not was edited by hand.)",
              .instead = R"(Remove the entry and have the package manager lock it anew.)",
              .known_problems =
                  R"(Only addresses in the layout of npm's registry (`NAME/-/NAME-VERSION.tgz`) can be read.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
