// SPDX-License-Identifier: Apache-2.0
//
// composer.lock (getcomposer.org, "The composer.json schema", and composer's Package/Locker.php). What only development
// needs is in `packages-dev`. A requirement may be met by a package that provides or replaces what is named; platform
// packages (php, ext-…) are named and never locked. `notification-url` tells the registry that a package is of: OSV has
// an ecosystem of its own for Drupal's, whose versions are ordered and named apart from Packagist's.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/beside.hpp"
#include "deps/lockfile.hpp"
#include "deps/missing.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view again = "Make the lockfile anew with composer update --lock";
constexpr std::string_view drupal = "Packagist:https://packages.drupal.org/8";

/// "php", "ext-json", "lib-icu", "composer-plugin-api": a name without a vendor.
bool
is_platform(std::string_view name)
{
  return name.find('/') == std::string_view::npos;
}

/// Anyone may write a `notification-url`, which nothing is fetched from. So a package is of Drupal's registry alone
/// only if what is fetched is of Drupal too; else it may as well be the one of Packagist.
enum class Registry { packagist, drupal, either };

Registry
registry_of(Value entry)
{
  if (entry["notification-url"].text() != "https://packages.drupal.org/8/downloads") {
    return Registry::packagist;
  }
  const std::string_view dist = entry["dist"]["url"].text();
  const std::string_view source = entry["source"]["url"].text();
  const bool is_of_drupal = entry["name"].text().starts_with("drupal/")
                            && (dist.empty() || dist.starts_with("https://ftp.drupal.org/"))
                            && (source.empty() || source.starts_with("https://git.drupalcode.org/")
                                || source.starts_with("https://git.drupal.org/"));
  return is_of_drupal ? Registry::drupal : Registry::either;
}

class Reader
{
public:
  Reader(Value root, Value manifest, PackageList& list)
      : manifest_(manifest),
        list_(list)
  {
    for (const std::string_view each : {"require", "require-dev"}) {
      for (const Value needed : manifest[each]) {
        asked_.insert(to_lower(needed.key()));
      }
    }
    for (const std::string_view each : {"provide", "replace"}) {
      for (const Value other : manifest[each]) {
        of_project_.insert(to_lower(other.key()));
      }
    }
    list_.tells_install_scripts = true;
    add_all(root["packages"], Scope::runtime);
    add_all(root["packages-dev"], Scope::dev);
    for (const auto& [entry, id] : entries_) {
      add_needs(entry, id);
    }
    missing_.tell(list, "composer update --lock");
    if (!manifest) {
      for (const auto& [entry, id] : entries_) {
        list_.at(id).is_direct = !needed_.contains(id);
      }
    }
    for (const auto& [id, twin] : twin_of_) {
      list_.at(twin).is_direct = list_.at(id).is_direct;
    }
    require_packages();
  }

private:
  void
  add_all(Value entries, Scope scope)
  {
    for (const Value entry : entries) {
      add(entry, scope);
    }
  }

  static void
  locate(Value entry, Package& package)
  {
    const Value source = entry["source"];
    // Composer falls back to the source of a directory that is not there.
    const bool is_directory = entry["dist"]["type"].text() == "path";
    const Value dist = is_directory && source ? Value() : entry["dist"];
    package.location = dist["url"] ? dist["url"].text() : source["url"].text();
    if (is_directory && !source) {
      package.source = Source::path;
    } else if (!entry["notification-url"] && source) {
      // Of a repository of the project's own, not of a registry.
      package.source = Source::git;
      package.location = source["url"].text();
    } else if (!entry["notification-url"] && dist) {
      package.source = Source::url;
    }
  }

