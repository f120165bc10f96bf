// SPDX-License-Identifier: Apache-2.0
#include "git/repository/layout.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "git/objects/alternates.hpp"
#include "git/repository/config_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::git {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t max_pointer_bytes = 64U << 10U;
constexpr std::uint64_t max_config_bytes = 16U << 20U;

/// Extensions of gitrepository-layout that do not change how objects and refs are read, or that are looked at below.
constexpr std::array<std::string_view, 9> readable_extensions{
    "extensions.noop",           "extensions.noop-v1",      "extensions.preciousobjects",
    "extensions.partialclone",   "extensions.objectformat", "extensions.compatobjectformat",
    "extensions.worktreeconfig", "extensions.refstorage",   "extensions.relativeworktrees"};

bool
is_folder(const fs::path& path)
{
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool
is_present(const fs::path& path)
{
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

/// A path that a file holds on its one line, seen from the directory `base`.
Result<fs::path>
read_pointer(const fs::path& file, std::string_view prefix, const fs::path& base)
{
  TRY_ASSIGN(const std::string text, read_file(file, max_pointer_bytes));
  if (!text.starts_with(prefix)) {
    return fail(ErrorKind::input, "{}: does not begin with '{}'", file.string(), prefix);
  }
  const std::string_view target = trim(std::string_view(text).substr(prefix.size()));
  if (target.empty() || target.find('\0') != std::string_view::npos) {
    return fail(ErrorKind::input, "{}: names no directory", file.string());
  }
  const fs::path path = (base / target).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Result<fs::path>
common_directory_of(const fs::path& git_directory)
{
  const fs::path pointer = git_directory / "commondir";
  if (!is_present(pointer)) {
    return git_directory;
  }
  return read_pointer(pointer, "", git_directory);
}

/// git's own test: a HEAD, and where the shared part is, objects and refs.
bool
is_git_directory(const fs::path& directory)
{
  if (!is_present(directory / "HEAD")) {
    return false;
  }
  const auto common = common_directory_of(directory);
  return common && is_folder(*common / "objects") && is_present(*common / "refs");
}

/// The work tree of a `.git` directory that somebody named directly.
fs::path
work_tree_beside(const fs::path& git_directory)
{
  if (is_present(git_directory / "commondir") && is_present(git_directory / "gitdir")) {
    const auto link = read_pointer(git_directory / "gitdir", "", git_directory);
    return link ? link->parent_path() : fs::path();
  }
  return git_directory.filename() == ".git" ? git_directory.parent_path() : fs::path();
}

/// The repository that `.git` in `directory`, or `directory` itself, is; nothing if there is none.
Result<std::optional<RepositoryLayout>>
look_in(const fs::path& directory)
{
  const fs::path dot_git = directory / ".git";
  std::error_code ignored;
  RepositoryLayout layout;
  if (fs::is_regular_file(dot_git, ignored)) {
    TRY_ASSIGN(layout.git_directory, read_pointer(dot_git, "gitdir:", directory));
    if (!is_git_directory(layout.git_directory)) {
      return fail(ErrorKind::input, "{}: names '{}', which is no git directory here (a container must see it too)",
                  dot_git.string(), layout.git_directory.string());
    }
    layout.work_tree = directory;
  } else if (is_git_directory(dot_git)) {
    layout.git_directory = dot_git;
    layout.work_tree = directory;
  } else if (is_git_directory(directory)) {
    layout.git_directory = directory;
    layout.work_tree = work_tree_beside(directory);
  } else {
    return std::optional<RepositoryLayout>();
  }
  TRY_ASSIGN(layout.common_directory, common_directory_of(layout.git_directory));
  return layout;
}

Result<GitConfig>
read_config(const fs::path& path)
{
  if (!is_present(path)) {
    return GitConfig();
  }
  TRY_ASSIGN(const std::string text, read_file(path, max_config_bytes));
  return GitConfig::parse(text, path.string());
}

bool
names_promisor(const GitConfig& config)
{
  return std::any_of(config.entries().begin(), config.entries().end(), [](const GitConfig::Entry& entry) {
    return entry.name == "extensions.partialclone"
           || (entry.name.starts_with("remote.")
               && (entry.name.ends_with(".partialclonefilter")
                   || (entry.name.ends_with(".promisor") && config_bool(entry.value).value_or(true))));
  });
}

std::map<std::string, std::string, std::less<>>
remote_urls(const GitConfig& config)
{
  constexpr std::string_view prefix = "remote.";
  constexpr std::string_view suffix = ".url";
  std::map<std::string, std::string, std::less<>> urls;
  for (const GitConfig::Entry& entry : config.entries()) {
    const std::string_view name = entry.name;
    if (name.starts_with(prefix) && name.ends_with(suffix) && name.size() > prefix.size() + suffix.size()) {
      urls.try_emplace(std::string(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size())),
                       entry.value);
    }
  }
  return urls;
}

Result<>
check_extensions(const GitConfig& config, const fs::path& directory)
{
  const std::string_view storage = config.get("extensions.refstorage").value_or("files");
  if (to_lower(storage) != "files") {
    return fail(ErrorKind::input,
                "{}: keeps its refs as '{}' (extensions.refStorage), which cannot be read: run 'git "
                "refs migrate --ref-format=files' first",
                directory.string(), printable(storage));
  }
  for (const GitConfig::Entry& entry : config.entries()) {
    if (entry.name.starts_with("extensions.")
        && std::find(readable_extensions.begin(), readable_extensions.end(), entry.name) == readable_extensions.end()) {
      return fail(ErrorKind::input, "{}: uses '{}', a repository extension that is not known here", directory.string(),
                  printable(entry.name));
    }
  }
  return {};
}

Result<bool>
uses_sha256(const GitConfig& config, const fs::path& directory)
{
  const std::string format = to_lower(config.get("extensions.objectformat").value_or("sha1"));
  if (format != "sha1" && format != "sha256") {
    return fail(ErrorKind::input, "{}: names its objects by '{}' (extensions.objectFormat), which is not known here",
                directory.string(), printable(format));
  }
  return format == "sha256";
}

/// `core.bare` of the shared configuration speaks of the main worktree only; `config.worktree` speaks of this one.
Result<bool>
says_bare(const RepositoryLayout& layout, const GitConfig& config)
{
  const bool is_linked = layout.common_directory != layout.git_directory;
  bool bare = !is_linked && config.get_bool("core.bare").value_or(false);
  if (config.get_bool("extensions.worktreeconfig").value_or(false)) {
    TRY_ASSIGN(const GitConfig own, read_config(layout.git_directory / "config.worktree"));
    bare = own.get_bool("core.bare").value_or(bare);
  }
  return bare;
}

Result<RepositoryLayout>
with_config(RepositoryLayout layout)
{
  TRY_ASSIGN(const GitConfig config, read_config(layout.common_directory / "config"));
  TRY(check_extensions(config, layout.common_directory));
  TRY_ASSIGN(layout.is_sha256, uses_sha256(config, layout.common_directory));
  TRY_ASSIGN(const bool bare, says_bare(layout, config));
  if (bare) {
    layout.work_tree.clear();
  }
  layout.is_partial = names_promisor(config);
  layout.remote_urls = remote_urls(config);
  return layout;
}

bool
is_below(const fs::path& path, const fs::path& directory)
{
  const fs::path relative = path.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

/// Looks in `directory` and above it. A bare repository may be files that somebody committed: whether it lies in
/// another one's work tree is known only at the top.
Result<std::optional<RepositoryLayout>>
search(const fs::path& directory)
{
  std::error_code error;
  const fs::path start = fs::canonical(directory, error);
  if (error || !is_folder(start)) {
    return fail(ErrorKind::input, "{}: is not a directory", directory.string());
  }
  std::optional<RepositoryLayout> bare;
  fs::path unusable;
  for (fs::path at = start;; at = at.parent_path()) {
    TRY_ASSIGN(auto layout, look_in(at));
    if (layout && layout->git_directory == at) {
      bare = bare ? std::move(bare) : std::move(layout);
    } else if (layout && bare && is_below(bare->git_directory, layout->git_directory)) {
      return bare;  // a part of that repository: its .git itself, a submodule's, a linked worktree's
    } else if (layout) {
      TRY_ASSIGN(const RepositoryLayout outer, with_config(*layout));
      return bare && outer.work_tree.empty() ? bare : layout;
    } else if (unusable.empty() && is_present(at / ".git")) {
      unusable = at / ".git";
    }
    if (at == at.parent_path()) {
      break;
    }
  }
  if (!bare && !unusable.empty()) {
    return fail(ErrorKind::input, "{}: is no git directory (it lacks HEAD, objects or refs, or may not be read)",
                unusable.string());
  }
  return bare;
}

fs::path
seen_from(const fs::path& directory, const fs::path& path)
{
  std::error_code error;
  const fs::path absolute = (path.is_absolute() ? path : directory / path).lexically_normal();
  const fs::path canonical = fs::weakly_canonical(absolute, error);
  const fs::path found = error ? absolute : canonical;
  return found.has_filename() ? found : found.parent_path();
}

/// What GIT_DIR names. Without GIT_WORK_TREE the working directory is the work tree, as git has it, unless it lies in
/// the git directory: there git starts the hooks of a push.
Result<std::optional<RepositoryLayout>>
named_repository(const RepositoryVariables& variables)
{
  RepositoryLayout layout;
  layout.git_directory = seen_from(variables.directory, variables.git_directory);
  std::error_code ignored;
  if (fs::is_regular_file(layout.git_directory, ignored)) {
    TRY_ASSIGN(layout.git_directory, read_pointer(layout.git_directory, "gitdir:", layout.git_directory.parent_path()));
  }
  TRY_ASSIGN(layout.common_directory, variables.common_directory.empty()
                                          ? common_directory_of(layout.git_directory)
                                          : seen_from(variables.directory, variables.common_directory));
  const bool has_objects = !variables.object_directory.empty() || is_folder(layout.common_directory / "objects");
  if (!is_present(layout.git_directory / "HEAD") || !has_objects || !is_present(layout.common_directory / "refs")) {
    return fail(ErrorKind::input, "GIT_DIR: names '{}', which is no git directory here", layout.git_directory.string());
  }
  const fs::path here = seen_from(variables.directory, ".");
  layout.work_tree = is_below(here, layout.git_directory) ? work_tree_beside(layout.git_directory) : here;
  return layout;
}

/// Where the parts lie whose places variables can tell, in a layout that is complete but for them.
Result<>
apply(const RepositoryVariables& variables, RepositoryLayout& layout)
{
  const auto named = [&variables](const fs::path& path) { return seen_from(variables.directory, path); };
  if (!variables.work_tree.empty()) {
    layout.work_tree = named(variables.work_tree);
    if (!is_folder(layout.work_tree)) {
      return fail(ErrorKind::input, "GIT_WORK_TREE: '{}' is not a directory", layout.work_tree.string());
    }
  }
  layout.index_file = layout.git_directory / "index";
  if (!variables.index_file.empty()) {
    const fs::path& top = layout.work_tree.empty() ? variables.directory : layout.work_tree;
    layout.index_file = seen_from(top, variables.index_file);
  }
  layout.object_directory = layout.common_directory / "objects";
  if (!variables.object_directory.empty()) {
    layout.object_directory = named(variables.object_directory);
  }
  for (const fs::path& directory : variables.alternates) {
    layout.more_objects.push_back(named(directory));
  }
  return {};
}

}  // namespace

RepositoryVariables
RepositoryVariables::of(const Environment& environment, const fs::path& directory)
{
  const auto path_in = [&environment](std::string_view name) { return fs::path(value_of(environment, name)); };
  RepositoryVariables variables{.directory = directory,
                                .git_directory = path_in("GIT_DIR"),
                                .work_tree = path_in("GIT_WORK_TREE"),
                                .common_directory = path_in("GIT_COMMON_DIR"),
                                .index_file = path_in("GIT_INDEX_FILE"),
                                .object_directory = path_in("GIT_OBJECT_DIRECTORY"),
                                .alternates =
                                    alternates_of_variable(value_of(environment, "GIT_ALTERNATE_OBJECT_DIRECTORIES"))};
  if (const fs::path quarantine = path_in("GIT_QUARANTINE_PATH"); !quarantine.empty()) {
    variables.alternates.push_back(quarantine);
  }
  return variables;
}

Result<std::optional<RepositoryLayout>>
find_repository(const fs::path& directory, const RepositoryVariables& variables)
{
  std::optional<RepositoryLayout> layout;
  if (!variables.git_directory.empty()) {
    TRY_ASSIGN(layout, named_repository(variables));
  } else {
    TRY_ASSIGN(layout, search(directory));
  }
  if (!layout) {
    return layout;
  }
  if (!variables.common_directory.empty()) {
    layout->common_directory = seen_from(variables.directory, variables.common_directory);
  }
  TRY_ASSIGN(layout, with_config(*std::move(layout)));
  TRY(apply(variables, *layout));
  return layout;
}

}  // namespace sluice::git
