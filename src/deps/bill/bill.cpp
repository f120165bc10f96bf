// SPDX-License-Identifier: Apache-2.0
#include "deps/bill/bill.hpp"

#include "base/hash.hpp"
#include "deps/bill/fetch_uri.hpp"
#include "deps/purl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace sluice::deps {

namespace {

Purl
purl_with_source(const Package& package)
{
  Purl purl = purl_of(package.ecosystem, package.name, package.version);
  std::string uri = package.source == Source::registry ? std::string() : fetch_uri(package);
  if (!uri.empty()) {
    purl.qualifiers.emplace(package.source == Source::git ? "vcs_url" : "download_url", std::move(uri));
  }
  return purl;
}

/// Of what somebody publishes. A member of the project has none, though it has a name and a version: whoever looked
/// for advisories by it would find those of a stranger's package.
std::string
published_purl(const Package& package)
{
  if (package.part == Part::member || package.source == Source::path) {
    return {};
  }
  std::string text = to_text(purl_with_source(package));
  return parse_purl(text) ? text : std::string();
}

/// Of a component without a package URL.
std::string
own_reference(const Package& package)
{
  const std::string key =
      fmt::format("{}\n{}\n{}\n{}", package.ecosystem, package.name, package.version, package.location);
  return fmt::format("sluice:{}:{}", package.part == Part::member ? "member" : "local",
                     to_hex(sha256(key)).substr(0, 24));
}

class BillMaker
{
public:
  Bill
  make(std::span<const PackageList* const> lists)
  {
    for (const PackageList* list : lists) {
      add(*list);
    }
    // In the scope that counts for all entries: another one may be for more than this.
    for (const std::size_t direct : unasked_) {
      bill_.root_needs.push_back({direct, bill_.components[direct].package.scope});
    }
    for (Bill::Component& component : bill_.components) {
      std::sort(component.places.begin(), component.places.end());
      component.places.erase(std::unique(component.places.begin(), component.places.end()), component.places.end());
    }
    sort_by_reference();
    return std::move(bill_);
  }

private:
  static constexpr std::size_t root = static_cast<std::size_t>(-1);

  void
  add(const PackageList& list)
  {
    std::vector<std::size_t> component_of;
    for (const Package& package : list.packages()) {
      component_of.push_back(package.part == Part::root ? root : component(package, list.path));
    }
    std::vector<bool> is_asked_for(list.packages().size());
    for (const deps::Need& need : list.needs()) {
      const std::size_t to = component_of[need.to];
      if (to != root && component_of[need.from] != to) {
        needs_of(component_of[need.from]).push_back({to, need.scope});
      }
      is_asked_for[need.to] = is_asked_for[need.to] || list.packages()[need.from].part != Part::third_party;
    }
    // Some formats say which are direct, and not who asks for them.
    for (PackageId id = 0; id < is_asked_for.size(); ++id) {
      const Package& package = list.packages()[id];
      if (package.is_direct && !is_asked_for[id] && component_of[id] != root) {
        unasked_.push_back(component_of[id]);
      }
    }
  }

  std::size_t
  component(const Package& package, std::string_view path)
  {
    std::string purl = published_purl(package);
    std::string reference = purl.empty() ? own_reference(package) : purl;
    if (!purl.empty() && package.source != Source::registry && purl.find('?') == std::string::npos) {
      // Nobody says from where, only that it is not the registry's of the same name.
      reference += fmt::format("?sluice-source={}", name_of(package.source));
    }
    if (const std::size_t suffix = package.ecosystem.find(':');
        !purl.empty() && suffix != std::string_view::npos && reference.find('?') == std::string::npos) {
      // One of two registries of an ecosystem, where the package URL has no word for which.
      reference += fmt::format("?sluice-ecosystem={}", purl_encoded(package.ecosystem.substr(suffix + 1)));
    }
    const auto [at, is_new] = known_.emplace(reference, bill_.components.size());
    if (is_new) {
      bill_.components.push_back({std::move(reference), std::move(purl), package, {}, {}});
    }
    Bill::Component& component = bill_.components[at->second];
    merge(package, component.package);
    component.places.push_back({path, package.line});
    return at->second;
  }

  static void
  merge(const Package& from, Package& into)
  {
    into.scope = std::min(into.scope, from.scope);
    into.is_direct = into.is_direct || from.is_direct;
    into.has_install_script = into.has_install_script || from.has_install_script;
    for (const auto field : {&Package::location, &Package::integrity, &Package::licence, &Package::published}) {
      if ((into.*field).empty()) {
        into.*field = from.*field;
      }
    }
  }

  std::vector<Bill::Need>&
  needs_of(std::size_t component)
  {
    return component == root ? bill_.root_needs : bill_.components[component].needs;
  }

  void
  sort_by_reference()
  {
    std::vector<std::size_t> order(bill_.components.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
    }
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return bill_.components[a].reference < bill_.components[b].reference;
    });
    std::vector<std::size_t> place(order.size());
    std::vector<Bill::Component> sorted;
    for (const std::size_t from : order) {
      place[from] = sorted.size();
      sorted.push_back(std::move(bill_.components[from]));
    }
    bill_.components = std::move(sorted);
    renumber(bill_.root_needs, place);
    for (Bill::Component& component : bill_.components) {
      renumber(component.needs, place);
    }
  }

  /// Of several needs of the same component the one for the best scope stays.
  static void
  renumber(std::vector<Bill::Need>& needs, const std::vector<std::size_t>& place)
  {
    for (Bill::Need& need : needs) {
      need.to = place[need.to];
    }
    std::sort(needs.begin(), needs.end(), [](const Bill::Need& a, const Bill::Need& b) {
      return std::pair(a.to, a.scope) < std::pair(b.to, b.scope);
    });
    const auto end =
        std::unique(needs.begin(), needs.end(), [](const Bill::Need& a, const Bill::Need& b) { return a.to == b.to; });
    needs.erase(end, needs.end());
  }

  Bill bill_;
  std::vector<std::size_t> unasked_;  ///< direct, and nobody is said to ask for them
  std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace

Bill
make_bill(std::span<const PackageList* const> lists)
{
  return BillMaker().make(lists);
}

Statements
statements_of(const Bill::Component& component)
{
  const Package& package = component.package;
  Statements all;
  const Purl purl = purl_of(package.ecosystem, package.name, package.version);
  if (component.purl.empty()) {
    all.emplace_back("package", to_text(purl));
  }
  // Package URLs fold the case of some, and have no type for others.
  const PurlPackage said = package_of(purl);
  if (said.ecosystem != package.ecosystem) {
    all.emplace_back("ecosystem", package.ecosystem);
  }
  if (said.name != package.name) {
    all.emplace_back("name", package.name);
  }
  if (component.is_member()) {
    all.emplace_back("part", "member");
    all.emplace_back("direct", package.is_direct ? "true" : "false");
  }
  if (package.source != Source::registry) {
    all.emplace_back("source", name_of(package.source));
  }
  if (package.scope != Scope::runtime) {
    all.emplace_back("scope", name_of(package.scope));
  }
  if (!package.published.empty()) {
    all.emplace_back("published", package.published);
  }
  if (package.has_install_script) {
    all.emplace_back("install-script", "true");
  }
  return all;
}

}  // namespace sluice::deps
