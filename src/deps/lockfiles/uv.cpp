// SPDX-License-Identifier: Apache-2.0
//
// uv.lock and the locks of scripts, NAME.py.lock (docs.astral.sh/uv, "Resolution", "Lockfile versioning"). A version is
// only read by the uv that knows it, and inside a version every uv reads every revision: so a version that is not 1 is
// refused, and a revision that is not known yet is read.
//
// A package needs others by name, and by version and source too where forks of the resolution lock several. Extras
// and groups of dependencies stand in tables of their own.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/entries_named.hpp"
#include "deps/extra_graph.hpp"
#include "deps/missing.hpp"
#include "deps/python.hpp"
#include "deps/python_archive.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

using Node = ExtraGraph::Node;

/// The key of `source` that says of what kind it is.
constexpr std::array<std::pair<std::string_view, Source>, 7> source_kinds{{{"registry", Source::registry},
                                                                           {"git", Source::git},
                                                                           {"url", Source::url},
                                                                           {"path", Source::path},
                                                                           {"directory", Source::path},
                                                                           {"editable", Source::path},
                                                                           {"virtual", Source::path}}};

struct Origin
{
  std::string_view kind, where;
  Source source = Source::registry;
};

Origin
origin_of(Value source)
{
  for (const auto& [key, kind] : source_kinds) {
    if (const Value where = source[key]) {
      return {key, where.text(), kind};
    }
  }
  return {};
}

/// Under the name that uv writes, or the one that it had before and uv still reads.
Value
packages_of(Value root)
{
  return root["package"] ? root["package"] : root["distribution"];
}

/// Tables that are not known may lock more, and the same twice is refused by uv.
bool
has_known_tables(Value root, PackageList& list)
{
  static constexpr std::array<std::string_view, 11> known{
      "package",           "distribution",     "manifest",
      "options",           "conflicts",        "resolution-markers",
      "supported-markers", "required-markers", "environment-markers",
      "requires-python",   "revision"};
  for (const Value each : root) {
    const bool is_simple = !each.is_table() && !(each.is_list() && each.item(0).is_table());
    if (!is_simple && std::find(known.begin(), known.end(), each.key()) == known.end()) {
      list.refuse(GapKind::unknown_format, each.line(), fmt::format("the table {} is not known", printable(each.key())),
                  "Update Sluice");
      return false;
    }
  }
  if (root["package"] && root["distribution"]) {
    list.refuse(GapKind::unparsable, root["distribution"].line(), "it has its packages under two names",
                "Make the lockfile anew with uv lock");
    return false;
  }
  return true;
}

class Reader
{
public:
  Reader(Value root, PackageList& list)
      : root_(root),
        list_(list),
        graph_(list.max_needs)
  {
    for (const Value name : root["manifest"]["members"]) {
      members_.insert(name.text());
    }
    for (const Value entry : packages_of(root)) {
      add(entry);
    }
    for (const auto& [name, entries] : by_name_) {
      if (entries.size() > 1) {
        tell_apart(name, entries);
      }
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
    }
    add_manifest();
    graph_.tell(list);
    missing_.tell(list, "uv lock");
  }

private:
  struct Entry
  {
    Value value;
    PackageId id = 0;
    Node node = 0;
  };

  [[nodiscard]] Part
  part_of(std::string_view name, const Origin& origin) const
  {
    if (origin.source != Source::path || origin.kind == "path") {
      return Part::third_party;
    }
    if (origin.where == "." && (origin.kind == "virtual" || origin.kind == "editable")) {
      return Part::root;
    }
    return members_.contains(name) ? Part::member : Part::third_party;
  }

  /// Of several archives the youngest counts: a release is as young as the youngest of what may be installed of it.
  void
  describe_archive(Value archive, Package& package, std::string& hashes)
  {
    if (const std::string_view hash = archive["hash"].text(); !hash.empty()) {
      hashes.append(hashes.empty() ? "" : " ").append(hash);
    }
    package.published = std::max(package.published, archive["upload-time"].text());
    if (package.location.empty()) {
      package.location = archive["url"].text();
    }
  }

