// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"
#include "deps/lock_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace sluice::deps {

namespace {

using Registries = std::span<const std::string>;

/// Nothing where the address is listed, or of the registry, or says nothing.
bool
is_foreign(const Package& package, Registries registries)
{
  if (package.source == Source::path || !has_registry(package.ecosystem)
      || (package.source == Source::registry && is_public_registry(package.ecosystem, package.location))) {
    return false;
  }
  const Address address = address_of(package.location);
  return !address.host.empty() && !is_listed(registries, address);
}

/// Who has a say over the source: of a registry the host, of all else the first two directories too, which on a forge
/// are the owner and the repository.
std::string
owner_of(const Package& package)
{
  const Address address = address_of(package.location);
  std::string_view path = package.source == Source::registry ? std::string_view() : std::string_view(address.path);
  if (package.source == Source::url) {
    path = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/'));
  }
  path = path.substr(0, path.find('/', std::min(path.find('/'), path.size() - 1) + 1));
  path.remove_suffix(path.ends_with(".git") ? 4 : 0);
  return fmt::format("{} {}/{}", name_of(package.source), address.host, path);
}

bool
is_judged(const LockedFile& file)
{
  return file.format->purpose == Purpose::install && !file.format->names_by_address;
}

OwnRuling
ruling_of(const Audit& audit)
{
  return audit.locked->is_change
             ? OwnRuling{OwnRuling::Kind::fail, "the change brings it"}
             : OwnRuling{OwnRuling::Kind::warn, "there is nothing to compare with that would tell that it is new"};
}

struct Origin
{
  Source source;
  std::string host;
  auto operator<=>(const Origin&) const = default;
};

void
report(const Rule& rule, const Audit& audit, const LockedFile& file, const Origin& origin,
       std::vector<PackageId> packages, std::vector<Finding>& found)
{
  const Registries registries = audit.options->registries;
  const std::string from = origin.source == Source::git   ? fmt::format("from a repository at {}", origin.host)
                           : origin.source == Source::url ? fmt::format("from an address at {}", origin.host)
                                                          : fmt::format("from the registry at {}", origin.host);
  LockReporter(rule, file, found)
      .add({.packages = std::move(packages),
            .one = "comes " + from,
            .many = "come " + from,
            .danger =
                origin.source == Source::registry
                    ? "whoever runs it decides what is installed under names that everybody knows"
                    : "nobody but its owner watches over what is published there, and no advisory is written for it",
            .help = fmt::format("Take a release of the public registry, or name the source under `deps: "
                                "registries:`, as {} or as {}/OWNER/*",
                                origin.host, origin.host),
            .severity = {},
            .ruling = ruling_of(audit),
            .facts = {{"source", "source", std::string(name_of(origin.source))}, {"host", "host", origin.host}},
            .was_so = [registries](const Package& before, const Package& now) {
              return is_foreign(before, registries) && owner_of(before) == owner_of(now);
            }});
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  const Registries registries = audit.options->registries;
  for (const LockedFile& file : audit.locked->files) {
    if (!is_judged(file)) {
      continue;
    }
    std::map<Origin, std::vector<PackageId>> by_origin;
    for (const PackageId id :
         packages_that(file.list, [registries](const Package& each) { return is_foreign(each, registries); })) {
      const Package& package = file.list.packages()[id];
      by_origin[{package.source, address_of(package.location).host}].push_back(id);
    }
    for (auto& [origin, packages] : by_origin) {
      report(rule, audit, file, origin, std::move(packages), found);
    }
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.npmjs.com/cli/configuring-npm/package-json#urls-as-dependencies"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_foreign_source{
    .meta =
        {.id = "foreign-source",
         .title = "A locked package is not of the ecosystem's registry",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An entry of a lockfile comes from a git repository, from an address, or from a registry that is neither the
public one of its ecosystem nor listed under `deps: registries:`. It fails what a change brings; where there is nothing
to compare with it warns. Ecosystems whose packages are repositories (Go, Swift, actions) are left out.)",
              .why =
                  R"(Such a source has no rule that a version cannot be replaced, no removal of malware and no advisories; and it is how a
lockfile is made to install something else under a name that everybody knows.)",
              .instead =
                  R"(Take a release of the registry. Where the source is meant, list its host, or host and path, under `deps:
registries:`.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
