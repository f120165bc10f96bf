// SPDX-License-Identifier: Apache-2.0
//
// poetry.lock (python-poetry.org, "Basic usage", and poetry's packages/locker.py for the versions: Poetry 2 reads
// lock-version >=1,<3 and warns of what is above the one it writes). The project itself is not in it, so pyproject.toml
// beside it says what is asked for directly.
//
// What a package is needed for is told in three ways: up to 1.1 and 2.0 by `category` (dropped from Poetry 1.5 on),
// from 2.1 by `groups`, and in between not at all: there it follows from what pyproject.toml asks for, over the graph.
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/entries_named.hpp"
#include "deps/extra_graph.hpp"
#include "deps/python.hpp"
#include "deps/python_marker.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace sluice::deps {

namespace {

using Node = ExtraGraph::Node;

Source
source_of(Value source)
{
  const std::string_view type = source["type"].text();
  if (type == "git") {
    return Source::git;
  }
  if (type == "url") {
    return Source::url;
  }
  return type == "directory" || type == "file" ? Source::path : Source::registry;
}

bool
says_scope(Value entry)
{
  return entry["category"] || entry["groups"];
}

Scope
scope_of(Value entry)
{
  const Value groups = entry["groups"];
  const auto is_main = [](Value group) { return group.text() == "main"; };
  const bool is_dev = groups ? std::none_of(groups.begin(), groups.end(), is_main) : entry["category"].text() == "dev";
  if (is_dev) {
    return Scope::dev;
  }
  return entry["optional"].is_true() ? Scope::optional : Scope::runtime;
}

/// The extras by which alone a marker holds.
struct MarkerExtras
{
  struct Result
  {
    bool is_bound = false;           ///< false: it may hold without an extra
    std::set<std::string> extras{};  ///< any of them
  };

  [[nodiscard]] static Result
  of(const PythonComparison& comparison)
  {
    const bool is_first = comparison.left == "extra";
    if (comparison.operation != "==" || (!is_first && comparison.right != "extra")) {
      return {};
    }
    const std::string_view quoted = is_first ? comparison.right : comparison.left;
    return quoted.size() < 2 ? Result() : Result{true, {python_name(quoted.substr(1, quoted.size() - 2))}};
  }
  static Result
  either(Result left, Result right)
  {
    left.extras.merge(right.extras);
    return left.is_bound && right.is_bound ? std::move(left) : Result();
  }
  static Result
  both(Result left, Result right)
  {
    left.extras.merge(right.extras);
    left.is_bound = left.is_bound || right.is_bound;
    return left;
  }
};

/// None if the marker may hold without one, or is none.
std::set<std::string>
extras_in_marker(std::string_view marker)
{
  const MarkerExtras meaning;
  auto result = marker.empty() ? std::nullopt : PythonMarker(marker, meaning).read();
  return result ? std::move(result->extras) : std::set<std::string>();
}

class Reader
{
public:
  Reader(Value root, const std::optional<PythonProject>& project, PackageList& list)
      : root_(root),
        list_(list),
        graph_(list.max_needs)
  {
    for (const Value file : root["metadata"]["files"]) {
      files_.emplace(python_name(file.key()), file);
    }
    for (const Value entry : root["package"]) {
      add(entry);
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
    }
    if (project) {
      add_project(*project);
    } else {
      infer_direct();
    }
    graph_.tell(list);
  }

private:
  struct Entry
  {
    Value value;
    PackageId id = 0;
    Node node = 0;
    bool is_needed = false;
  };

  std::string_view
  hashes(Value files)
  {
    std::string joined;
    for (const Value file : files) {
      joined.append(joined.empty() ? "" : " ").append(file["hash"].text());
    }
    return joined.empty() ? std::string_view() : list_.keep(std::move(joined));
  }

  void
  add(Value entry)
  {
    const Value name = entry["name"];
    Package package{.ecosystem = pypi, .name = name.text(), .version = entry["version"].text()};
    package.line = name.line();
    if (package.name.empty() || package.version.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why(package.name),
                "Make the lockfile anew with poetry lock");
    }
    if (package.name.empty()) {
      return;
    }
    package.source = source_of(entry["source"]);
    package.location = entry["source"]["url"].text();
    package.scope = scope_of(entry);
    std::string key = python_name(package.name);
    const auto files = files_.find(key);
    package.integrity = hashes(entry["files"] || files == files_.end() ? entry["files"] : files->second);
    all_say_scope_ = all_say_scope_ && says_scope(entry);
    const PackageId id = list_.add(package);
    by_name_[std::move(key)].push_back(entries_.size());
    entries_.push_back({entry, id, graph_.add(id, ExtraGraph::Kind::package), false});
  }

