// SPDX-License-Identifier: Apache-2.0
#include "migrations/change_set.hpp"

#include "base/text.hpp"
#include "gate/change_tree.hpp"
#include "migrations/loader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

namespace fs = std::filesystem;
using gate::EntryKind;

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
    const auto directory = outside ? std::nullopt : tree.directory_at(normal);
    const EntryKind kind = tree.kind(normal);
    if (!outside && (directory || kind == EntryKind::submodule)) {
      paths.push_back({directory ? (*directory == "." ? "" : *directory) : normal, PathToRead::Kind::directory});
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

/// Where the change has no migrations, those that it does not check out count, then those that it took away.
Plan
plan_by_detection(const MigrationsOptions& options, const gate::ChangeTree& trees)
{
  for (const gate::FileTree* tree : {static_cast<const gate::FileTree*>(trees.after.get()), trees.after->recorded(),
                                     static_cast<const gate::FileTree*>(trees.before.get())}) {
    Plan plan = tree == nullptr ? Plan() : plan_by_detection(options, *tree);
    if (plan.framework != nullptr) {
      return plan;
    }
  }
  return {};
}

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
make_plan(const MigrationsOptions& options, const gate::Input& input, const gate::ChangeTree& trees)
{
  Plan plan;
  if (options.paths.empty()) {
    plan = plan_by_detection(options, trees);
  } else {
    TRY_ASSIGN(auto paths, named_paths(options, input, *trees.after));
    plan = plan_for_named(options, std::move(paths));
  }
  if (plan.framework == nullptr && options.framework != automatic) {
    return fail(ErrorKind::usage, "framework: {}: none of its usual directories is below {}; name it with paths",
                options.framework, input.directory.string());
  }
  return plan;
}

/// One run is of one tool: directories that look like another's are not judged, and nobody must take them for judged.
void
add_other_directories(const MigrationsOptions& options, const gate::ChangeTree& tree, const Plan& plan,
                      std::vector<Gap>& gaps)
{
  if (!options.paths.empty() || options.framework != automatic) {
    return;
  }
  for (const Framework* framework : frameworks_by_precedence()) {
    const auto detection = framework == plan.framework ? std::nullopt : detect(*framework, *tree.after);
    for (const std::string& directory : detection ? detection->directories : std::vector<std::string>()) {
      gaps.push_back(
          {GapKind::unjudged, tree.prefix + directory,
           fmt::format("looks like migrations of {}, and this run is of {}", framework->id, plan.framework->id),
           fmt::format("Run the gate once more with paths: {}", directory)});
    }
  }
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
  TRY_ASSIGN(const Plan plan, make_plan(options, input, tree));
  if (plan.framework == nullptr) {
    set.scope = "nothing: there are no migrations";
    set.absence = absence_of(set, input);
    return set;
  }
  set.framework = plan.framework;
  set.scope = scope_of(tree, plan);
  set.deployment = tree.before == nullptr ? ChangeSet::Deployment::one_by_one : ChangeSet::Deployment::together;
  const bool asks_base = tree.before != nullptr && options.paths.empty();
  const Framework* base = asks_base ? plan_by_detection(options, *tree.before).framework : nullptr;
  load_migrations({options, tree, *plan.framework, plan.paths, base}, set);
  add_other_directories(options, tree, plan, set.gaps);
  set.absence = absence_of(set, input);
  return set;
}

}  // namespace sluice::migrations
