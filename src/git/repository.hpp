// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "git/object_id.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace sluice::git {

struct Object
{
  ObjectKind kind = ObjectKind::blob;
  std::string content;
};

struct Reference
{
  std::string name;  ///< "refs/heads/main", "HEAD", "refs/stash"
  ObjectId id;       ///< not peeled
};

/// A parsed commit. Texts are as stored: any bytes.
struct Commit
{
  ObjectId id;
  ObjectId tree;
  std::vector<ObjectId> parents;  ///< as recorded, also beyond a shallow boundary
  std::string author;             ///< "Name <mail>"
  std::int64_t author_time = 0;   ///< seconds since 1970, UTC
  std::int64_t commit_time = 0;
};

[[nodiscard]] Result<Commit> parse_commit(const ObjectId& id, std::string_view content);

enum class FileMode : std::uint32_t {
  tree = 040000,
  file = 0100644,
  executable = 0100755,
  link = 0120000,
  submodule = 0160000
};

/// Whether a mode, as trees and the index store it, is of that type; permissions do not count.
[[nodiscard]] constexpr bool
is_type(std::uint32_t mode, FileMode type)
{
  return (mode & 0170000U) == (static_cast<std::uint32_t>(type) & 0170000U);
}

struct TreeEntry
{
  std::uint32_t mode = 0;  ///< as stored
  std::string_view name;   ///< into the tree's content
  ObjectId id;
  [[nodiscard]] bool
  is_tree() const
  {
    return is_type(mode, FileMode::tree);
  }
  [[nodiscard]] bool
  is_submodule() const
  {
    return is_type(mode, FileMode::submodule);
  }
  [[nodiscard]] bool
  is_blob() const
  {
    return !is_tree() && !is_submodule();
  }
};

/// Calls `visit` for each entry; false if the content is not a well-formed tree (what came before was visited).
bool for_each_entry(std::string_view tree_content, std::uint8_t id_size,
                    const std::function<void(const TreeEntry&)>& visit);

class ObjectStore;

/// What git's own variables say of where the parts of a repository are (git(1), "Environment Variables"): git sets them
/// for its hooks. A path is empty where its variable is not set.
struct RepositoryVariables
{
  std::filesystem::path directory;                ///< the working directory, which relative paths are seen from
  std::filesystem::path git_directory;            ///< GIT_DIR: no search takes place
  std::filesystem::path work_tree;                ///< GIT_WORK_TREE
  std::filesystem::path common_directory;         ///< GIT_COMMON_DIR
  std::filesystem::path index_file;               ///< GIT_INDEX_FILE; seen from the work tree, as git does
  std::filesystem::path object_directory;         ///< GIT_OBJECT_DIRECTORY
  std::vector<std::filesystem::path> alternates;  ///< GIT_ALTERNATE_OBJECT_DIRECTORIES, GIT_QUARANTINE_PATH

  [[nodiscard]] static RepositoryVariables of(const Environment& environment, const std::filesystem::path& directory);
};

/// A repository on disk, found as git finds it, read without git and without its configuration being obeyed:
/// no hook, filter, replace ref or alternate command ever runs, and whose files they are does not matter.
class Repository
{
public:
  /// Opens what GIT_DIR names, else `directory` or the nearest parent that is a work tree (with a `.git` directory or
  /// file) or a bare repository; nothing if there is none. A bare repository inside the work tree of another is files
  /// of that one, for whoever may push can make it. Errors: ErrorKind::input: there is one and it cannot be opened.
  [[nodiscard]] static Result<std::optional<Repository>> find(const std::filesystem::path& directory,
                                                              const RepositoryVariables& variables = {});

  /// The same where there must be one. Errors: ErrorKind::input, naming the directory and what it lacks.
  [[nodiscard]] static Result<Repository> open(const std::filesystem::path& directory,
                                               const RepositoryVariables& variables = {});

  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  [[nodiscard]] const std::filesystem::path& git_directory() const;     ///< of this worktree
  [[nodiscard]] const std::filesystem::path& common_directory() const;  ///< shared by all worktrees
  [[nodiscard]] const std::filesystem::path& work_tree() const;         ///< empty if bare
  [[nodiscard]] const std::filesystem::path& index_file() const;        ///< may not exist
  [[nodiscard]] bool
  is_bare() const
  {
    return work_tree().empty();
  }
  [[nodiscard]] bool is_sha256() const;
  [[nodiscard]] bool is_partial() const;  ///< a promisor remote may hold objects that are not here
  [[nodiscard]] const std::unordered_set<ObjectId>& shallow() const;  ///< commits whose parents are cut off
  [[nodiscard]] bool
  is_shallow() const
  {
    return !shallow().empty();
  }

  /// All of refs/, packed or loose, plus HEAD of every worktree; sorted by name, each name once.
  [[nodiscard]] Result<std::vector<Reference>> references() const;

  /// The commit that this very ref names ("refs/heads/main"), symbolic refs followed and tags peeled; nothing if there
  /// is no such ref, whatever else may have that name.
  [[nodiscard]] std::optional<ObjectId> reference(std::string_view name) const;

  /// The object that this very ref names, tags not peeled.
  [[nodiscard]] std::optional<ObjectId> object_of(std::string_view name) const;

  /// "refs/remotes/origin/main" of "refs/remotes/origin/HEAD"; nothing if the ref is none or not symbolic.
  [[nodiscard]] std::optional<std::string> symbolic_target(std::string_view name) const;

  /// `remote.<name>.url` as configured; nothing if there is no such remote.
  [[nodiscard]] std::optional<std::string> remote_url(std::string_view remote) const;
  [[nodiscard]] bool
  has_remotes() const
  {
    return !remotes().empty();
  }
  [[nodiscard]] std::vector<std::string> remotes() const;  ///< names, sorted

  /// The commit that HEAD names, even if it cannot be read; nothing before the first commit.
  [[nodiscard]] std::optional<ObjectId> head() const;

  /// A revision as people write it: an id, a prefix, a branch, `origin/main`, `HEAD~2`, `v1^{commit}`. Peeled to
  /// a commit. Errors: ErrorKind::usage, "X: names no commit in this repository".
  [[nodiscard]] Result<ObjectId> resolve(std::string_view revision) const;

  [[nodiscard]] const ObjectStore& objects() const;

  /// The commit, or an error naming it if it is not here.
  [[nodiscard]] Result<Commit> commit(const ObjectId& id) const;

  /// The content of `path` in the tree of `commit`; nothing if there is no such file. A symbolic link there, or in
  /// place of a directory on the way, is an ErrorKind::config: what it names is not in that tree under this path. An
  /// object that cannot be read is an ErrorKind::input.
  [[nodiscard]] Result<std::optional<std::string>> file_at(const ObjectId& commit, std::string_view path) const;

private:
  struct State;
  explicit Repository(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sluice::git
