// SPDX-License-Identifier: Apache-2.0
//
// pylock.toml and pylock.NAME.toml (packaging.python.org, "pylock.toml specification", PEP 751), lock-version 1.0. The
// graph is optional in it. What a package is needed for stands in its marker, as membership of `extras` and
// `dependency_groups`; `default-groups` are the ones that are installed unasked.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/entries_named.hpp"
#include "deps/missing.hpp"
#include "deps/not_locked.hpp"
#include "deps/python.hpp"
#include "deps/python_archive.hpp"
#include "deps/python_marker.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// What a marker says a package is needed for: of "or" the best side counts, of "and" the worst; what a marker says of
/// the machine does not change it.
class MarkerScope
{
public:
  using Result = Scope;

  explicit MarkerScope(Value default_groups)
      : default_groups_(default_groups)
  {}

  [[nodiscard]] Scope
  of(const PythonComparison& comparison) const
  {
    return comparison.operation == "in" ? membership(comparison.left, comparison.right) : Scope::runtime;
  }
  static Scope
  either(Scope left, Scope right)
  {
    return std::min(left, right);
  }
  static Scope
  both(Scope left, Scope right)
  {
    return std::max(left, right);
  }

private:
  [[nodiscard]] Scope
  membership(std::string_view left, std::string_view right) const
  {
    if (right == "extras") {
      return Scope::optional;
    }
    if (right != "dependency_groups" || left.size() < 2) {
      return Scope::runtime;
    }
    const std::string group = python_name(left.substr(1, left.size() - 2));
    const bool is_default = std::any_of(default_groups_.begin(), default_groups_.end(),
                                        [&group](Value each) { return python_name(each.text()) == group; });
    return is_default ? Scope::runtime : Scope::dev;
  }

  Value default_groups_;
};

class Reader
{
public:
  Reader(Value root, PackageList& list)
      : root_(root),
        list_(list)
  {
    for (const Value entry : root["packages"]) {
      add(entry);
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
    }
    missing_.tell(list, "the tool that made it");
  }

  void
  set_direct(const std::optional<PythonProject>& project)
  {
    for (const Entry& entry : entries_) {
      // Without manifest and graph there is no telling.
      list_.at(entry.id).is_direct = project ? project->needs.contains(python_name(list_.at(entry.id).name))
                                             : has_graph_ && !needed_.contains(entry.id);
    }
  }

private:
  struct Entry
  {
    Value value;
    PackageId id = 0;
  };

  /// Of several archives the youngest counts, as in uv.lock.
  void
  describe_archive(Value archive, Package& package, std::string& hashes)
  {
    for (const Value hash : archive["hashes"]) {
      hashes.append(hashes.empty() ? "" : " ").append(hash.key()).append(":").append(hash.text());
    }
    package.published = std::max(package.published, archive["upload-time"].text());
    if (package.location.empty()) {
      package.location = archive["url"] ? archive["url"].text() : archive["path"].text();
    }
  }

  void
  locate(Value entry, Package& package)
  {
    std::string hashes;
    if (const Value repository = entry["vcs"]) {
      package.source = Source::git;
      package.location = repository["url"] ? repository["url"].text() : repository["path"].text();
    } else if (const Value directory = entry["directory"]) {
      package.source = Source::path;
      package.location = directory["path"].text();
      package.part = package.location == "." || package.location == "./" ? Part::root : Part::third_party;
    } else if (const Value archive = entry["archive"]) {
      package.source = archive["url"] ? Source::url : Source::path;
      describe_archive(archive, package, hashes);
      if (package.version.empty()) {
        package.version = version_in_python_archive(package.location, package.name);
      }
    }
    describe_archive(entry["sdist"], package, hashes);
    for (const Value wheel : entry["wheels"]) {
      describe_archive(wheel, package, hashes);
    }
    package.integrity = hashes.empty() ? std::string_view() : list_.keep(std::move(hashes));
    require_own_archives(entry, package, list_);
  }

  void
  add(Value entry)
  {
    const Value name = entry["name"];
    Package package{.ecosystem = pypi, .name = name.text(), .version = entry["version"].text()};
    package.line = name.line();
    if (package.name.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why({}));
      return;
    }
    locate(entry, package);
    if (package.version.empty() && package.source != Source::path) {
      not_locked(list_, package.line, package.name,
                 "Have the tool that makes the lockfile write the version, or ask for a release of a registry");
    }
    if (const Value marker = entry["marker"]) {
      const MarkerScope meaning(root_["default-groups"]);
      const auto scope = PythonMarker(marker.text(), meaning).read();
      package.scope = scope.value_or(Scope::runtime);
      if (!scope) {
        list_.gap(GapKind::unparsable, marker.line(), fmt::format("the marker of {} is none", printable(package.name)));
      }
    }
    by_name_[python_name(package.name)].push_back(entries_.size());
    entries_.push_back({entry, list_.add(package)});
  }

  void
  add_needs(const Entry& entry)
  {
    for (const Value needed : entry.value["dependencies"]) {
      has_graph_ = true;
      const auto found = entries_named(by_name_, python_name(needed["name"].text()));
      // They are other entries of the file, by its specification.
      if (found.empty()) {
        missing_.add(needed["name"].text(), needed.line());
      }
      for (const std::size_t index : found) {
        const Entry& to = entries_[index];
        if (to.id != entry.id && (!needed["version"] || needed["version"].text() == to.value["version"].text())) {
          list_.need(entry.id, to.id);
          needed_.insert(to.id);
        }
      }
    }
  }

  Value root_;
  PackageList& list_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::unordered_set<PackageId> needed_;
  Missing missing_;
  bool has_graph_ = false;
};

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  const Value version = root["lock-version"];
  if (version.scalar() != "1.0") {
    refuse_version(list, version, "lock-version", "Update Sluice");
    return;
  }
  if (!root["packages"].is_list()) {
    list.refuse(GapKind::unparsable, 0, "it ends without the packages that every pylock.toml has",
                "Make the lockfile anew");
    return;
  }
  if (!have_shape(root["packages"], Data::Kind::table, list)) {
    return;
  }
  const auto project = read_python_project(file.around, list);
  Reader reader(root, list);
  reader.set_direct(project);
  if (project && file.path.ends_with("pylock.toml")) {
    require_python_packages(*project, list, "the tool that made it");
  }
}

constexpr std::array<std::string_view, 2> paths{"pylock.toml", "pylock.*.toml"};

}  // namespace

extern const Lockfile lockfile_pylock{.id = "pylock",
                                      .title = "pylock.toml",
                                      .purpose = Purpose::install,
                                      .hashed = Hashed::all_or_none,
                                      .weak_hash = WeakHash::outgrown,
                                      .manifest = ManifestKind::not_searched,
                                      .installer = Installer::other,
                                      .paths = paths,
                                      .read = read};

}  // namespace sluice::deps
