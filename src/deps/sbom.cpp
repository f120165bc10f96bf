// SPDX-License-Identifier: Apache-2.0
#include "deps/sbom.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"
#include "deps/not_locked.hpp"
#include "deps/purl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Have the tool that makes the document write package URLs with versions";

/// Kinds of components that are no packages of a registry (CycloneDX 1.7, "component.type"; SPDX 2.3,
/// "primaryPackagePurpose"): without a package URL there is nothing to judge of them.
constexpr std::array no_packages =
    std::to_array<std::string_view>({"file", "operating-system", "operating_system", "device", "device-driver",
                                     "platform", "data", "machine-learning-model", "cryptographic-asset"});

/// These may be somebody's product, or the directory or lockfile that a scanner looked at, which has no version.
constexpr std::array perhaps_packages =
    std::to_array<std::string_view>({"application", "container", "firmware", "source", "archive", "install"});

bool
is_no_package(const Sbom::Component& component)
{
  const std::string kind = to_lower(component.kind);
  return std::find(no_packages.begin(), no_packages.end(), kind) != no_packages.end()
         || (component.version.empty()
             && std::find(perhaps_packages.begin(), perhaps_packages.end(), kind) != perhaps_packages.end());
}

}  // namespace

std::string_view
spdx_licence(std::string_view text)
{
  text = trim(text);
  return text == "NONE" || text == "NOASSERTION" ? std::string_view() : text;
}

std::string
incomplete_bill(std::string_view gap)
{
  return fmt::format("the document is incomplete: {}", printable(gap));
}

void
Sbom::add_root(std::string_view reference)
{
  if (!root_) {
    root_ = list_.add({.part = Part::root});
  }
  if (!reference.empty()) {
    by_reference_.emplace(reference, *root_);
  }
}

void
Sbom::add(const Component& component)
{
  // A document may list its root among the components as well.
  if (!component.reference.empty() && by_reference_.contains(component.reference)) {
    const PackageId known = by_reference_.at(component.reference);
    if (root_ && known == *root_) {
      return;
    }
    if (purl_of_[component.reference] != component.purl) {
      list_.gap(GapKind::unparsable, component.line,
                fmt::format("the reference {} stands twice", printable(component.reference)), "Make the document anew");
    }
  }
  if (!component.purl.empty() || !component.own.empty()) {
    add_package(component, component.purl.empty() ? component.own : component.purl);
  } else if (is_no_package(component)) {
    // What it needs was asked for by somebody.
    if (!component.reference.empty()) {
      by_reference_.emplace(component.reference, list_.add({.part = Part::root}));
    }
  } else {
    add_unjudged(component, component.name, component.version,
                 "has no package URL, so there is no telling whose package it is");
  }
}

void
Sbom::register_as(const Component& component, PackageId id)
{
  if (!component.reference.empty()) {
    by_reference_[component.reference] = id;
    purl_of_[component.reference] = component.purl;
  }
}

void
Sbom::add_unjudged(const Component& component, std::string_view name, std::string_view version, std::string_view why)
{
  list_.gap(GapKind::unjudged, component.line, fmt::format("{} {}", printable(component.name), why), std::string(fix));
  Package package;
  package.name = name;
  package.version = version;
  package.scope = component.scope;
  package.line = component.line;
  package.licence = component.licence;
  package.integrity = component.integrity;
  if (!name.empty()) {
    register_as(component, list_.add(package));
  }
}

void
Sbom::take_statement(Component& component, std::string_view key, std::string_view value)
{
  if (key == "package") {
    component.own = value;
  } else if (key == "ecosystem") {
    component.ecosystem = value;
  } else if (key == "name") {
    component.spelled = value;
  } else if (key == "part" && value == "member") {
    component.part = Part::member;
  } else if (key == "direct") {
    component.is_direct = value == "true";
  } else if (key == "source") {
    component.source = from_name<Source>(value);
  } else if (key == "scope") {
    component.scope = from_name<Scope>(value).value_or(component.scope);
  } else if (key == "published") {
    component.published = value;
  } else if (key == "install-script") {
    component.has_install_script = value == "true";
  }
}

