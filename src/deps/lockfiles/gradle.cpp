// SPDX-License-Identifier: Apache-2.0
//
// Gradle's lockfiles (docs.gradle.org, "Locking Versions"). gradle.lockfile has a module a line with the configurations
// that it is in, "g:n:v=compileClasspath,runtimeClasspath", and "empty=" with those that hold nothing. Before Gradle 7
// each configuration had a file of its own in gradle/dependency-locks, named after it, with "g:n:v" a line. What is
// prefixed with "buildscript-" or "settings-" locks the build's own plugins.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/gradle_build.hpp"
#include "deps/gradle_scope.hpp"
#include "deps/lockfile.hpp"
#include "deps/not_locked.hpp"

#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Run gradle dependencies --write-locks";
constexpr std::string_view suffix = ".lockfile";

struct Locked
{
  std::string_view name, version, configurations;
  std::uint32_t line = 0;
};

struct Lock
{
  std::vector<Locked> entries;
  bool has_end = false;  ///< "empty=", which Gradle writes last and always (LockFileReaderWriter)
  bool locks_runtime = false;
  std::uint32_t broken = 0;  ///< the first line that is none
};

/// "group:name:version"; false if it is none.
bool
split_module(std::string_view module, Locked& locked)
{
  const std::size_t first = module.find(':');
  const std::size_t second = first == std::string_view::npos ? first : module.find(':', first + 1);
  if (second == std::string_view::npos || first == 0 || second == first + 1 || second + 1 == module.size()
      || module.find_first_of(": \t", second + 1) != std::string_view::npos) {
    return false;
  }
  locked.name = module.substr(0, second);
  locked.version = module.substr(second + 1);
  return true;
}

/// `own`: the configuration of a file that is about one; empty: lines say theirs.
Lock
parsed(std::string_view text, std::string_view own)
{
  Lock lock;
  std::uint32_t number = 0;
  for (const std::string_view whole : lines_of(text)) {
    ++number;
    const std::string_view line = trim(whole);
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    const std::size_t equals = line.find('=');
    const std::string_view configurations = equals == std::string_view::npos ? own : line.substr(equals + 1);
    lock.locks_runtime = lock.locks_runtime || to_lower(configurations).find("runtimeclasspath") != std::string::npos;
    if (line.substr(0, equals) == "empty" && equals != std::string_view::npos) {
      lock.has_end = true;
      continue;
    }
    Locked locked;
    locked.line = number;
    locked.configurations = configurations;
    if ((equals == std::string_view::npos) == own.empty() || !split_module(line.substr(0, equals), locked)) {
      lock.broken = number;
      return lock;
    }
    lock.entries.push_back(locked);
  }
  return lock;
}

Scope
scope_of(const Locked& locked, const Lock& lock)
{
  Scope best = Scope::dev;
  for (const std::string_view configuration : split(locked.configurations, ',')) {
    best = std::min(best, gradle_scope(trim(configuration), lock.locks_runtime));
  }
  return best;
}

bool
is_of_build_itself(std::string_view file)
{
  return file.starts_with("buildscript-") || file.starts_with("settings-");
}

void
add_entries(const Lock& lock, const std::set<std::string>& named, bool is_build, PackageList& list)
{
  for (const Locked& locked : lock.entries) {
    Package package;
    package.ecosystem = "Maven";
    package.name = locked.name;
    package.version = locked.version;
    package.line = locked.line;
    package.scope = is_build ? Scope::build : scope_of(locked, lock);
    package.is_direct = named.contains(std::string(locked.name));
    list.add(package);
  }
}

void
read(const LockText& file, PackageList& list)
{
  std::string_view name = file_name_of(file.path);
  const bool is_build = is_of_build_itself(name);
  const bool is_single = file.path.find("dependency-locks/") != std::string_view::npos;
  const Lock lock = parsed(file.text, is_single ? name.substr(0, name.size() - suffix.size()) : std::string_view());
  if (lock.broken != 0) {
    list.refuse(GapKind::unparsable, lock.broken, "a line is not group:name:version=configurations", std::string(fix));
    return;
  }
  const auto lines = static_cast<std::uint32_t>(lines_of(file.text).size());
  if (!lock.has_end && !file.text.empty() && !file.text.ends_with('\n')) {
    list.refuse(GapKind::unparsable, lines, "it ends within a line", std::string(fix));
    return;
  }
  if (!lock.has_end && !lock.entries.empty() && !is_single) {
    list.gap(GapKind::unparsable, lines, "it ends without the line empty= that every one has", std::string(fix));
  }
  const Surroundings root(file.around.tree(),
                          is_single ? file.around.resolve("../..").value_or("") + "/x" : std::string(file.path));
  const std::set<std::string> named = modules_of_build(root, list);
  add_entries(lock, named, is_build, list);
  if (lock.entries.empty() && !lock.has_end && !is_build && !is_single && !named.empty()) {
    locks_nothing(list, "the build beside it", *named.begin(), std::string(fix));
  }
}

// Other names than gradle.lockfile can be set (dependencyLocking.lockFile); they end the same by custom.
constexpr std::array<std::string_view, 2> paths{"*gradle.lockfile", "**/gradle/dependency-locks/*.lockfile"};

}  // namespace

extern const Lockfile lockfile_gradle{
    .id = "gradle",
    .title = "Gradle lockfile",
    .purpose = Purpose::install,
    .hashed = Hashed::some,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::not_searched,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"./gradlew dependencies --update-locks {name}", "./gradlew dependencies --update-locks {name}"}};

}  // namespace sluice::deps
