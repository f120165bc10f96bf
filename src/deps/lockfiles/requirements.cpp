// SPDX-License-Identifier: Apache-2.0
//
// requirements.txt (pip.pypa.io, "Requirements File Format"). It is a lockfile as far as it says ==; what it asks for
// by a range is named and not locked, unless a constraints file that it names pins it.
//
// A file that another includes by -r is read with it, at the line of the include: what is listed is what pip installs
// from this file. What keeps a line from being judged is told at the line itself. Constraints (-c) list nothing by
// themselves. pip-compile and uv write behind each requirement whose need it is ("# via flask"): where they do, only
// what is asked for by a file is direct.
#include "base/text.hpp"
#include "deps/python.hpp"
#include "deps/python_place.hpp"
#include "deps/requirement_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t max_includes = 1000;
constexpr std::string_view pin_it = "Pin it with == (pip freeze, pip-compile or uv pip compile write such a file)";

Scope
scope_of_path(std::string_view path)
{
  std::string_view stem = path.substr(path.rfind('/') + 1);
  stem = stem.substr(0, stem.rfind('.'));
  return scope_of_group_name(stem) == Scope::dev ? Scope::dev : Scope::runtime;
}

class Reader
{
public:
  Reader(const LockText& file, PackageList& list)
      : file_(file),
        list_(list),
        scope_(scope_of_path(file.path))
  {}

  void
  read()
  {
    // Constraints count wherever they stand.
    read_file(file_.text, directory_of(file_.path), {});
    for (const Pending& each : pending_) {
      add(each);
    }
    // The index counts for the lines above it too.
    for (PackageId id = 0; id < list_.packages().size(); ++id) {
      Package& package = list_.at(id);
      package.location = package.source == Source::registry ? index_ : package.location;
    }
  }

private:
  /// Where in the file under judgement it is told, and in which file it is written.
  struct Place
  {
    std::uint32_t line = 0;  ///< of the include; 0: it is the line's own
    bool is_constraint = false;
    std::string_view path = {};  ///< of the file; empty: the one under judgement
  };
  struct Pending
  {
    std::string text;
    std::uint32_t line = 0;
    bool is_direct = true;
    std::string_view path = {};
    std::uint32_t line_there = 0;
  };

  static std::string_view
  directory_of(std::string_view path)
  {
    return path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/'));
  }

  void
  read_file(std::string_view text, std::string_view directory, const Place& place)
  {
    RequirementLines logical(text);
    for (const RequirementLine& line : logical.lines) {
      const std::uint32_t number = place.line == 0 ? line.number : place.line;
      const std::string_view content = trim(line.text);
      const std::string_view included = requirement_argument(content, "-r", "--requirement");
      const std::string_view constraints = requirement_argument(content, "-c", "--constraint");
      if (!included.empty()) {
        include(included, directory, {number, place.is_constraint, place.path});
      } else if (!constraints.empty()) {
        include(constraints, directory, {number, true, place.path});
      } else if (place.is_constraint) {
        constrain(content);
      } else {
        pending_.push_back(
            {std::string(content), number, !(logical.has_via && line.is_via_package), place.path, line.number});
      }
    }
  }

  void
  include(std::string_view name, std::string_view directory, const Place& place)
  {
    if (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front()) {
      name = name.substr(1, name.size() - 2);
    }
    // Of the directory of the file that names it; `Surroundings` starts from the lockfile's.
    const std::string relative = directory.empty() ? std::string(name) : fmt::format("{}/{}", directory, name);
    const Surroundings from_root(file_.around.tree(), "");
    const auto path = is_python_url(name) || name.starts_with('/') ? std::nullopt : from_root.resolve(relative);
    if (path && (*path == file_.path || !included_.insert((place.is_constraint ? "c " : "r ") + *path).second)) {
      return;
    }
    const auto text = path && included_.size() <= max_includes ? from_root.read(*path) : std::nullopt;
    if (!text) {
      list_.gap(GapKind::unreadable, place.line, fmt::format("it includes {}, which is not there", printable(name)),
                "Commit the file, or take the line out");
      return;
    }
    if (depth_ < 32) {
      ++depth_;
      read_file(*text, directory_of(*path), {place.line, place.is_constraint, list_.keep(*path)});
      --depth_;
    } else {
      list_.gap(GapKind::too_many, place.line, "files include each other more than 32 levels deep");
    }
  }

  void
  constrain(std::string_view line)
  {
    std::string hashes;
    const auto requirement = parse_python_requirement(without_requirement_options(line, hashes));
    const std::string_view version = requirement ? pinned_python_version(requirement->specifier) : std::string_view();
    if (!version.empty()) {
      constraints_.emplace(python_name(requirement->name), list_.keep(std::string(version)));
    }
  }

  void
  add(const Pending& each)
  {
    const std::string_view line = list_.keep(each.text);
    const std::string_view editable = requirement_argument(line, "-e", "--editable");
    if (!editable.empty() || (!line.starts_with('-') && !parse_python_requirement(line.substr(0, line.find(" -"))))) {
      add_place(editable.empty() ? line : editable, each);
    } else if (!line.starts_with('-')) {
      add_requirement(line, each);
    } else if (const std::string_view index = requirement_argument(line, "-i", "--index-url"); !index.empty()) {
      index_ = index;
    } else if (!is_option(line)) {
      gap(GapKind::unparsable, each, fmt::format("{} is no option of pip", printable(line)));
    }
  }

