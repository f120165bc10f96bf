// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::deps {

/// The name by which two are one package to whoever installs it: as the registry compares it, and of Go without the
/// major version and in lower case, for forges fold the capitals of a path, though Go itself does not.
[[nodiscard]] std::string compared_name(std::string_view ecosystem, std::string_view name);

/// Of a name as it is compared that part which says who may publish under it: a scope of npm, a vendor of Packagist, a
/// group of Maven, "github.com/owner", a prefix that NuGet reserves. Empty if every name may be anybody's.
[[nodiscard]] std::string_view owner_of_name(std::string_view ecosystem, std::string_view name);

}  // namespace sluice::deps