  void
  add(Value entry)
  {
    const Value name = entry["name"];
    const Origin origin = origin_of(entry["source"]);
    if (name.text().empty() || (origin.kind.empty() && entry["source"])) {
      list_.gap(GapKind::unparsable, entry.line(),
                name.text().empty() ? incomplete_why({})
                                    : fmt::format("the source of {} is of no known kind", printable(name.text())));
      if (name.text().empty()) {
        return;
      }
    }
    Package package{.ecosystem = pypi, .name = name.text(), .version = entry["version"].text()};
    package.line = name.line();
    package.source = origin.source;
    package.part = part_of(package.name, origin);
    if (origin.source != Source::registry) {
      package.location = origin.where;
    }
    std::string hashes;
    describe_archive(entry["sdist"], package, hashes);
    for (const Value wheel : entry["wheels"]) {
      describe_archive(wheel, package, hashes);
    }
    if (package.source == Source::registry) {
      require_own_archives(entry, package, list_);
    }
    if (package.location.empty()) {
      package.location = origin.where;
    }
    package.integrity = hashes.empty() ? std::string_view() : list_.keep(std::move(hashes));
    if (package.version.empty() && package.source != Source::path) {
      list_.gap(GapKind::unparsable, package.line, incomplete_why(package.name), "Make the lockfile anew with uv lock");
    }
    const PackageId id = list_.add(package);
    const Node node = graph_.add(id, ExtraGraph::Kind::package);
    if (package.part != Part::third_party) {
      graph_.seed(node, Scope::runtime);
    }
    by_name_[package.name].push_back(entries_.size());
    entries_.push_back({entry, id, node});
  }

  static std::string
  fork_key(std::string_view name, std::string_view version, const Origin& origin)
  {
    return fmt::format("{}\n{}\n{}\n{}", name, version, origin.kind, origin.where);
  }

  /// By as much of version and source as may be written of a package that is locked more than once; the last counts.
  void
  tell_apart(std::string_view name, const std::vector<std::size_t>& entries)
  {
    for (const std::size_t index : entries) {
      const Value value = entries_[index].value;
      const std::string_view version = value["version"].text();
      const Origin origin = origin_of(value["source"]);
      forks_[fork_key(name, {}, {})] = index;
      forks_[fork_key(name, version, {})] = index;
      forks_[fork_key(name, {}, origin)] = index;
      forks_[fork_key(name, version, origin)] = index;
    }
  }

  /// Null if the lock does not have it.
  [[nodiscard]] const Entry*
  find(Value needed) const
  {
    const auto found = by_name_.find(needed["name"].text());
    if (found == by_name_.end()) {
      return nullptr;
    }
    if (found->second.size() == 1) {
      return &entries_[found->second.front()];
    }
    const auto fork = forks_.find(fork_key(found->first, needed["version"].text(), origin_of(needed["source"])));
    return fork == forks_.end() ? nullptr : &entries_[fork->second];
  }

  Node
  extra_of(const Entry& entry, std::string_view extra)
  {
    std::string key = fmt::format("{}\n{}", entry.id, extra);
    const auto [at, is_new] = extras_.emplace(std::move(key), 0);
    if (is_new) {
      at->second = graph_.add(entry.id, ExtraGraph::Kind::extra);
    }
    return at->second;
  }

  /// What the project's own packages ask for. Of others the lock says what was chosen alone.
  using Specifiers = std::unordered_map<std::string_view, std::string_view>;

  /// One that stands there several times, by markers, is told by none.
  static void
  note_specifiers(Value list, Specifiers& specifiers)
  {
    for (const Value each : list) {
      const auto [at, is_new] = specifiers.emplace(each["name"].text(), each["specifier"].text());
      if (!is_new && at->second != each["specifier"].text()) {
        at->second = {};
      }
    }
  }