  Node
  extra_of(const Entry& entry, const std::string& extra)
  {
    const auto [at, is_new] = extras_.emplace(fmt::format("{}\n{}", entry.id, extra), 0);
    if (is_new) {
      at->second = graph_.add(entry.id, ExtraGraph::Kind::extra);
    }
    return at->second;
  }

  /// One way of needing a package: a constraint alone, or a table with it.
  void
  add_need(const Entry& entry, Value needed, Value detail)
  {
    std::set<std::string> extras = extras_in_marker(detail["markers"].text());
    if (extras.empty() && !detail["optional"].is_true()) {
      add_edges(entry, entry.node, needed, detail);
      return;
    }
    if (extras.empty()) {
      extras.emplace();
    }
    for (const std::string& extra : extras) {
      add_edges(entry, extra_of(entry, extra), needed, detail);
    }
  }

  void
  add_edges(const Entry& entry, Node from, Value needed, Value detail)
  {
    // What no environment of the project needs is not locked.
    for (const std::size_t index : entries_named(by_name_, python_name(needed.key()))) {
      Entry& to = entries_[index];
      to.is_needed = to.is_needed || to.id != entry.id;
      graph_.edge(from, to.node, Scope::runtime, detail.is_text() ? detail.text() : detail["version"].text());
      for (const Value asked : detail["extras"]) {
        graph_.edge(from, extra_of(to, python_name(asked.text())));
      }
    }
  }

  void
  add_needs(const Entry& entry)
  {
    for (const Value needed : entry.value["dependencies"]) {
      if (!needed.is_list()) {
        add_need(entry, needed, needed);
        continue;
      }
      for (const Value detail : needed) {
        add_need(entry, needed, detail);
      }
    }
  }

  void
  add_project(const PythonProject& project)
  {
    // Where the lock says what each package is for, the graph would only guess it again.
    const bool by_graph = !all_say_scope_;
    const PackageId root = list_.add({.ecosystem = pypi, .part = Part::root});
    const Node from = graph_.add(root, ExtraGraph::Kind::package);
    graph_.seed(from, Scope::runtime);
    for (const auto& [name, named] : project.needs) {
      for (const std::size_t index : entries_named(by_name_, name)) {
        Entry& entry = entries_[index];
        list_.at(entry.id).is_direct = true;
        if (by_graph) {
          graph_.edge(from, entry.node, named.scope);
        }
        for (const std::string& extra : named.extras) {
          graph_.edge(from, extra_of(entry, extra), named.scope);
        }
      }
    }
  }

  /// Without a manifest: what no other package needs is there because the project asks for it.
  void
  infer_direct()
  {
    for (const Entry& entry : entries_) {
      list_.at(entry.id).is_direct = !entry.is_needed;
    }
  }

  Value root_;
  PackageList& list_;
  ExtraGraph graph_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::string, Value> files_;
  std::unordered_map<std::string, Node> extras_;
  bool all_say_scope_ = true;
};

/// Nothing but a gap if the version is missing or not known.
bool
knows_version(Value root, PackageList& list)
{
  const Value metadata = root["metadata"];
  const Value version = metadata["lock-version"];
  // Poetry before 1.1 wrote none, and what reads it takes that for 1.0. The hash of what was asked for is in each.
  const bool is_first = metadata["content-hash"].is_text() && !version;
  const std::string_view written = is_first ? "1.0" : version.scalar();
  const auto major = number_of<unsigned>(written.substr(0, written.find('.')));
  const auto minor = number_of<unsigned>(written.substr(std::min(written.find('.'), written.size() - 1) + 1));
  if (!written.empty() && major && minor && ((*major == 1 && *minor <= 1) || (*major == 2 && *minor <= 1))) {
    return true;
  }
  refuse_version(list, version, "lock-version", "Make the lockfile anew with poetry lock, or update Sluice");
  return false;
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  if (!knows_version(root, list)) {
    return;
  }
  const Value packages = root["package"];
  if (!has_shape(packages, Data::Kind::list, list) || !have_shape(packages, Data::Kind::table, list)) {
    return;
  }
  const auto project = read_python_project(file.around, list);
  Reader(root, project, list);
  if (project) {
    require_python_packages(*project, list, "poetry lock", Scope::optional);
  }
}

constexpr std::array<std::string_view, 1> paths{"poetry.lock"};

}  // namespace

extern const Lockfile lockfile_poetry{.id = "poetry",
                                      .title = "poetry.lock",
                                      .purpose = Purpose::install,
                                      .hashed = Hashed::all,
                                      .weak_hash = WeakHash::outgrown,
                                      .manifest = ManifestKind::pyproject,
                                      .installer = Installer::other,
                                      .paths = paths,
                                      .read = read,
                                      .upgrade = {"poetry update {name}", "poetry update {name}"}};

}  // namespace sluice::deps
