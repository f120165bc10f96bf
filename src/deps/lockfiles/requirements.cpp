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
#include "base/tree_path.hpp"
#include "deps/entries_named.hpp"
#include "deps/not_locked.hpp"
#include "deps/python.hpp"
#include "deps/python_place.hpp"
#include "deps/requirement_lines.hpp"
#include "deps/requirement_options.hpp"

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
  std::string_view stem = file_name_of(path);
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
    // Constraints count wherever they stand, and so does the index.
    read_file(file_.text, directory_of(file_.path), {});
    for (const Pending& each : pending_) {
      add(each);
    }
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
    std::string text = {};    ///< a requirement, or the place behind -e
    std::string hashes = {};  ///< with blanks between
    std::uint32_t line = 0;
    bool is_direct = true;
    std::string_view path = {};
    std::uint32_t line_there = 0;
    bool is_editable = false;
  };
  struct Pin
  {
    std::string_view version;
    std::string marker;  ///< normalised; empty: it holds everywhere
  };

  void
  read_file(std::string_view text, std::string_view directory, const Place& place)
  {
    if (const std::string encoding = foreign_requirement_encoding(text); !encoding.empty()) {
      gap(GapKind::unknown_format, {.line = place.line == 0 ? 1 : place.line, .path = place.path, .line_there = 1},
          fmt::format("it says that its encoding is {}, and it is read as UTF-8", printable(encoding)),
          "Write it in UTF-8 and take the comment out");
    }
    RequirementLines logical(text);
    for (const RequirementLine& line : logical.lines) {
      Pending each{.line = place.line == 0 ? line.number : place.line, .path = place.path, .line_there = line.number};
      each.is_direct = !(logical.has_via && line.is_via_package);
      read_line(line.text, directory, std::move(each), place);
    }
  }

  void
  read_line(std::string_view text, std::string_view directory, Pending each, const Place& place)
  {
    const RequirementParts parts = requirement_parts(text);
    if (!parts.defect.empty()) {
      gap(GapKind::unparsable, each, parts.defect);
    }
    const RequirementOption* editable = parts.find("--editable");
    each.text = parts.requirement;
    each.hashes = parts.hashes();
    if (!each.text.empty() || editable != nullptr) {
      // Of the options of such a line pip knows those for requirements, and passes over the others.
      if (each.text.empty()) {
        each.is_editable = true;
        each.text = editable->value;
        for (const std::string& word : parts.left_over) {
          each.text.append(" ").append(word);
        }
      }
      place.is_constraint ? constrain(each.text) : pending_.push_back(std::move(each));
      return;
    }
    if (!parts.left_over.empty()) {
      gap(GapKind::unparsable, each,
          fmt::format("{} stands behind an option, where pip passes over it", printable(parts.left_over.front())),
          "Give it a line of its own");
    }
    follow_options(parts, directory, {each.line, place.is_constraint, place.path});
  }

  /// What a file of constraints includes by -r is installed as if it were included here.
  void
  follow_options(const RequirementParts& parts, std::string_view directory, Place place)
  {
    for (const RequirementOption& each : parts.options) {
      if (each.name == "--requirement") {
        place.is_constraint = false;
        include(each.value, directory, place);
      } else if (each.name == "--index-url") {
        index_ = list_.keep(each.value);
      }
    }
    const RequirementOption* constraints = parts.find("--constraint");
    if (constraints != nullptr && parts.find("--requirement") == nullptr) {
      place.is_constraint = true;
      include(constraints->value, directory, place);
    }
  }

  void
  include(std::string_view name, std::string_view directory, const Place& place)
  {
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
  constrain(std::string_view text)
  {
    const auto requirement = parse_python_requirement(text);
    const std::string_view version = requirement ? pinned_python_version(requirement->specifier) : std::string_view();
    if (!version.empty()) {
      constraints_[python_name(requirement->name)].push_back(
          {list_.keep(std::string(version)), normalised_marker(requirement->marker)});
    }
  }

  /// Without blanks, and with one kind of quotes.
  static std::string
  normalised_marker(std::string_view marker)
  {
    std::string result(marker);
    std::erase_if(result, [](char c) { return c == ' ' || c == '\t'; });
    std::replace(result.begin(), result.end(), '\'', '"');
    return result;
  }

  void
  add(const Pending& each)
  {
    const std::string_view text = list_.keep(each.text);
    if (each.is_editable || !parse_python_requirement(text)) {
      add_place(text, each);
    } else {
      add_requirement(text, each);
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

  Package
  package(const Pending& each)
  {
    Package result{.ecosystem = pypi};
    result.line = each.line;
    result.scope = scope_;
    result.is_direct = each.is_direct;
    result.written_in = each.path;
    result.integrity = each.hashes.empty() ? std::string_view() : list_.keep(each.hashes);
    return result;
  }

  void
  add_requirement(std::string_view text, const Pending& each)
  {
    const auto requirement = parse_python_requirement(text);
    Package added = package(each);
    added.name = requirement->name;
    if (!requirement->url.empty()) {
      added.source = source_of_python_place(requirement->url);
      added.location = requirement->url;
      added.version = version_in_python_archive(requirement->url, added.name);
      finish(added, each);
      return;
    }
    added.version = pinned_python_version(requirement->specifier);
    // What the environment fills in is not locked by the file.
    if (added.version.find("${") != std::string_view::npos) {
      added.version = {};
    }
    const auto pins = entries_named(constraints_, python_name(added.name));
    if (!added.version.empty() || pins.empty()) {
      finish(added, each);
    } else {
      add_constrained(added, pins, normalised_marker(requirement->marker), each);
    }
  }

  /// One pin that holds wherever the requirement does locks it. Of others each is judged, and which of them holds is
  /// for the machine to say.
  void
  add_constrained(Package& added, std::span<const Pin> pins, const std::string& marker, const Pending& each)
  {
    const bool is_locked = std::all_of(pins.begin(), pins.end(), [&](const Pin& pin) {
      return pin.version == pins.front().version && (pin.marker.empty() || pin.marker == marker);
    });
    if (!is_locked) {
      gap(GapKind::unjudged, each,
          fmt::format("{} is locked by constraints that do not hold everywhere, or to several versions",
                      printable(added.name)),
          pin_it);
    }
    std::unordered_set<std::string_view> versions;
    for (const Pin& pin : pins) {
      if (versions.insert(pin.version).second) {
        added.version = pin.version;
        list_.add(added);
      }
    }
  }

  /// A directory, archive or repository without a name before it.
  void
  add_place(std::string_view place, const Pending& each)
  {
    place = trim(place.substr(0, std::min(place.find(" ;"), place.size())));
    Package added = package(each);
    // "-e name @ url" and "-e ./dir[extra]".
    if (const auto named = parse_python_requirement(place); named && !named->url.empty()) {
      added.name = named->name;
      place = named->url;
    }
    added.source = source_of_python_place(place);
    added.location = place;
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
    added.name = list_.keep(project && !project->name.empty() ? project->name : std::string(file_name_of(*path)));
    list_.add(added);
  }

  void
  finish(const Package& added, const Pending& each)
  {
    if (added.version.empty() && added.source != Source::path) {
      gap(GapKind::unjudged, each, not_locked_why(added.name), pin_it);
    }
    list_.add(added);
  }

  const LockText& file_;
  PackageList& list_;
  Scope scope_;
  std::vector<Pending> pending_;
  std::string_view index_;
  std::unordered_map<std::string, std::vector<Pin>> constraints_;
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
  return file_name_of(path).find("constraints") == std::string_view::npos;
}

}  // namespace

extern const Lockfile lockfile_requirements{.id = "requirements",
                                            .title = "pip requirements.txt",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::all_or_none,
                                            .weak_hash = WeakHash::outgrown,
                                            .manifest = ManifestKind::itself,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .claims = claims,
                                            .read = read};

}  // namespace sluice::deps
