// SPDX-License-Identifier: Apache-2.0
//
// Package.resolved of the Swift Package Installer, versions 1 to 3 (its own source: PinsStore,
// ResolvedPackagesStore). OSV names a Swift package by the address of its repository, without scheme and .git.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// Ports that a scheme has anyway, and so are the same address.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> usual_ports{
    {{"https", "443"}, {"http", "80"}, {"ssh", "22"}, {"git", "9418"}}};

bool
is_usual_port(std::string_view scheme, std::string_view port)
{
  return std::any_of(usual_ports.begin(), usual_ports.end(),
                     [&](const auto& each) { return each.first == scheme && each.second == port; });
}

/// "https://github.com/vapor/vapor.git" and "git@github.com:vapor/vapor.git" to "github.com/vapor/vapor".
std::string
name_of_address(std::string_view address)
{
  const std::string scheme_name = to_lower(address.substr(0, std::min(address.find("://"), address.size())));
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    address.remove_prefix(scheme + 3);
  }
  const std::size_t at = address.find('@');
  if (at != std::string_view::npos && at < address.find('/')) {
    address.remove_prefix(at + 1);
  }
  while (address.ends_with('/')) {
    address.remove_suffix(1);
  }
  if (address.ends_with(".git")) {
    address.remove_suffix(4);
  }
  address.remove_prefix(address.starts_with("www.") ? 4 : 0);
  std::string name(address);
  const std::size_t colon = name.find(':');
  const std::size_t slash = std::min(name.find('/'), name.size());
  if (colon < slash && is_usual_port(scheme_name, std::string_view(name).substr(colon + 1, slash - colon - 1))) {
    name.erase(colon, slash - colon);
  } else if (colon < slash) {
    name[colon] = '/';
  }
  return name;
}

void
add(const Value& pin, const Value& name, std::string_view manifest, PackageList& list)
{
  const Value location = pin["location"] ? pin["location"] : pin["repositoryURL"];
  const Value state = pin["state"];
  const std::string_view kind = pin["kind"].text();
  Package package;
  package.ecosystem = "SwiftURL";
  package.line = name.line();
  package.location = location.text();
  package.name = location.text().empty() ? name.text() : list.keep(name_of_address(location.text()));
  package.version = state["version"].text();
  package.source = kind == "localSourceControl" ? Source::path : Source::registry;
  if (package.version.empty()) {
    // A branch or a commit: nothing that can be compared.
    package.version = state["revision"].text();
    package.source = Source::git;
  }
  package.integrity = state["revision"].text();
  package.is_direct = !location.text().empty() && manifest.find(location.text()) != std::string_view::npos;
  if (location.text().empty()) {
    list.gap(GapKind::unjudged, package.line,
             fmt::format("{} has no address, by which advisories name packages of Swift", printable(package.name)));
  }
  if (package.version.empty()) {
    list.gap(GapKind::unparsable, package.line,
             fmt::format("{} has neither version nor revision", printable(package.name)));
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  const std::string_view version = root["version"].scalar();
  if (version != "1" && version != "2" && version != "3") {
    refuse_version(list, root["version"], "version");
    return;
  }
  const Value pins = version == "1" ? root["object"]["pins"] : root["pins"];
  if (!pins.is_list()) {
    list.refuse(GapKind::unparsable, pins.line(), "it has no list of `pins`, which every one has");
    return;
  }
  if (!have_shape(pins, Data::Kind::table, list)) {
    return;
  }
  const std::string manifest = file.around.read("Package.swift").value_or("");
  for (const Value pin : pins) {
    if (has_shape(pin["state"], Data::Kind::table, list)) {
      add(pin, version == "1" ? pin["package"] : pin["identity"], manifest, list);
    }
  }
}

constexpr std::array<std::string_view, 1> paths{"Package.resolved"};

}  // namespace

extern const Lockfile lockfile_swift{.id = "swift",
                                     .title = "Swift Package.resolved",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::some,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::not_searched,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .read = read,
                                     .upgrade = {"swift package update {name}", "swift package update {name}"},
                                     .fixed_content = FixedContent::versions_and_tags};

}  // namespace sluice::deps
