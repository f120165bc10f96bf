// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"
#include "deps/lock_finding.hpp"
#include "deps/new_packages.hpp"
#include "deps/popular.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

/// Of a change what it brings, by whatever way; else what the project's own manifests name, for what others typed was
/// typed long ago and is theirs to look at.
std::vector<NewPackage>
packages_to_compare(const LockedFiles& locked)
{
  if (locked.is_change) {
    return new_packages(locked);
  }
  std::vector<NewPackage> all;
  for (const LockedFile& file : locked.files) {
    std::unordered_set<std::string> told;
    for (const PackageId id : packages_that(file.list, [](const Package& each) { return each.is_direct; })) {
      if (told.insert(name_key(file.list.packages()[id])).second) {
        all.push_back({&file, id});
      }
    }
  }
  return all;
}

/// Whether the name was looked up where everybody may register one.
bool
is_of_public_registry(const LockedFile& file, const Package& package)
{
  return file.format->purpose == Purpose::install && package.source == Source::registry
         && is_public_registry(package.ecosystem, package.location);
}

std::string_view
words_of(NameDifference how)
{
  switch (how) {
  case NameDifference::swapped:
    return "with two letters swapped";
  case NameDifference::one_more:
    return "with one letter more";
  case NameDifference::one_less:
    return "with one letter less";
  case NameDifference::other_letter:
    return "with one letter changed";
  case NameDifference::marks:
    break;
  }
  return "with other hyphens, dots, slashes or capitals";
}

std::optional<OwnRuling>
ruling_of(const LockedFiles& locked)
{
  return locked.is_change ? std::nullopt
                          : std::optional(OwnRuling{OwnRuling::Kind::warn,
                                                    "there is nothing to compare with that would tell that it is new"});
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const NewPackage& each : packages_to_compare(*audit.locked)) {
    const Package& package = each.file->list.packages()[each.id];
    if (!is_of_public_registry(*each.file, package) || is_approved(package, *audit.options)) {
      continue;
    }
    const auto near = near_popular(package.ecosystem, package.name);
    if (!near) {
      continue;
    }
    LockReporter(rule, *each.file, found)
        .add({.packages = {each.id},
              .one = fmt::format("has the name of {} {}", near->popular, words_of(near->how)),
              .many = {},
              .danger = fmt::format("whoever meant {} runs the code of somebody else", near->popular),
              .help = fmt::format("Look up who publishes {0} and since when. If {1} was meant, lock that; if not, have "
                                  "{0} added to `deps: approved-packages:`",
                                  package.name, near->popular),
              .severity = {},
              .ruling = ruling_of(*audit.locked),
              .facts = {{"popular-name", "popular name", std::string(near->popular)},
                        {"name-difference", "", std::string(name_of(near->how))}},
              // Whoever accepts it accepts the name, at whatever version.
              .was_so = [](const Package& /*before*/, const Package& /*now*/) { return true; }});
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse",
    "https://slsa.dev/spec/v1.2/dependency-track"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_near_name{
    .meta =
        {.id = "near-name",
         .title = "A package has nearly the name of a popular one",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A package whose name is one letter more, one less, one changed or two swapped from that of a popular package of the same
registry, or differs only in hyphens, dots, slashes, scope signs or capitals (`types-node` and `@types/node`). Of a change it
looks at every package that no lockfile of the base names, direct or not; where there is nothing to compare with it looks at what the
project's own manifests name, and warns. The lists are of npm, PyPI, crates.io, RubyGems, Packagist, Go, NuGet and Maven.)",
              .why =
                  R"(Whoever mistypes a name installs what somebody registered under the mistake, and that is why it was registered. The
package mostly does what the real one does, and something else besides.)",
              .instead =
                  R"(Look up who publishes the package and since when. If the popular one was meant, correct the manifest and lock anew.
Else name the package under `deps: approved-packages:`.)",
              .known_problems =
                  R"(Two good packages may have names one letter apart. So names of fewer than five letters are not compared; of those of five
only swapped and doubled letters count; a digit in place of another does not, nor one in place of a letter that it does not look
like; and neither does a name in a scope, vendor, group or path whose owner has a popular package. The lists are written by hand: a name
that is on none of them has no look-alikes. Packages of a registry other than the public one are not looked at, be it a mirror.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name,
         .state = RuleState::preview},
    .check = check};

}  // namespace sluice::deps
