// SPDX-License-Identifier: Apache-2.0
#include "migrations/change_set.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "gate/change_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

namespace fs = std::filesystem;

/// A file or directory to look into.
struct PathToRead
{
  std::string path;
  enum class Kind { file, directory } kind = Kind::directory;
};

struct Plan
{
  const Framework* framework = nullptr;
  std::vector<PathToRead> paths;
  std::string reason;
};

Result<std::vector<PathToRead>>
named_paths(const MigrationsOptions& options, const gate::Input& input, const gate::FileTree& tree)
{
  std::vector<PathToRead> paths;
  for (const std::string& path : options.paths) {
    const fs::path named(path);
    const fs::path relative = named.is_absolute() ? named.lexically_relative(input.directory) : named;
    std::string normal = relative.lexically_normal().generic_string();
    while (normal.ends_with('/')) {
      normal.pop_back();
    }
    const bool outside = normal.empty() || normal == ".." || normal.starts_with("../");
    if (!outside && tree.is_directory(normal)) {
      paths.push_back({normal == "." ? "" : normal, PathToRead::Kind::directory});
    } else if (!outside && tree.is_file(normal)) {
      paths.push_back({normal, PathToRead::Kind::file});
    } else {
      return fail(ErrorKind::usage, "paths: {}: there is no such file or directory below {}", path,
                  input.directory.string());
    }
  }
  return paths;
}

Plan
plan_for_named(const MigrationsOptions& options, std::vector<PathToRead> paths)
{
  if (options.framework != automatic) {
    return {find_framework(options.framework), std::move(paths), "as chosen"};
  }
  for (const Framework* framework : frameworks_by_precedence()) {
    const bool all = std::all_of(paths.begin(), paths.end(), [framework](const PathToRead& named) {
      const bool is_file = named.kind == PathToRead::Kind::file;
      return framework->claims(is_file ? fs::path(named.path).parent_path().generic_string() : named.path);
    });
    if (all) {
      return {framework, std::move(paths), "by the names of the paths"};
    }
  }
  return {};
}

Plan
plan_by_detection(const MigrationsOptions& options, const gate::FileTree& tree)
{
  for (const Framework* framework : frameworks_by_precedence()) {
    if (options.framework != automatic && options.framework != framework->id) {
      continue;
    }
    if (auto detection = detect(*framework, tree)) {
      Plan plan{framework, {}, std::move(detection->reason)};
      for (std::string& directory : detection->directories) {
        plan.paths.push_back({std::move(directory), PathToRead::Kind::directory});
      }
      return plan;
    }
  }
  return {};
}

/// Reads the files of a plan into a change set.
class Loader
{
public:
  Loader(const MigrationsOptions& options, const gate::ChangeTree& tree, const Framework& framework, ChangeSet& set)
      : tree_(tree),
        framework_(framework),
        set_(set)
  {
    for (const std::string& pattern : options.exclude) {
      exclude_.emplace_back(pattern);
    }
  }

  void
  load(const PathToRead& named)
  {
    if (named.kind == PathToRead::Kind::file) {
      read(named.path);
      return;
    }
    const gate::Listing listing = tree_.after->list(named.path);
    if (!listing.complete) {
      gap(GapKind::too_many, named.path, "not all of its files could be listed");
    }
    for (const std::string& file : listing.files) {
      if (file.ends_with(".sql")
          && (framework_.depth == Framework::Depth::nested || file.find('/') == std::string::npos)) {
        consider(named.path.empty() ? file : fmt::format("{}/{}", named.path, file), file);
      }
    }
  }

private:
  void
  consider(const std::string& path, std::string_view within)
  {
    const auto skipped = framework_.skips(within);
    if (!skipped) {
      read(path);
      return;
    }
    set_.skipped.push_back({tree_.prefix + path, skipped->why});
    if (skipped->told == Skip::Told::as_gap) {
      gap(GapKind::not_run, path, fmt::format("{} does not run it: {}", framework_.id, skipped->why));
    }
  }

