// SPDX-License-Identifier: Apache-2.0
#include "deps/integrity.hpp"
#include "deps/lock_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

bool
has_weak_integrity(const Package& package)
{
  // Nearly every package has one of these, and need not be looked at closer.
  if (package.integrity.find("sha512") != std::string_view::npos
      || package.integrity.find("sha256") != std::string_view::npos) {
    return false;
  }
  return (package.source == Source::registry || package.source == Source::url) && is_weak(hashes_of(package));
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    if (file.format->weak_hash != WeakHash::outgrown) {
      continue;
    }
    LockReporter(rule, file, found)
        .add({.packages = packages_that(file.list, has_weak_integrity),
              .one = "is known by SHA-1 or MD5 alone",
              .many = "are known by SHA-1 or MD5 alone",
              .danger = "whoever made the package can have made another with the same hash",
              .help = "Remove the entry from the lockfile and have it locked anew: the package manager of today writes "
                      "SHA-256 "
                      "or SHA-512",
              .severity = {},
              .ruling = OwnRuling{OwnRuling::Kind::warn, "a weak hash is no proof of an attack"},
              .facts = {},
              .was_so = [](const Package& before, const Package& /*now*/) { return has_weak_integrity(before); }});
  }
}

constexpr std::array<std::string_view, 2> references{"https://shattered.io/", "https://www.w3.org/TR/SRI/#agility"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_weak_integrity{
    .meta =
        {.id = "weak-integrity",
         .title = "A locked package is known by SHA-1 or MD5 alone",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An entry of a lockfile has a hash of MD5 or SHA-1 and no better one, though its package manager writes
SHA-256 or SHA-512 today. It warns and fails nothing.)",
              .why =
                  R"(Two contents with one SHA-1 have been made since 2017, with one MD5 since 2004: whoever publishes a package can
show one of them to reviewers and serve the other.)",
              .instead = R"(Have the entry locked anew by a package manager of today.)",
              .known_problems =
                  R"(Formats that know nothing better (composer.lock, Podfile.lock) are left out. So is a lockfile of Go, whose `h1:` is SHA-256.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