  void
  gap(GapKind kind, const Pending& each, std::string why, std::string_view fix = {})
  {
    if (each.path.empty()) {
      list_.gap(kind, each.line, std::move(why), std::string(fix));
    } else {
      list_.gap_elsewhere(kind, fmt::format("{}:{}", each.path, each.line_there), std::move(why), std::string(fix));
    }
  }

  static bool
  is_option(std::string_view line)
  {
    static constexpr std::array<std::string_view, 17> options{"-i",
                                                              "-f",
                                                              "--index-url",
                                                              "--extra-index-url",
                                                              "--no-index",
                                                              "--find-links",
                                                              "--no-binary",
                                                              "--only-binary",
                                                              "--prefer-binary",
                                                              "--require-hashes",
                                                              "--pre",
                                                              "--trusted-host",
                                                              "--use-feature",
                                                              "--pypi-url",
                                                              "--process-dependency-links",
                                                              "--use-wheel",
                                                              "--no-use-wheel"};
    return std::any_of(options.begin(), options.end(), [line](std::string_view option) {
      const char behind = line.size() > option.size() ? line[option.size()] : ' ';
      return line.starts_with(option) && (option.size() == 2 || behind == ' ' || behind == '=' || behind == '\t');
    });
  }

  Package
  package(const Pending& each) const
  {
    Package result{.ecosystem = pypi};
    result.line = each.line;
    result.scope = scope_;
    result.is_direct = each.is_direct;
    result.written_in = each.path;
    return result;
  }

  void
  add_requirement(std::string_view line, const Pending& each)
  {
    std::string hashes;
    const auto requirement = parse_python_requirement(without_requirement_options(line, hashes));
    Package added = package(each);
    if (!requirement) {
      add_place(line, each);
      return;
    }
    added.name = requirement->name;
    added.integrity = hashes.empty() ? std::string_view() : list_.keep(std::move(hashes));
    if (!requirement->url.empty()) {
      added.source = source_of_python_place(requirement->url);
      added.location = requirement->url;
      added.version = version_in_python_archive(requirement->url, added.name);
    } else {
      set_version(*requirement, added);
    }
    finish(added, each);
  }

  void
  set_version(const PythonRequirement& requirement, Package& added) const
  {
    added.version = pinned_python_version(requirement.specifier);
    // What the environment fills in is not locked by the file.
    if (added.version.find("${") != std::string_view::npos) {
      added.version = {};
    }
    if (added.version.empty()) {
      const auto pinned = constraints_.find(python_name(added.name));
      added.version = pinned == constraints_.end() ? std::string_view() : pinned->second;
    }
  }

  /// A directory, archive or repository without a name before it.
  void
  add_place(std::string_view line, const Pending& each)
  {
    std::string hashes;
    std::string_view place = without_requirement_options(line, hashes);
    place = trim(place.substr(0, std::min(place.find(" ;"), place.size())));
    Package added = package(each);
    // "-e name @ url" and "-e ./dir[extra]".
    if (const auto named = parse_python_requirement(place); named && !named->url.empty()) {
      added.name = named->name;
      place = named->url;
    }
    added.source = source_of_python_place(place);
    added.location = place;
    added.integrity = hashes.empty() ? std::string_view() : list_.keep(std::move(hashes));
    if (added.name.empty()) {
      added.name = python_egg_of(place);
    }
    if (added.name.empty()) {
      added.name = name_of_python_archive(place);
    }
    added.version = version_in_python_archive(place, added.name);
    if (added.name.empty() && is_python_directory(place)) {
      add_directory(place, added);
    } else if (added.name.empty()) {
      gap(GapKind::unjudged, each, fmt::format("{} is no requirement that names a package", printable(place)),
          "Write it as NAME==VERSION, or as NAME @ URL");
    } else {
      finish(added, each);
    }
  }

  /// The project itself is not listed; another directory of the tree is one of its own packages.
  void
  add_directory(std::string_view place, Package& added)
  {
    place = place.substr(0, place.find('['));
    const auto path = file_.around.resolve(place);
    if (!path || path->empty() || *path == directory_of(file_.path)) {
      return;
    }
    const auto project = read_python_project(file_.around, list_, fmt::format("{}/pyproject.toml", place));
    added.name = list_.keep(project && !project->name.empty() ? project->name : path->substr(path->rfind('/') + 1));
    list_.add(added);
  }

  void
  finish(const Package& added, const Pending& each)
  {
    if (added.version.empty() && added.source != Source::path) {
      gap(GapKind::unjudged, each, fmt::format("{} is not locked to a version", printable(added.name)), pin_it);
    }
    list_.add(added);
  }

  const LockText& file_;
  PackageList& list_;
  Scope scope_;
  std::vector<Pending> pending_;
  std::string_view index_;
  std::unordered_map<std::string, std::string_view> constraints_;
  std::unordered_set<std::string> included_;
  unsigned depth_ = 0;
};

void
read(const LockText& file, PackageList& list)
{
  Reader(file, list).read();
}

constexpr std::array<std::string_view, 4> paths{"requirements.txt", "*requirements*.txt", "requirements/*.txt",
                                                "**/requirements/*.txt"};

/// A file of constraints lists nothing by itself.
bool
claims(std::string_view path, std::string_view /*text*/)
{
  return path.substr(path.rfind('/') + 1).find("constraints") == std::string_view::npos;
}

}  // namespace

extern const Lockfile lockfile_requirements{
    .id = "requirements", .title = "pip requirements.txt", .paths = paths, .claims = claims, .read = read};

}  // namespace sluice::deps