  void
  read(const std::string& path)
  {
    auto text = tree_.after->read(path);
    if (!text) {
      gap(GapKind::unreadable, path, text.error().message);
      return;
    }
    std::optional<std::string> was = text_before(path);
    const Role role = was == *text                                 ? Role::replayed
                      : matches_any(exclude_, tree_.prefix + path) ? Role::excluded
                                                                   : Role::judged;
    if (role == Role::replayed) {
      was.reset();
    }
    const auto foreign = role == Role::judged ? framework_.foreign_marks(*text) : std::nullopt;
    if (foreign) {
      gap(GapKind::unjudged, path, *foreign);
    }
    set_.migrations.push_back({gate::SourceText(tree_.prefix + path, std::move(*text)), role, std::move(was)});
  }

  std::optional<std::string>
  text_before(const std::string& path)
  {
    if (tree_.before == nullptr || !tree_.before->is_file(path)) {
      return std::nullopt;
    }
    auto before = tree_.before->read(path);
    if (!before) {
      gap(GapKind::unreadable, path,
          fmt::format("what it was before the change cannot be read: {}", before.error().message));
      return std::nullopt;
    }
    return std::move(*before);
  }

  void
  gap(GapKind kind, const std::string& path, std::string why)
  {
    set_.gaps.push_back({kind, tree_.prefix + path, std::move(why), ""});
  }

  const gate::ChangeTree& tree_;
  const Framework& framework_;
  ChangeSet& set_;
  std::vector<Glob> exclude_;
};

std::string
scope_of(const gate::ChangeTree& tree, const Plan& plan)
{
  std::vector<std::string> paths;
  for (const PathToRead& named : plan.paths) {
    paths.push_back(named.path.empty() ? "." : named.path);
  }
  const std::string since =
      tree.before == nullptr ? "every file" : fmt::format("what {} does not have", tree.before_name);
  return fmt::format("{} of {} ({}: {})", since, join(paths, ", "), plan.framework->id, plan.reason);
}

Result<Plan>
make_plan(const MigrationsOptions& options, const gate::Input& input, const gate::FileTree& tree)
{
  Plan plan;
  if (options.paths.empty()) {
    plan = plan_by_detection(options, tree);
  } else {
    TRY_ASSIGN(auto paths, named_paths(options, input, tree));
    plan = plan_for_named(options, std::move(paths));
  }
  if (plan.framework == nullptr && options.framework != automatic) {
    return fail(ErrorKind::usage, "framework: {}: none of its usual directories is below {}; name it with paths",
                options.framework, input.directory.string());
  }
  return plan;
}

/// Why no file is judged; nothing if one is, or if a gap says why. A commit that brings none has nothing to do with the
/// gate, also where there are none at all.
std::optional<Absence>
absence_of(const ChangeSet& set, const gate::Input& input)
{
  const bool is_judged = std::any_of(set.migrations.begin(), set.migrations.end(),
                                     [](const Migration& migration) { return migration.role == Role::judged; });
  if (is_judged || !set.gaps.empty()) {
    return std::nullopt;
  }
  if (set.migrations.empty() && input.range.kind != ci::RangeKind::staged) {
    return Absence{Absence::Kind::no_subject, "there are no migrations"};
  }
  return Absence{Absence::Kind::nothing_to_do, "the change brings no migration"};
}

}  // namespace

Result<ChangeSet>
load_change_set(const MigrationsOptions& options, const gate::Input& input)
{
  ChangeSet set;
  const gate::ChangeTree tree = gate::change_tree(input, set.gaps);
  set.prefix = tree.prefix;
  TRY_ASSIGN(const Plan plan, make_plan(options, input, *tree.after));
  if (plan.framework == nullptr) {
    set.scope = "nothing: there are no migrations";
    set.absence = absence_of(set, input);
    return set;
  }
  set.framework = plan.framework;
  set.scope = scope_of(tree, plan);
  set.deployment = tree.before == nullptr ? ChangeSet::Deployment::one_by_one : ChangeSet::Deployment::together;
  Loader loader(options, tree, *plan.framework, set);
  for (const PathToRead& named : plan.paths) {
    loader.load(named);
  }
  set.absence = absence_of(set, input);
  return set;
}

}  // namespace sluice::migrations
