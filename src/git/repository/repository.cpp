// SPDX-License-Identifier: Apache-2.0
#include "git/repository.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"
#include "git/refs/references.hpp"
#include "git/repository/layout.hpp"

namespace sluice::git {

namespace {

constexpr std::uint64_t max_shallow_bytes = 256U << 20U;

/// "shallow" lists, one id a line, the commits below which a clone was cut off.
Result<std::unordered_set<ObjectId>>
read_shallow(const std::filesystem::path& file)
{
  std::unordered_set<ObjectId> shallow;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return shallow;
  }
  TRY_ASSIGN(const std::string text, read_file(file, max_shallow_bytes));
  for (const std::string_view line : lines_of(text)) {
    const auto id = ObjectId::from_hex(trim(line));
    if (!id) {
      return fail(ErrorKind::input, "{}: is corrupt: holds a line that is no object id", file.string());
    }
    shallow.insert(*id);
  }
  return shallow;
}

/// A copy of a partial clone may have lost its configuration; git marks the packs that a promisor sent as well.
bool
has_promisor_pack(const std::filesystem::path& packs)
{
  std::error_code error;
  for (std::filesystem::directory_iterator entry(packs, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".promisor") {
      return true;
    }
  }
  return false;
}

}  // namespace

struct Repository::State
{
  RepositoryLayout layout;
  std::unordered_set<ObjectId> shallow;
  std::unique_ptr<ObjectStore> objects;
};

Result<std::optional<Repository>>
Repository::find(const std::filesystem::path& directory, const RepositoryVariables& variables)
{
  TRY_ASSIGN(auto layout, find_repository(directory, variables));
  if (!layout) {
    return std::optional<Repository>();
  }
  auto state = std::make_unique<State>();
  state->layout = std::move(*layout);
  state->layout.is_partial |= has_promisor_pack(state->layout.object_directory / "pack");
  TRY_ASSIGN(state->shallow, read_shallow(state->layout.common_directory / "shallow"));
  TRY_ASSIGN(state->objects, ObjectStore::open(state->layout.object_directory, state->layout.is_sha256 ? 32 : 20,
                                               state->layout.more_objects));
  return std::optional<Repository>(Repository(std::move(state)));
}

Result<Repository>
Repository::open(const std::filesystem::path& directory, const RepositoryVariables& variables)
{
  TRY_ASSIGN(auto found, find(directory, variables));
  if (!found) {
    return fail(ErrorKind::input, "{}: is not in a git repository (no .git here or above)", directory.string());
  }
  return *std::move(found);
}

Repository::Repository(std::unique_ptr<State> state)
    : state_(std::move(state))
{}

Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

const std::filesystem::path&
Repository::git_directory() const
{
  return state_->layout.git_directory;
}

const std::filesystem::path&
Repository::common_directory() const
{
  return state_->layout.common_directory;
}

const std::filesystem::path&
Repository::work_tree() const
{
  return state_->layout.work_tree;
}

const std::filesystem::path&
Repository::index_file() const
{
  return state_->layout.index_file;
}

bool
Repository::is_sha256() const
{
  return state_->layout.is_sha256;
}

bool
Repository::is_partial() const
{
  return state_->layout.is_partial;
}

const std::unordered_set<ObjectId>&
Repository::shallow() const
{
  return state_->shallow;
}

const ObjectStore&
Repository::objects() const
{
  return *state_->objects;
}

Result<std::vector<Reference>>
Repository::references() const
{
  TRY_ASSIGN(const ReferenceFiles files, ReferenceFiles::open(*this));
  return files.all();
}

std::optional<ObjectId>
Repository::head() const
{
  return reference("HEAD");
}

std::optional<std::string>
Repository::symbolic_target(std::string_view name) const
{
  const auto files = ReferenceFiles::open(*this);
  return files ? files->symbolic_target(name) : std::nullopt;
}

std::optional<std::string>
Repository::remote_url(std::string_view remote) const
{
  const auto found = state_->layout.remote_urls.find(remote);
  return found == state_->layout.remote_urls.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string>
Repository::remotes() const
{
  std::vector<std::string> names;
  for (const auto& [name, url] : state_->layout.remote_urls) {
    names.push_back(name);
  }
  return names;
}

std::optional<ObjectId>
Repository::object_of(std::string_view name) const
{
  const auto files = ReferenceFiles::open(*this);
  return files ? files->find(name) : std::nullopt;
}

std::optional<ObjectId>
Repository::reference(std::string_view name) const
{
  const auto files = ReferenceFiles::open(*this);
  const auto id = files ? files->find(name) : std::nullopt;
  const auto commit = id ? peel_to_commit(*this, *id) : Result<std::optional<ObjectId>>();
  // One that cannot be read is not the same as none: whoever reads it gets the error.
  return commit ? *commit : id;
}

Result<Commit>
Repository::commit(const ObjectId& id) const
{
  TRY_ASSIGN(const Object object, objects().read(id));
  if (object.kind != ObjectKind::commit) {
    return fail(ErrorKind::input, "object {}: is not a commit", id.hex());
  }
  return parse_commit(id, object.content);
}

Result<std::optional<std::string>>
Repository::file_at(const ObjectId& commit_id, std::string_view path) const
{
  TRY_ASSIGN(const Commit at, commit(commit_id));
  const auto segments = split(path, '/');
  ObjectId id = at.tree;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    TRY_ASSIGN(const Object tree, objects().read(id));
    std::optional<std::uint32_t> mode;
    for_each_entry(tree.content, id.size, [&](const TreeEntry& entry) {
      if (!mode && entry.name == segments[i]) {
        mode = entry.mode;
        id = entry.id;
      }
    });
    if (mode && is_type(*mode, FileMode::link)) {
      return fail(ErrorKind::config, "{}: is a symbolic link in commit {}", printable(path), commit_id.brief());
    }
    if (!mode || !is_type(*mode, i + 1 < segments.size() ? FileMode::tree : FileMode::file)) {
      return std::optional<std::string>();
    }
  }
  TRY_ASSIGN(Object blob, objects().read(id));
  return std::move(blob.content);
}

}  // namespace sluice::git
