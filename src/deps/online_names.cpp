// SPDX-License-Identifier: Apache-2.0
#include "deps/online_names.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "deps/address.hpp"
#include "deps/audit.hpp"
#include "deps/ecosystem.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::size_t most_name_bytes = 512;
constexpr std::string_view drupal = "https://packages.drupal.org/";

/// Of Python's names and those of others who take a hyphen and an underscore for the same.
std::string
folded(std::string_view text)
{
  std::string folded = to_lower(text);
  std::replace_if(
      folded.begin(), folded.end(), [](char each) { return is_any_of(each, "_."); }, '-');
  return folded;
}

/// However a name or a glob is written: one that is told by mistake cannot be taken back.
bool
is_private(const Package& package, const DepsOptions& options)
{
  const std::string compared = name_to_compare(package);
  return std::any_of(options.private_packages.begin(), options.private_packages.end(), [&](const std::string& glob) {
    return matches_text(glob, package.name) || matches_text(glob, compared)
           || matches_text(to_lower(glob), to_lower(package.name)) || matches_text(folded(glob), folded(package.name));
  });
}

/// Go's and Swift's packages have an address for a name.
bool
is_of_listed_host(const Package& package, const DepsOptions& options)
{
  constexpr std::array<std::string_view, 2> by_address{"Go", "SwiftURL"};
  return std::find(by_address.begin(), by_address.end(), package.ecosystem) != by_address.end()
         && is_listed(options.registries, address_of(fmt::format("https://{}", package.name)));
}

bool
is_elsewhere(const Package& package, const DepsOptions& options)
{
  if (package.source != Source::registry) {
    return true;
  }
  return is_of_listed_host(package, options) || is_listed(options.registries, address_of(package.location))
         || (has_registry(package.ecosystem) && !is_public_registry(package.ecosystem, package.location));
}

/// A release of a distribution, or the one other registry that OSV has: any other address is somebody's own.
bool
is_known_suffix(std::string_view ecosystem)
{
  const std::string_view suffix = ecosystem.substr(std::min(ecosystem.find(':'), ecosystem.size()));
  return suffix.find('/') == std::string_view::npos || suffix.substr(1).starts_with(drupal);
}

/// One name may be a registry's in one lockfile and a fork's in another, and be written as a private one in one alone.
void
settle(OnlineNames& names)
{
  for (auto& [why, kept] : names.kept) {
    const auto& [ecosystem, sending] = why;
    for (const auto& [name, brought] : kept) {
      if (sending == Sending::is_private) {
        names.sent.erase({ecosystem, name});
      }
    }
  }
  for (auto& [why, kept] : names.kept) {
    const std::string& ecosystem = why.first;
    std::erase_if(kept, [&](const auto& each) { return names.sent.contains({ecosystem, each.first}); });
  }
  std::erase_if(names.kept, [](const auto& each) { return each.second.empty(); });
}

}  // namespace

Sending
sending_of(const Package& package, const DepsOptions& options)
{
  if (is_private(package, options)) {
    return Sending::is_private;
  }
  if (is_elsewhere(package, options)) {
    return Sending::is_elsewhere;
  }
  const bool is_name = !package.name.empty() && package.name.size() <= most_name_bytes
                       && package.ecosystem.size() <= most_name_bytes && is_known_suffix(package.ecosystem)
                       && printable(package.name) == package.name && printable(package.ecosystem) == package.ecosystem;
  return is_name ? Sending::allowed : Sending::is_no_name;
}

OnlineNames
online_names(const LockedFiles& locked, const DepsOptions& options)
{
  OnlineNames names;
  const auto note = [](auto& all, auto key, Brought brought) {
    Brought& known = all.try_emplace(std::move(key), brought).first->second;
    known = std::max(known, brought);
  };
  for (const LockedFile& file : locked.files) {
    const Brought brought = file.is_unchanged ? Brought::no : Brought::yes;
    for (const Package& package : file.list.packages()) {
      if (!can_be_judged(package) || find_ecosystem(package.ecosystem) == nullptr) {
        continue;
      }
      const Sending sending = sending_of(package, options);
      PackageName name{std::string(package.ecosystem), name_to_compare(package)};
      if (sending == Sending::allowed) {
        note(names.sent, std::move(name), brought);
      } else {
        note(names.kept[{std::move(name.ecosystem), sending}], std::move(name.name), brought);
      }
    }
  }
  settle(names);
  return names;
}

}  // namespace sluice::deps
