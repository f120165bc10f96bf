// SPDX-License-Identifier: Apache-2.0
#include "deps/listing.hpp"

#include "base/json_text.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/lockfile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// What is the same package wherever in a tree it is installed.
using Identity = std::tuple<std::string_view, std::string_view, std::string_view, Source>;

/// All entries of one package.
struct Line
{
  Package package;  ///< the first entry, with the scope and directness that count for all
  std::vector<std::string> parents;
};

std::vector<Line>
lines_of_list(const PackageList& list)
{
  std::vector<Line> lines;
  std::map<Identity, std::size_t> known;
  std::vector<std::size_t> line_of(list.packages().size(), std::string::npos);
  for (std::size_t id = 0; id < list.packages().size(); ++id) {
    const Package& package = list.packages()[id];
    if (package.part == Part::root) {
      continue;
    }
    const auto [at, is_new] =
        known.emplace(Identity{package.ecosystem, package.name, package.version, package.source}, lines.size());
    if (is_new) {
      lines.push_back({package, {}});
    }
    Package& merged = lines[at->second].package;
    merged.scope = std::min(merged.scope, package.scope);
    merged.is_direct = merged.is_direct || package.is_direct;
    line_of[id] = at->second;
  }
  for (const Need& need : list.needs()) {
    const Package& from = list.packages()[need.from];
    if (from.part != Part::root && line_of[need.to] != std::string::npos) {
      lines[line_of[need.to]].parents.push_back(fmt::format("{}@{}", from.name, from.version));
    }
  }
  for (Line& line : lines) {
    std::sort(line.parents.begin(), line.parents.end());
    line.parents.erase(std::unique(line.parents.begin(), line.parents.end()), line.parents.end());
  }
  return lines;
}

Json
json_of(const Line& line)
{
  const Package& package = line.package;
  Json json{{"ecosystem", package.ecosystem},   {"name", package.name},        {"version", package.version},
            {"scope", name_of(package.scope)},  {"direct", package.is_direct}, {"line", package.line},
            {"source", name_of(package.source)}};
  if (!line.parents.empty()) {
    json.at("parents") = Json::array_of(line.parents);
  }
  return json;
}

/// The one file of a case that the format reads.
Result<std::string>
file_of_case(const Lockfile& format, const gate::FileTree& tree)
{
  for (const std::string& path : tree.list("").files) {
    const auto text = tree.read(path);
    if (text && find_lockfile(path, *text) == &format) {
      return path;
    }
  }
  return fail(ErrorKind::input, "the case has no file of the format {}", format.id);
}

/// What readers look for above a lockfile: parents of poms, imports of MSBuild, builds of Gradle.
constexpr std::array looked_for_above = std::to_array<std::string_view>(
    {"pom.xml", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "build.gradle",
     "build.gradle.kts", "settings.gradle", "settings.gradle.kts"});
constexpr int max_levels_above = 4;

/// Of a file outside of a work tree: the highest directory that has something which is looked for, else its own.
fs::path
root_by_neighbours(const fs::path& file)
{
  fs::path root = file.parent_path();
  fs::path directory = root;
  for (int level = 0; level < max_levels_above && directory.has_relative_path(); ++level) {
    directory = directory.parent_path();
    const bool has_one = std::any_of(looked_for_above.begin(), looked_for_above.end(), [&directory](auto name) {
      std::error_code ignored;
      return fs::is_regular_file(directory / name, ignored);
    });
    root = has_one ? directory : root;
  }
  return root;
}

/// The work tree that the file lies in, for its neighbours. Above a workflow it is the directory that has `.github`,
/// wherever that lies.
fs::path
root_around(const fs::path& file)
{
  for (fs::path directory = file.parent_path(); directory.has_relative_path(); directory = directory.parent_path()) {
    if (directory.filename() == ".github") {
      return directory.parent_path();
    }
  }
  const auto repository = git::Repository::find(file.parent_path());
  const bool has_one = repository && *repository && !(*repository)->is_bare();
  return has_one ? (*repository)->work_tree() : root_by_neighbours(file);
}

}  // namespace

std::string
json_lines(const PackageList& list)
{
  std::string out;
  for (const Line& line : lines_of_list(list)) {
    out += json_line(json_of(line));
  }
  return out;
}

Result<NamedLockfile>
read_named_lockfile(const fs::path& file, std::string_view shown)
{
  TRY_ASSIGN(std::string text, read_file(file, max_lockfile_bytes));
  const fs::path root = root_around(file);
  std::string path = file.lexically_relative(root).generic_string();
  const bool is_inside = !path.empty() && !path.starts_with("..");
  const gate::DiskTree tree(is_inside ? root : file.parent_path());
  path = is_inside ? path : file.filename().string();
  const Lockfile* format = find_lockfile(path, text);
  if (format == nullptr) {
    // Directories above the root may be what says it: requirements/prod.txt outside of a repository.
    format = find_lockfile(file.generic_string(), text);
  }
  if (format == nullptr) {
    return fail(ErrorKind::usage, "{}: not a lockfile that is known", printable(shown));
  }
  return NamedLockfile{read_lockfile(*format, path, std::move(text), tree), root};
}

std::string
note_of(std::span<const Gap> gaps)
{
  std::string note;
  for (const Gap& gap : gaps) {
    note += fmt::format("{}: {}\n", printable(gap.subject), printable(gap.why));
  }
  return note;
}

Result<gate::CommandOutcome>
list_packages(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const NamedLockfile file, read_named_lockfile(input.file(0), input.arguments.front()));
  gate::CommandOutcome outcome;
  outcome.output = json_lines(file.list);
  outcome.note = note_of(file.list.gaps());
  outcome.verdict = file.list.gaps().empty() ? Verdict::pass : Verdict::incomplete;
  return outcome;
}

Result<std::string>
lockfile_listing(std::string_view id, const fs::path& input)
{
  const auto all = lockfiles();
  const Lockfile& format =
      **std::find_if(all.begin(), all.end(), [id](const Lockfile* each) { return each->id == id; });
  const gate::DiskTree tree(input);
  TRY_ASSIGN(const std::string path, file_of_case(format, tree));
  TRY_ASSIGN(std::string text, tree.read(path));
  const PackageList list = read_lockfile(format, path, std::move(text), tree);
  std::string out = json_lines(list);
  for (const Gap& gap : list.gaps()) {
    out += fmt::format("gap {} {}: {}\n", name_of(gap.kind), gap.subject, gap.why);
  }
  return out;
}

}  // namespace sluice::deps
