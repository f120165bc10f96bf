// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/scheme.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice::deps {

/// How a registry compares the names of packages.
enum class NameRule {
  exact,
  pep503,     ///< case-folded, runs of - _ . are one hyphen (PEP 503)
  lower_case  ///< ASCII letters folded
};

/// A registry or distribution, as OSV spells it.
struct Ecosystem
{
  std::string_view name;    ///< "npm", "crates.io", "Red Hat"
  std::string_view scheme;  ///< id of its version order; empty: versions are compared as text, only for equality
  std::string_view purl;    ///< type of its package URLs, "pypi"; empty if there is none
  NameRule names = NameRule::exact;
};

/// Those of the OSV schema 1.7.5 (docs/schema.md, "affected[].package field"), by name.
[[nodiscard]] std::span<const Ecosystem> ecosystems();

/// By the name up to the first colon: "Debian:12" is Debian. Null if there is none.
[[nodiscard]] const Ecosystem* find_ecosystem(std::string_view name);

/// By the type of a package URL, in lower case. Null if there is none.
[[nodiscard]] const Ecosystem* find_ecosystem_of_purl(std::string_view type);

/// The version order; null if the ecosystem is not known or has none. Of who publishes packages of other ecosystems
/// ("Root:Debian:12") it is that of the other.
[[nodiscard]] const Scheme* scheme_of(std::string_view ecosystem);

/// The name as the registry compares it.
[[nodiscard]] std::string normalised(const Ecosystem& ecosystem, std::string_view name);
/// The same; of an ecosystem that is not known as it is written.
[[nodiscard]] std::string normalised(std::string_view ecosystem, std::string_view name);

}  // namespace sluice::deps
