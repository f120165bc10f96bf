// SPDX-License-Identifier: Apache-2.0
#include "deps/archive_name.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sluice::deps {

namespace {

/// What pip (ARCHIVE_EXTENSIONS), npm, RubyGems, NuGet, Cargo, Conda, Composer and Java take packages from.
constexpr std::array<std::string_view, 26> endings{
    ".tgz",    ".tar.gz",   ".tar",     ".tar.bz2", ".tbz",   ".tbz2", ".tar.xz", ".txz", ".tlz",
    ".tar.lz", ".tar.lzma", ".tar.zst", ".whl",     ".egg",   ".zip",  ".jar",    ".war", ".aar",
    ".ear",    ".gem",      ".nupkg",   ".crate",   ".conda", ".phar", ".rar",    ".7z"};

}  // namespace

bool
names_archive(std::string_view place)
{
  place = place.substr(0, std::min(place.find_first_of("#?"), place.find("::")));
  const std::string name = to_lower(place);
  return std::any_of(endings.begin(), endings.end(), [&name](std::string_view ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

bool
is_own_directory(const Package& package)
{
  // Maven's scope "system" names a file, whatever it is called; what a build makes itself is a member.
  return package.source == Source::path && package.ecosystem != "Maven" && !names_archive(package.location);
}

}  // namespace sluice::deps
