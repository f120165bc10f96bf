// SPDX-License-Identifier: Apache-2.0
#include "migrations/change_set.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

namespace fs = std::filesystem;

/// A file or directory to look into.
struct Place
{
  std::string path;
  enum class Kind { file, directory } kind = Kind::directory;
};

struct Plan
{
  const Framework* framework = nullptr;
  std::vector<Place> places;
  std::string reason;
};

/// Where `directory` lies in the repository: "" or "services/api/".
std::string
prefix_of(const ci::GateInput& input)
{
  if (input.repository == nullptr || input.repository->is_bare()) {
    return "";
  }
  std::error_code failed;
  const fs::path here = fs::weakly_canonical(input.directory, failed);
  const fs::path root = fs::weakly_canonical(input.repository->work_tree(), failed);
  const std::string relative = here.lexically_relative(root).generic_string();
  return failed || relative.empty() || relative == "." || relative.starts_with("..") ? "" : relative + "/";
}

/// The head is checked out, or is a parent of the merge that a platform checked out in its stead: then the disk is
/// what will be deployed.
bool
is_checked_out(const git::Repository& repository, const git::ObjectId& head)
{
  const auto current = repository.head();
  if (!current || repository.is_bare()) {
    return false;
  }
  const auto commit = repository.commit(*current);
  const bool merged = commit && commit->parents.size() > 1
                      && std::find(commit->parents.begin(), commit->parents.end(), head) != commit->parents.end();
  return *current == head || merged;
}

std::unique_ptr<FileTree>
tree_of(const ci::GateInput& input, const std::string& prefix, std::vector<Gap>& gaps)
{
  const std::vector<git::ObjectId>& heads = input.range.heads;
  const bool whole = input.range.kind != ci::RangeKind::commits || heads.empty();
  if (input.repository == nullptr || (whole && !input.repository->is_bare())) {
    return std::make_unique<DiskTree>(input.directory);
  }
  const git::Repository& repository = *input.repository;
  const auto current = std::find_if(heads.begin(), heads.end(), [&repository](const git::ObjectId& head) {
    return is_checked_out(repository, head);
  });
  for (const git::ObjectId& head : heads) {
    if (head != (current == heads.end() ? heads.front() : *current)) {
      gaps.push_back({fmt::format("commit {}", head.brief()), "several heads were pushed and one of them was judged",
                      "Run the gate with --head for each of them"});
    }
  }
  if (current != heads.end()) {
    return std::make_unique<DiskTree>(input.directory);
  }
  const auto commit = heads.empty() ? repository.head().value_or(git::ObjectId()) : heads.front();
  return std::make_unique<CommitTree>(repository, commit, prefix);
}

Result<std::vector<Place>>
named_places(const MigrationsOptions& options, const ci::GateInput& input, const FileTree& tree)
{
  std::vector<Place> places;
  for (const std::string& path : options.paths) {
    const fs::path named(path);
    const fs::path relative = named.is_absolute() ? named.lexically_relative(input.directory) : named;
    std::string normal = relative.lexically_normal().generic_string();
    while (normal.ends_with('/')) {
      normal.pop_back();
    }
    const bool outside = normal.empty() || normal == ".." || normal.starts_with("../");
    if (!outside && tree.is_directory(normal)) {
      places.push_back({normal == "." ? "" : normal, Place::Kind::directory});
    } else if (!outside && tree.is_file(normal)) {
      places.push_back({normal, Place::Kind::file});
    } else {
      return fail(ErrorKind::usage, "paths: {}: there is no such file or directory below {}", path,
                  input.directory.string());
    }
  }
  return places;
}

const Framework*
chosen(FrameworkChoice choice)
{
  const auto all = frameworks();
  const auto found =
      std::find_if(all.begin(), all.end(), [choice](const Framework* each) { return each->choice == choice; });
  return found == all.end() ? nullptr : *found;
}

Plan
plan_for_named(const MigrationsOptions& options, std::vector<Place> places)
{
  if (options.framework != FrameworkChoice::automatic) {
    return {chosen(options.framework), std::move(places), "as chosen"};
  }
  for (const Framework* framework : frameworks()) {
    const bool all = std::all_of(places.begin(), places.end(), [framework](const Place& place) {
      const bool is_file = place.kind == Place::Kind::file;
      return framework->claims(is_file ? fs::path(place.path).parent_path().generic_string() : place.path);
    });
    if (all) {
      return {framework, std::move(places), "by the names of the paths"};
    }
  }
  return {};
}

