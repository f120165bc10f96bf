// SPDX-License-Identifier: Apache-2.0
//
// Package URLs (ECMA-427, github.com/package-url/purl-spec, "PURL-SPECIFICATION"), and the packages of OSV's
// ecosystems that they stand for.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::deps {

struct Purl
{
  std::string type;                                            ///< in lower case
  std::string space;                                           ///< the namespace, segments with / between; may be empty
  std::string name;                                            ///< never empty
  std::string version;                                         ///< may be empty
  std::map<std::string, std::string, std::less<>> qualifiers;  ///< keys in lower case, none empty
  std::string subpath;

  /// Empty if there is none.
  [[nodiscard]] std::string_view
  qualifier(std::string_view key) const
  {
    const auto found = qualifiers.find(key);
    return found == qualifiers.end() ? std::string_view() : std::string_view(found->second);
  }
};

inline constexpr std::size_t max_purl_bytes = 8192;
inline constexpr std::size_t max_purl_qualifiers = 64;

/// Errors (ErrorKind::input): what the specification does not allow, and more than the limits above.
[[nodiscard]] Result<Purl> parse_purl(std::string_view text);

/// Spells namespace and name as the specification wants them of the type ("PURL-TYPES").
void normalise(Purl& purl);

/// Any text as a part or a qualifier of one.
[[nodiscard]] std::string purl_encoded(std::string_view text);

/// As the specification writes it: parsing it gives the same again.
[[nodiscard]] std::string to_text(const Purl& purl);

/// What OSV calls the package.
struct PurlPackage
{
  std::string ecosystem;  ///< with the release of a distribution ("Debian:12"); empty: OSV has none for it
  std::string name;
  std::string version;
  bool lacks_release = false;  ///< records are of releases, and the package URL does not say which
};

/// `system` is the distribution that a document names elsewhere ("debian-12"), for package URLs that do not; may be
/// empty.
[[nodiscard]] PurlPackage package_of(const Purl& purl, std::string_view system = {});

/// The other way: of a package of an ecosystem as OSV spells it, perhaps with a release ("Debian:12"). The type is
/// "generic" where there is none for the ecosystem.
[[nodiscard]] Purl purl_of(std::string_view ecosystem, std::string_view name, std::string_view version);

}  // namespace sluice::deps