void
Sbom::add_package(const Component& component, std::string_view text)
{
  const auto purl = parse_purl(text);
  if (!purl) {
    list_.gap(GapKind::unparsable, component.line, fmt::format("{}: {}", printable(text), purl.error().message),
              std::string(fix));
    return;
  }
  PurlPackage said = package_of(*purl, system_);
  if (!component.ecosystem.empty()) {
    said.ecosystem = component.ecosystem;
  }
  if (!component.spelled.empty()) {
    said.name = component.spelled;
  }
  if (said.ecosystem.empty()) {
    const std::string_view name = list_.keep(std::move(said.name));
    add_unjudged(component, name, said.version.empty() ? component.version : list_.keep(std::move(said.version)),
                 fmt::format("is of a kind that no data set knows: {}", printable(text)));
    return;
  }
  Package package;
  package.ecosystem = list_.keep(std::move(said.ecosystem));
  package.name = list_.keep(std::move(said.name));
  package.version = said.version.empty() ? component.version : list_.keep(std::move(said.version));
  package.scope = component.scope;
  package.line = component.line;
  package.licence = component.licence;
  package.integrity = component.integrity;
  if (const std::string_view url = purl->qualifier("vcs_url"); !url.empty()) {
    package.source = Source::git;
    package.location = list_.keep(std::string(url));
  }
  package.source = component.source.value_or(package.source);
  package.part = component.part;
  package.is_direct = component.is_direct;
  package.published = component.published;
  package.has_install_script = component.has_install_script;
  register_as(component, list_.add(package));
  if (package.version.empty() && package.source != Source::path) {
    not_locked(list_, package.line, package.name, std::string(fix));
  }
  if (said.lacks_release) {
    list_.gap(GapKind::unjudged, package.line,
              fmt::format("which release of {} {} is of is not told", package.ecosystem, printable(package.name)),
              "Have the tool that makes the document write the qualifier distro");
  }
}

void
Sbom::need(std::string_view from, std::string_view to, Scope scope)
{
  wanted_.push_back({from, to, scope});
}

void
Sbom::contain(std::string_view whole, std::string_view part)
{
  contained_.emplace_back(whole, part);
}

void
Sbom::need_parts()
{
  std::unordered_set<std::string_view> needed;
  for (const Wanted& wanted : wanted_) {
    needed.insert(wanted.to);
  }
  for (const auto& [whole, part] : contained_) {
    // Who asks for a member is told by its own statement.
    const auto id = by_reference_.find(part);
    const bool is_member = id != by_reference_.end() && list_.at(id->second).part == Part::member;
    if (!needed.contains(part) && !is_member) {
      need(whole, part);
    }
  }
}

void
Sbom::finish()
{
  need_parts();
  std::vector<bool> is_needed(list_.packages().size());
  bool is_root_told = false;
  for (const Wanted& wanted : wanted_) {
    const auto from = by_reference_.find(wanted.from);
    const auto to = by_reference_.find(wanted.to);
    if (from == by_reference_.end() || to == by_reference_.end() || from->second == to->second) {
      continue;
    }
    // Of a component that says it is optional or for development, every need of it is.
    list_.need(from->second, to->second, std::max(wanted.scope, list_.at(to->second).scope));
    is_needed[to->second] = true;
    is_root_told = is_root_told || list_.at(from->second).part != Part::third_party;
  }
  // A graph that begins neither at the root nor at a member: what nothing needs is what was asked for.
  if (!is_root_told && !wanted_.empty()) {
    const PackageId root = root_ ? *root_ : list_.add({.part = Part::root});
    for (PackageId id = 0; id < is_needed.size(); ++id) {
      if (!is_needed[id] && list_.at(id).part != Part::root) {
        list_.need(root, id, list_.at(id).scope);
      }
    }
  }
}

}  // namespace sluice::deps