Plan
plan_by_detection(const MigrationsOptions& options, const FileTree& tree)
{
  for (const Framework* framework : frameworks()) {
    if (options.framework != FrameworkChoice::automatic && options.framework != framework->choice) {
      continue;
    }
    if (auto detection = framework->detect(tree)) {
      Plan plan{framework, {}, std::move(detection->reason)};
      for (std::string& directory : detection->directories) {
        plan.places.push_back({std::move(directory), Place::Kind::directory});
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
  Loader(const MigrationsOptions& options, const ci::GateInput& input, const FileTree& tree, const Framework& framework,
         std::string prefix, ChangeSet& set)
      : input_(input),
        tree_(tree),
        framework_(framework),
        prefix_(std::move(prefix)),
        set_(set)
  {
    for (const std::string& pattern : options.exclude) {
      exclude_.emplace_back(pattern);
    }
  }

  void
  load(const Place& place)
  {
    if (place.kind == Place::Kind::file) {
      read(place.path);
      return;
    }
    const Listing listing = tree_.list(place.path);
    if (!listing.complete) {
      gap(place.path, "not all of its files could be listed");
    }
    for (const std::string& file : listing.files) {
      if (file.ends_with(".sql")
          && (framework_.depth == Framework::Depth::nested || file.find('/') == std::string::npos)) {
        consider(place.path.empty() ? file : fmt::format("{}/{}", place.path, file), file);
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
    } else if (!skipped->empty()) {
      gap(path, fmt::format("{} does not run it: {}", name_of(framework_.choice), *skipped));
    }
  }

  void
  read(const std::string& path)
  {
    auto text = tree_.read(path);
    if (!text) {
      gap(path, text.error().message);
      return;
    }
    const Role role = role_of(prefix_ + path, *text);
    const auto foreign = role == Role::judged ? framework_.foreign_marks(*text) : std::nullopt;
    if (foreign) {
      gap(path, *foreign);
    }
    set_.migrations.push_back({SourceText(prefix_ + path, std::move(*text)), role});
  }

  Role
  role_of(const std::string& path, const std::string& text)
  {
    const bool is_range = input_.range.kind == ci::RangeKind::commits && !input_.range.excluded.empty();
    if (matches_any(exclude_, path)) {
      return Role::replayed;
    }
    if (!is_range || input_.repository == nullptr) {
      return Role::judged;
    }
    // The first excluded commit is where the change began.
    const auto before = input_.repository->file_at(input_.range.excluded.front(), path);
    if (!before) {
      gap(path, fmt::format("what it was before the change cannot be read: {}", before.error().message));
      return Role::judged;
    }
    return *before == text ? Role::replayed : Role::judged;
  }

  void
  gap(const std::string& path, std::string why)
  {
    set_.gaps.push_back({prefix_ + path, std::move(why), ""});
  }

  const ci::GateInput& input_;
  const FileTree& tree_;
  const Framework& framework_;
  std::string prefix_;
  ChangeSet& set_;
  std::vector<Glob> exclude_;
};

std::string
scope_of(const ci::GateInput& input, const Plan& plan)
{
  std::vector<std::string> paths;
  for (const Place& place : plan.places) {
    paths.push_back(place.path.empty() ? "." : place.path);
  }
  const bool is_range = input.range.kind == ci::RangeKind::commits && !input.range.excluded.empty();
  const std::string since =
      is_range ? fmt::format("what {} does not have", input.range.excluded.front().brief()) : "every file";
  return fmt::format("{} of {} ({}: {})", since, join(paths, ", "), name_of(plan.framework->choice), plan.reason);
}

}  // namespace

Result<ChangeSet>
load_change_set(const MigrationsOptions& options, const ci::GateInput& input)
{
  ChangeSet set;
  const std::string prefix = prefix_of(input);
  const auto tree = tree_of(input, prefix, set.gaps);
  Plan plan;
  if (options.paths.empty()) {
    plan = plan_by_detection(options, *tree);
  } else {
    TRY_ASSIGN(auto places, named_places(options, input, *tree));
    plan = plan_for_named(options, std::move(places));
  }
  if (plan.framework == nullptr && options.framework != FrameworkChoice::automatic) {
    return fail(ErrorKind::usage, "framework: {}: none of its usual directories is below {}; name it with paths",
                name_of(options.framework), input.directory.string());
  }
  if (plan.framework == nullptr) {
    set.scope = "no migrations found";
    return set;
  }
  set.framework = plan.framework;
  set.scope = scope_of(input, plan);
  const bool is_range = input.range.kind == ci::RangeKind::commits && !input.range.excluded.empty();
  set.deployment = is_range ? ChangeSet::Deployment::together : ChangeSet::Deployment::one_by_one;
  Loader loader(options, input, *tree, *plan.framework, prefix, set);
  for (const Place& place : plan.places) {
    loader.load(place);
  }
  return set;
}

}  // namespace sluice::migrations