  void
  add(Value entry, Scope scope)
  {
    const Value name = entry["name"];
    const Registry registry = registry_of(entry);
    Package package{.ecosystem = registry == Registry::drupal ? drupal : "Packagist",
                    .name = name.text(),
                    .version = entry["version"].scalar()};
    package.line = name.line();
    if (package.name.empty() || package.version.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why(package.name), std::string(again));
    }
    if (package.name.empty()) {
      return;
    }
    package.scope = scope;
    package.is_direct = asked_.contains(to_lower(package.name));
    package.published = entry["time"].text();
    // GitHub's archives have no hash of their own; what they are made of has.
    const std::string_view hash = entry["dist"]["shasum"].text();
    const std::string_view commit = entry["dist"]["reference"].text();
    package.integrity = hash.empty() && !commit.empty() ? list_.keep(fmt::format("git:{}", commit)) : hash;
    package.licence = licence_of(entry["license"], list_);
    package.has_install_script = entry["type"].text() == "composer-plugin";
    locate(entry, package);
    const PackageId id = list_.add(package);
    if (registry == Registry::either) {
      package.ecosystem = drupal;
      twin_of_.emplace(id, list_.add(package));
    }
    entries_.emplace_back(entry, id);
    std::string key = to_lower(package.name);
    if (const auto known = by_name_.find(key); known != by_name_.end()) {
      list_.gap(GapKind::unparsable, package.line, fmt::format("{} is there twice", printable(package.name)),
                std::string(again));
    }
    by_name_.emplace(std::move(key), id);
    for (const std::string_view each : {"provide", "replace"}) {
      for (const Value other : entry[each]) {
        stand_ins_.emplace(to_lower(other.key()), id);
      }
    }
  }

  void
  add_needs(Value entry, PackageId from)
  {
    for (const Value needed : entry["require"]) {
      const std::string key = to_lower(needed.key());
      if (is_platform(key) || of_project_.contains(key)) {
        continue;
      }
      auto found = by_name_.find(key);
      if (found == by_name_.end()) {
        found = stand_ins_.find(key);
        if (found == stand_ins_.end()) {
          missing_.add(needed.key(), needed.line());
          continue;
        }
      }
      if (found->second != from) {
        needed_.insert(found->second);
        list_.need(from, found->second, Scope::runtime, needed.text());
        if (const auto twin = twin_of_.find(found->second); twin != twin_of_.end()) {
          list_.need(from, twin->second, Scope::runtime, needed.text());
        }
      }
    }
  }

  void
  require_packages()
  {
    Missing not_locked;
    for (const std::string_view table : {"require", "require-dev"}) {
      for (const Value needed : manifest_[table]) {
        const std::string key = to_lower(needed.key());
        if (is_platform(key) || by_name_.contains(key) || stand_ins_.contains(key) || of_project_.contains(key)) {
          continue;
        }
        if (entries_.empty()) {
          locks_nothing(list_, "composer.json", needed.key(), std::string(again));
          return;
        }
        not_locked.add(needed.key(), 0);
      }
    }
    not_locked.tell(list_, "composer update --lock");
  }

  Value manifest_;
  PackageList& list_;
  Missing missing_;
  std::unordered_set<std::string> asked_;
  std::unordered_set<std::string> of_project_;  ///< what the project itself stands for
  std::vector<std::pair<Value, PackageId>> entries_;
  std::map<PackageId, PackageId> twin_of_;  ///< what stands once more, as of another registry
  std::unordered_map<std::string, PackageId> by_name_, stand_ins_;
  std::unordered_set<PackageId> needed_;
};

bool
is_known(Value root, PackageList& list)
{
  const Value api = root["plugin-api-version"];
  if (api && !api.text().starts_with("1.") && !api.text().starts_with("2.")) {
    refuse_version(list, api, "plugin-api-version", "Update Sluice");
    return false;
  }
  if (!root["packages"].is_list()) {
    list.refuse(GapKind::unparsable, root.line(), "it has no list of packages", std::string(again));
    return false;
  }
  return true;
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, again);
  if (!root || !is_known(root, list)) {
    return;
  }
  const auto manifest = json_beside(file.around, "composer.json", list);
  Reader(root, manifest ? manifest->data.root() : Value(), list);
}

constexpr std::array<std::string_view, 1> paths{"composer.lock"};

}  // namespace

extern const Lockfile lockfile_composer{
    .id = "composer",
    .title = "Composer composer.lock",
    .purpose = Purpose::install,
    // The registry has none to give.
    .hashed = Hashed::some,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::composer_json,
    .installer = Installer::composer,
    .paths = paths,
    .read = read,
    .upgrade = {"composer update {name} --with-dependencies", "composer update {name} --with-dependencies"}};

}  // namespace sluice::deps
