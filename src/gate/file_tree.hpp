// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/repository.hpp"
#include "git/worktree.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

inline constexpr std::uint64_t max_file_bytes = 16U << 20U;

/// What is below a directory.
struct Listing
{
  std::vector<std::string> files;  ///< sorted paths relative to the directory; a link is listed, not followed
  bool complete = true;            ///< false: there are more than 20,000, or they lie more than 8 levels deep
};

/// The files under judgement: of the disk, of the index, or of a commit that is not checked out. Paths are relative to
/// the directory that is judged, with `/` between segments; an empty path is the directory itself.
class FileTree
{
public:
  virtual ~FileTree() = default;
  [[nodiscard]] virtual Listing list(std::string_view directory) const = 0;
  [[nodiscard]] virtual bool is_directory(std::string_view path) const = 0;
  [[nodiscard]] virtual bool is_file(std::string_view path) const = 0;
  /// Refuses links and more than `max_file_bytes`.
  [[nodiscard]] virtual Result<std::string> read(std::string_view path) const = 0;
};

/// Never leaves its root, whatever links say.
class DiskTree final : public FileTree
{
public:
  explicit DiskTree(std::filesystem::path root)
      : root_(std::move(root))
  {}
  [[nodiscard]] Listing list(std::string_view directory) const override;
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] Result<std::string> read(std::string_view path) const override;

private:
  std::filesystem::path root_;
};

/// What the next commit will hold. The repository must outlive it.
class IndexTree final : public FileTree
{
public:
  /// `files` in the order of paths; `prefix` is where the judged directory lies in the repository.
  IndexTree(const git::Repository& repository, std::vector<git::IndexedFile> files, std::string prefix);
  [[nodiscard]] Listing list(std::string_view directory) const override;
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] Result<std::string> read(std::string_view path) const override;

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
  [[nodiscard]] bool is_directory(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] Result<std::string> read(std::string_view path) const override;

private:
  const git::Repository& repository_;
  git::ObjectId commit_;
  std::string prefix_;
};

}  // namespace sluice::gate
