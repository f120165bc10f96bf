// SPDX-License-Identifier: Apache-2.0
#include "deps/pnpm_ranges.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

constexpr std::string_view protocol = "catalog:";

}  // namespace

void
PnpmRanges::add_catalogs(Value catalogs)
{
  for (const Value catalog : catalogs) {
    for (const Value entry : catalog) {
      const std::string_view specifier = entry["specifier"].scalar();
      catalogs_.insert_or_assign(fmt::format("{}{} {}", protocol, catalog.key(), entry.key()), specifier);
      if (catalog.key() == "default") {
        catalogs_.insert_or_assign(fmt::format("{} {}", protocol, entry.key()), specifier);
      }
    }
  }
}

void
PnpmRanges::add_peers(PackageId package, Value peers)
{
  peers_.insert_or_assign(package, peers);
}

void
PnpmRanges::of_project(Value specifiers)
{
  set(specifiers);
}

void
PnpmRanges::of_package(PackageId package)
{
  const auto peers = peers_.find(package);
  set(peers == peers_.end() ? Value() : peers->second);
}

void
PnpmRanges::set(Value table)
{
  ranges_.clear();
  for (const Value range : table) {
    ranges_.insert_or_assign(range.key(), range.scalar());
  }
}

std::string_view
PnpmRanges::range_of(std::string_view name) const
{
  const auto range = ranges_.empty() ? ranges_.end() : ranges_.find(name);
  return range == ranges_.end() ? std::string_view() : range->second;
}

std::string_view
PnpmRanges::resolved(std::string_view specifier, std::string_view name) const
{
  if (!specifier.starts_with(protocol)) {
    return specifier;
  }
  const auto found = catalogs_.find(fmt::format("{} {}", specifier, name));
  return found == catalogs_.end() ? specifier : found->second;
}

}  // namespace sluice::deps
