// SPDX-License-Identifier: Apache-2.0
#include "deps/python_archive.hpp"

#include "base/text.hpp"
#include "deps/address.hpp"
#include "deps/ecosystem.hpp"
#include "deps/python.hpp"
#include "deps/scheme.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace sluice::deps {

namespace {

/// With %2B for the plus of a local version, as addresses have it.
std::string
file_name_of(std::string_view address)
{
  address = address.substr(0, address.find_first_of("?#"));
  address = address.substr(address.rfind('/') + 1);
  return percent_decoded(address);
}

/// A local version's separators are free (PEP 440), and a wheel's name has _ for them.
bool
is_same_version(std::string_view written, std::string_view version)
{
  static const Scheme& scheme = *find_scheme(find_ecosystem(pypi)->scheme);
  const auto order = scheme.compare(written, version);
  return written == version || (order && *order == std::weak_ordering::equivalent);
}

bool
is_other_wheel(std::string_view file, std::string_view name, std::string_view version)
{
  const std::size_t hyphen = file.find('-');
  if (hyphen == std::string_view::npos) {
    return true;
  }
  const std::string_view rest = file.substr(hyphen + 1);
  return python_name(file.substr(0, hyphen)) != python_name(name)
         || (!version.empty() && !is_same_version(rest.substr(0, rest.find('-')), version));
}

/// Names and versions had hyphens of their own: the name ends at the one ahead of which it is the package's.
bool
is_other_source(std::string_view file, std::string_view name, std::string_view version)
{
  const std::string own = python_name(name);
  for (std::size_t at = file.find('-'); at != std::string_view::npos; at = file.find('-', at + 1)) {
    if (python_name(file.substr(0, at)) == own && (version.empty() || is_same_version(file.substr(at + 1), version))) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool
is_other_python_archive(std::string_view address, std::string_view name, std::string_view version)
{
  static constexpr std::array<std::string_view, 8> endings{".tar.gz", ".zip",     ".tgz",      ".tar.bz2",
                                                           ".tar.xz", ".tar.zst", ".tar.lzma", ".tar.lz"};
  const std::string whole = file_name_of(address);
  std::string_view file = whole;
  if (file.ends_with(".whl")) {
    file.remove_suffix(4);
    return is_other_wheel(file, name, version);
  }
  for (const std::string_view ending : endings) {
    if (file.ends_with(ending)) {
      file.remove_suffix(ending.size());
      return is_other_source(file, name, version);
    }
  }
  return false;
}

void
require_own_archives(Value entry, const Package& package, PackageList& list)
{
  const auto is_other = [&](Value archive) {
    for (const std::string_view key : {"name", "filename", "url", "path"}) {
      const std::string_view address = archive[key].text();
      if (!address.empty() && is_other_python_archive(address, package.name, package.version)) {
        list.gap(GapKind::unjudged, archive[key].line(),
                 fmt::format("{} is no archive of {} {}", printable(file_name_of(address)), printable(package.name),
                             printable(package.version)),
                 "Make the lockfile anew: what is installed is what the archive holds");
        return true;
      }
    }
    return false;
  };
  if (is_other(entry["sdist"])) {
    return;
  }
  for (const Value wheel : entry["wheels"]) {
    if (is_other(wheel)) {
      return;
    }
  }
}

}  // namespace sluice::deps
