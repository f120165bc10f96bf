// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string_view>

namespace sluice::deps {

/// The order of Debian's upstream versions and revisions (deb-version(7)), which opam uses too: in turn a run of other
/// characters, of which `~` comes before the end, letters before the rest; and a number, which may be missing for zero.
[[nodiscard]] std::weak_ordering compare_debian_part(std::string_view a, std::string_view b);

}  // namespace sluice::deps
