// SPDX-License-Identifier: Apache-2.0
//
// Lockfiles of one repository ask for the same things around them: a hundred of them for all members of a workspace,
// of which there may be thousands. Each is looked up once.
//
// `gate::FileTree::kept` has what a reader made of the files of a tree, which that reader alone understands; this has
// what the tree itself answers, whoever asks, and within bounds. A reader that keeps what it made asks it but once.
#pragma once

#include "gate/file_tree.hpp"

#include <map>

namespace sluice::deps {

/// Another tree, of which listings and manifests are remembered as far as there is room. For one thread.
class RememberingTree final : public gate::FileTree
{
public:
  /// `tree` must outlive it and not change.
  explicit RememberingTree(const gate::FileTree& tree)
      : tree_(tree)
  {}

  [[nodiscard]] gate::Listing list(std::string_view directory) const override;
  using FileTree::read;
  [[nodiscard]] Result<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;

  [[nodiscard]] gate::Listing
  tracked() const override
  {
    return tree_.tracked();
  }
  [[nodiscard]] bool
  is_directory(std::string_view path) const override
  {
    return tree_.is_directory(path);
  }
  [[nodiscard]] bool
  is_file(std::string_view path) const override
  {
    return manifests_.contains(path) || tree_.is_file(path);
  }
  [[nodiscard]] gate::EntryKind
  kind(std::string_view path) const override
  {
    return tree_.kind(path);
  }
  [[nodiscard]] std::optional<std::string>
  directory_at(std::string_view path) const override
  {
    return tree_.directory_at(path);
  }
  [[nodiscard]] std::optional<std::string>
  link_at(std::string_view path) const override
  {
    return tree_.link_at(path);
  }
  [[nodiscard]] const FileTree*
  recorded() const override
  {
    return tree_.recorded();
  }

private:
  static constexpr std::size_t most_files = 1'000'000;
  static constexpr std::size_t most_bytes = std::size_t{64} << 20U;

  const gate::FileTree& tree_;
  mutable std::map<std::string, gate::Listing, std::less<>> listings_;
  mutable std::map<std::string, std::string, std::less<>> manifests_;
  mutable std::size_t files_ = 0;
  mutable std::size_t bytes_ = 0;
};

}  // namespace sluice::deps