  static Specifiers
  specifiers_of(Value metadata)
  {
    Specifiers specifiers;
    note_specifiers(metadata["requires-dist"], specifiers);
    for (const Value group : metadata["requires-dev"]) {
      note_specifiers(group, specifiers);
    }
    return specifiers;
  }

  void
  add_edges(Node from, Value needs, Scope scope, const Specifiers& specifiers = {})
  {
    for (const Value needed : needs) {
      const Entry* to = find(needed);
      if (to == nullptr) {
        missing_.add(needed["name"].text(), needed.line());
        continue;
      }
      const auto said = specifiers.find(needed["name"].text());
      graph_.edge(from, to->node, scope, said == specifiers.end() ? std::string_view() : said->second);
      for (const Value extra : needed["extra"]) {
        graph_.edge(from, extra_of(*to, extra.text()), scope);
      }
    }
  }

  void
  add_needs(const Entry& entry)
  {
    const bool is_own = list_.at(entry.id).part != Part::third_party;
    const Specifiers specifiers = is_own ? specifiers_of(entry.value["metadata"]) : Specifiers();
    add_edges(entry.node, entry.value["dependencies"], Scope::runtime, specifiers);
    for (const Value extra : entry.value["optional-dependencies"]) {
      const Node node = extra_of(entry, extra.key());
      if (is_own) {
        graph_.seed(node, Scope::optional);
      }
      add_edges(node, extra, Scope::runtime, specifiers);
    }
    if (is_own) {
      for (const std::string_view key : {"dev-dependencies", "dependency-groups"}) {
        for (const Value group : entry.value[key]) {
          add_edges(entry.node, group, Scope::dev, specifiers);
        }
      }
    }
  }

  /// What a script, or a workspace whose root is no project, asks for.
  void
  add_manifest()
  {
    const Value manifest = root_["manifest"];
    if (manifest["requirements"].size() == 0 && manifest["dependency-groups"].size() == 0) {
      return;
    }
    const PackageId root = list_.add({.ecosystem = pypi, .part = Part::root});
    const Node node = graph_.add(root, ExtraGraph::Kind::package);
    graph_.seed(node, Scope::runtime);
    add_manifest_needs(node, manifest["requirements"], Scope::runtime);
    for (const Value group : manifest["dependency-groups"]) {
      add_manifest_needs(node, group, Scope::dev);
    }
  }

  /// Written as in metadata: by name and specifier, so that of several versions any may be meant.
  void
  add_manifest_needs(Node from, Value needs, Scope scope)
  {
    for (const Value needed : needs) {
      for (const std::size_t index : entries_named(by_name_, needed["name"].text())) {
        graph_.edge(from, entries_[index].node, scope, needed["specifier"].text());
        for (const Value extra : needed["extras"]) {
          graph_.edge(from, extra_of(entries_[index], extra.text()), scope);
        }
      }
    }
  }

  Value root_;
  PackageList& list_;
  ExtraGraph graph_;
  Missing missing_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::string, std::size_t> forks_;
  std::unordered_map<std::string, Node> extras_;
  std::unordered_set<std::string_view> members_;
};

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  const Value packages = packages_of(root);
  const Value version = root["version"];
  if (version.scalar() != "1") {
    refuse_version(list, version, "version", "Make the lockfile anew with uv lock, or update Sluice");
    return;
  }
  if (!has_known_tables(root, list) || !has_shape(packages, Data::Kind::list, list)
      || !have_shape(packages, Data::Kind::table, list)) {
    return;
  }
  Reader(root, list);
  if (file.path.ends_with("uv.lock")) {
    if (const auto project = read_python_project(file.around, list)) {
      require_python_packages(*project, list, "uv lock");
    }
  }
}

constexpr std::array<std::string_view, 2> paths{"uv.lock", "*.py.lock"};

}  // namespace

extern const Lockfile lockfile_uv{
    .id = "uv",
    .title = "uv.lock",
    .purpose = Purpose::install,
    .hashed = Hashed::all,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::pyproject,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"uv lock --upgrade-package {name}=={version}", "uv lock --upgrade-package {name}=={version}"}};

}  // namespace sluice::deps
