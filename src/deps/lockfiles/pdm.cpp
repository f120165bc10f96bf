// SPDX-License-Identifier: Apache-2.0
//
// pdm.lock (pdm-project.org, "Lock file", and pdm's models/lockfile formats for `lock_version`). What a package with an
// extra needs beyond the package stands in an entry of its own, with the same name and `extras`. `groups` says for
// which groups a package is locked, from 4.4 on where the strategy has inherit_metadata; before, it follows from what
// pyproject.toml asks for.
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/entries_named.hpp"
#include "deps/python.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::string_view again = "Make the lockfile anew with pdm lock";

class Reader
{
public:
  Reader(Value root, const std::optional<PythonProject>& project, PackageList& list)
      : project_(project),
        list_(list)
  {
    for (const Value files : root["metadata"]["files"]) {
      files_[std::string(files.key())] = files;
    }
    for (const Value entry : root["package"]) {
      add(entry);
    }
    for (const Entry& entry : entries_) {
      add_needs(entry);
    }
    if (project) {
      add_project();
    } else {
      for (const Entry& entry : entries_) {
        list_.at(entry.id).is_direct = !entry.is_needed;
      }
    }
  }

private:
  struct Entry
  {
    Value value;
    PackageId id = 0;
    bool is_needed = false;
  };

  [[nodiscard]] Scope
  scope_of(Value groups) const
  {
    Scope best = groups.size() == 0 ? Scope::runtime : Scope::dev;
    for (const Value group : groups) {
      const std::string name = python_name(group.text());
      const auto known = project_ ? project_->groups.find(name) : std::map<std::string, Scope>::const_iterator();
      if (name == "default") {
        best = Scope::runtime;
      } else {
        best = std::min(best, project_ && known != project_->groups.end() ? known->second : scope_of_group_name(name));
      }
    }
    return best;
  }

  void
  locate(Value entry, Package& package) const
  {
    static constexpr std::array<std::pair<std::string_view, Source>, 3> keys{
        {{"git", Source::git}, {"url", Source::url}, {"path", Source::path}}};
    for (const auto& [key, source] : keys) {
      if (const Value where = entry[key]) {
        package.source = source;
        package.location = where.text();
      }
    }
    const bool is_here = package.source == Source::path && (package.location == "." || package.location == "./");
    if (is_here || (package.source == Source::path && project_ && python_name(package.name) == project_->name)) {
      package.part = Part::root;
    }
  }

  std::string_view
  hashes(Value entry, Package& package)
  {
    std::string joined;
    std::string_view& location = package.location;
    const Value files = entry["files"];
    const auto of_all = files ? files_.end() : files_.find(fmt::format("{} {}", package.name, package.version));
    for (const Value file : of_all == files_.end() ? files : of_all->second) {
      joined.append(joined.empty() ? "" : " ").append(file["hash"].text());
      // With the strategy "static_urls" each file says where it is.
      location = location.empty() ? file["url"].text() : location;
    }
    return joined.empty() ? std::string_view() : list_.keep(std::move(joined));
  }

  void
  add(Value entry)
  {
    const Value name = entry["name"];
    Package package{.ecosystem = pypi, .name = name.text(), .version = entry["version"].text()};
    package.line = name.line();
    if (package.name.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why({}), std::string(again));
      return;
    }
    locate(entry, package);
    if (package.version.empty() && package.source != Source::path) {
      list_.gap(GapKind::unparsable, package.line, incomplete_why(package.name), std::string(again));
    }
    package.scope = scope_of(entry["groups"]);
    package.integrity = hashes(entry, package);
    all_say_groups_ = all_say_groups_ && entry["groups"];
    by_name_[python_name(package.name)].push_back(entries_.size());
    entries_.push_back({entry, list_.add(package), false});
  }

  /// The entries that a requirement means: the package, and of its extras those that are asked for.
  template<typename Extras, typename Act>
  void
  for_each_meant(const std::string& name, const Extras& extras, Act act)
  {
    for (const std::size_t index : entries_named(by_name_, name)) {
      const Value of_entry = entries_[index].value["extras"];
      const bool is_asked = std::any_of(of_entry.begin(), of_entry.end(), [&](Value extra) {
        return std::any_of(extras.begin(), extras.end(),
                           [&](const auto& asked) { return python_name(asked) == python_name(extra.text()); });
      });
      if (of_entry.size() == 0 || is_asked) {
        act(entries_[index]);
      }
    }
  }

  void
  add_needs(const Entry& entry)
  {
    const std::string own = python_name(list_.at(entry.id).name);
    for (const Value text : entry.value["dependencies"]) {
      const auto requirement = parse_python_requirement(text.text());
      if (!requirement) {
        list_.gap(GapKind::unparsable, text.line(), fmt::format("{} is no requirement", printable(text.text())),
                  std::string(again));
        continue;
      }
      const std::string name = python_name(requirement->name);
      if (name != own) {
        for_each_meant(name, requirement->extras, [&](Entry& to) {
          to.is_needed = true;
          list_.need(entry.id, to.id, Scope::runtime, requirement->specifier);
        });
      }
    }
  }

  void
  add_project()
  {
    const PackageId root = list_.add({.ecosystem = pypi, .part = Part::root});
    for (const auto& [name, named] : project_->needs) {
      for_each_meant(name, named.extras, [&, &named = named](Entry& to) {
        list_.at(to.id).is_direct = true;
        if (!all_say_groups_) {
          list_.need(root, to.id, named.scope);
        }
      });
    }
  }

  const std::optional<PythonProject>& project_;
  PackageList& list_;
  std::unordered_map<std::string, Value> files_;  ///< by "name version", where they stand apart from the packages
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  bool all_say_groups_ = true;
};

/// 3.x was written by PDM 1, 4.0 to 4.5 by PDM 2.
bool
is_known_version(std::string_view version)
{
  const std::vector<std::string_view> parts = split(version, '.');
  const auto major = number_of<unsigned>(parts.front());
  const auto minor = parts.size() > 1 ? number_of<unsigned>(parts[1]) : std::optional(0U);
  return major && minor && (*major == 3 || (*major == 4 && *minor <= 5));
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = toml_document(file, list);
  if (!root) {
    return;
  }
  const Value version = root["metadata"]["lock_version"];
  if (!is_known_version(version.scalar())) {
    refuse_version(list, version, "lock_version", "Make the lockfile anew with pdm lock, or update Sluice");
    return;
  }
  const Value packages = root["package"];
  if (!has_shape(packages, Data::Kind::list, list) || !have_shape(packages, Data::Kind::table, list)) {
    return;
  }
  const auto project = read_python_project(file.around, list);
  Reader(root, project, list);
  if (project) {
    require_python_packages(*project, list, "pdm lock");
  }
}

constexpr std::array<std::string_view, 2> paths{"pdm.lock", "pdm.*.lock"};

}  // namespace

extern const Lockfile lockfile_pdm{.id = "pdm",
                                   .title = "pdm.lock",
                                   .purpose = Purpose::install,
                                   .hashed = Hashed::all,
                                   .weak_hash = WeakHash::outgrown,
                                   .manifest = ManifestKind::pyproject,
                                   .installer = Installer::other,
                                   .paths = paths,
                                   .read = read,
                                   .upgrade = {"pdm update {name}", "pdm update {name}"}};

}  // namespace sluice::deps
