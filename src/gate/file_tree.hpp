// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/repository.hpp"
#include "git/worktree.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <vector>

namespace sluice::gate {

inline constexpr std::uint64_t max_file_bytes = 16U << 20U;
inline constexpr std::uint64_t max_link_bytes = 4096;  ///< Linux follows none that is longer (PATH_MAX)

/// What is below a directory.
struct Listing
{
  std::vector<std::string> files;       ///< sorted paths relative to the directory; a link is listed, not followed
  std::vector<std::string> links;       ///< those of `files` that are symbolic links
  std::vector<std::string> skipped;     ///< those of `files` that a sparse checkout leaves out of the disk
  std::vector<std::string> submodules;  ///< sorted; what is in them is not listed, and they are not in `files`
  bool complete = true;                 ///< false: there are more than 20,000, or they lie more than 8 levels deep
};

/// What is at a path; of a link the link itself.
enum class EntryKind { none, file, directory, link, submodule };

/// The files under judgement: of the disk, of the index, or of a commit that is not checked out. Paths are relative to
/// the directory that is judged, with `/` between segments; an empty path is the directory itself.
class FileTree
{
public:
  virtual ~FileTree() = default;
  [[nodiscard]] virtual Listing list(std::string_view directory) const = 0;
  /// Every file that is part of the repository, however many and deep; where there is none, all that is below the root
  /// and not in a `.git` or `node_modules`. Not complete only beyond two million.
  [[nodiscard]] virtual Listing tracked() const = 0;
  [[nodiscard]] virtual bool is_directory(std::string_view path) const = 0;
  [[nodiscard]] virtual bool is_file(std::string_view path) const = 0;
  [[nodiscard]] virtual EntryKind kind(std::string_view path) const = 0;
  /// The directory that a path leads to when all links on its way are followed, relative to the root; nothing if it
  /// leads to none within the root.
  [[nodiscard]] virtual std::optional<std::string> directory_at(std::string_view path) const = 0;
  /// As git stores it: a file that was checked out in an encoding of its own is UTF-8 again, unless it cannot be told
  /// which. Refuses links and more than `max_bytes`.
  [[nodiscard]] virtual Result<std::string> read(std::string_view path, std::uint64_t max_bytes) const = 0;
  [[nodiscard]] Result<std::string>
  read(std::string_view path) const
  {
    return read(path, max_file_bytes);
  }
  /// Names of the plain files that lie directly in a directory, whoever tracks them; none of a tree that holds what is
  /// tracked alone.
  [[nodiscard]] virtual std::vector<std::string>
  untracked_names(std::string_view /*directory*/) const
  {
    return {};
  }
  /// Whether several threads may call `read` and `kind` at the same time.
  [[nodiscard]] virtual bool
  may_be_read_by_several() const
  {
    return false;
  }
  /// What the link at a path says, whether or not it leads anywhere; nothing if there is no link.
  [[nodiscard]] virtual std::optional<std::string>
  link_at(std::string_view /*path*/) const
  {
    return std::nullopt;
  }
  /// The commit that the tree was checked out from, which may hold more: files that a sparse checkout leaves out. Null
  /// if the tree is all there is.
  [[nodiscard]] virtual const FileTree*
  recorded() const
  {
    return nullptr;
  }

  /// What a reader keeps of the tree from one file to the next, one of each type, made when it is first asked for. A
  /// tree is what it was when it was made; whoever reads one that has changed makes another. For one thread.
  template<typename Kept>
  [[nodiscard]] Kept&
  kept() const
  {
    std::shared_ptr<void>& kept = kept_[typeid(Kept)];
    if (kept == nullptr) {
      kept = std::make_shared<Kept>();
    }
    return *static_cast<Kept*>(kept.get());
  }

private:
  mutable std::unordered_map<std::type_index, std::shared_ptr<void>> kept_;
};

/// Never leaves its root, whatever links say.
class DiskTree final : public FileTree
{
public:
  /// What a repository knows of the same directory.
  struct Recorded
  {
    /// Tells where submodules are that are not checked out, which a disk shows as empty directories; may be null.
    std::unique_ptr<FileTree> tree;
    /// The encoding that a file was checked out in; may be empty.
    std::function<std::optional<std::string>(std::string_view path)> encoding_of;
    /// What the index has below the directory; may be empty, and fail.
    std::function<Result<Listing>()> tracked;
  };

  explicit DiskTree(std::filesystem::path root, Recorded recorded = {})
      : root_(std::move(root)),
        recorded_(std::move(recorded))
  {}
  [[nodiscard]] const FileTree*
  recorded() const override
  {
    return recorded_.tree.get();
  }
  [[nodiscard]] Listing list(std::string_view directory) const override;
  [[nodiscard]] Listing tracked() const override;
  using FileTree::read;
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] EntryKind kind(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> directory_at(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> link_at(std::string_view path) const override;
  [[nodiscard]] std::vector<std::string> untracked_names(std::string_view directory) const override;
  [[nodiscard]] bool
  may_be_read_by_several() const override
  {
    return true;
  }
  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;

private:
  [[nodiscard]] bool is_submodule(std::string_view path) const;

  std::filesystem::path root_;
  Recorded recorded_;
  mutable std::mutex encodings_;  ///< for whoever asks the repository, which is for one thread
};

/// Entries of an index, `cut` bytes of each path left out.
[[nodiscard]] Listing listing_of(std::span<const git::IndexedFile> files, std::size_t cut);

/// What the next commit will hold. The repository must outlive it.
class IndexTree final : public FileTree
{
public:
  /// `files` in the order of paths; `prefix` is where the judged directory lies in the repository.
  IndexTree(const git::Repository& repository, std::vector<git::IndexedFile> files, std::string prefix);
  [[nodiscard]] Listing list(std::string_view directory) const override;
  [[nodiscard]] Listing tracked() const override;
  using FileTree::read;
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] EntryKind kind(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> directory_at(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> link_at(std::string_view path) const override;
  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;

private:
  [[nodiscard]] const git::IndexedFile* find(std::string_view path) const;
  [[nodiscard]] std::span<const git::IndexedFile> below(std::string_view directory) const;

  const git::Repository& repository_;
  std::vector<git::IndexedFile> files_;
  std::string prefix_;
};

class CommitTree final : public FileTree
{
public:
  /// `prefix` is where the judged directory lies in the repository: "" or "services/api/".
  CommitTree(const git::Repository& repository, const git::ObjectId& commit, std::string prefix)
      : repository_(repository),
        commit_(commit),
        prefix_(std::move(prefix))
  {}
  [[nodiscard]] Listing list(std::string_view directory) const override;
  [[nodiscard]] Listing tracked() const override;
  using FileTree::read;
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] EntryKind kind(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> directory_at(std::string_view path) const override;
  [[nodiscard]] std::optional<std::string> link_at(std::string_view path) const override;
  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;

private:
  const git::Repository& repository_;
  git::ObjectId commit_;
  std::string prefix_;
};

}  // namespace sluice::gate
