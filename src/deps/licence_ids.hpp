// SPDX-License-Identifier: Apache-2.0
//
// The names of the SPDX License List (spdx.org/licenses, version 3.28) and of its exceptions, and what else they are
// called. A name that is on no list says nothing: "BSD" is one of a dozen licences, and which one is for a person to
// find out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// As the list spells it, whatever the case is that it is asked in; empty if it is not on the list.
[[nodiscard]] std::string_view spdx_id(std::string_view text);
[[nodiscard]] std::string_view spdx_exception(std::string_view text);

/// Ids of the list, for suggestions.
[[nodiscard]] const std::vector<std::string_view>& spdx_ids();

/// An id in the parts that say which versions of a licence it stands for: GFDL, 1.2, -no-invariants.
struct LicenceVersion
{
  std::string family;
  std::string version;  ///< empty: the licence has none with a point in it, and is no version of another
  std::string suffix;   ///< without -only and -or-later
  bool is_or_later = false;

  [[nodiscard]] bool is_of_same_family(const LicenceVersion& other) const;
};

[[nodiscard]] LicenceVersion licence_version(std::string_view id);

/// Whether `a` is an earlier version than `b`, or the same; "1.1" and "2.0".
[[nodiscard]] bool is_at_most(std::string_view a, std::string_view b);

/// The ids of the list under which "GPL-2.0-or-later" or "Apache-1.1+" may be used: each version from that on.
[[nodiscard]] std::vector<std::string> versions_from(const LicenceVersion& first);

/// The expression for a name that people write and the list does not have, "Apache License, Version 2.0"; empty if it
/// is none that has one meaning only.
[[nodiscard]] std::string_view licence_of_name(std::string_view name);

/// The expression for what a DESCRIPTION of R says ("Writing R Extensions", "Licensing"): "GPL (>= 2)", "MIT + file
/// LICENSE", "GPL-2 | GPL-3". The text itself where there is no other way to say it.
[[nodiscard]] std::string licence_of_r(std::string_view text);

}  // namespace sluice::deps
