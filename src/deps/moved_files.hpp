// SPDX-License-Identifier: Apache-2.0
//
// A lockfile that a change moves to another directory brings nothing: what it was before lies elsewhere. git tells
// moved files by likeness of their text, and so is it told here, by packages: of those of the same name that the change
// takes away, the one that shares the most of them, and at least half.
#pragma once

#include "deps/lockfile.hpp"
#include "gate/change_tree.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::deps {

class MovedFiles
{
public:
  /// `tree` and `after`, the sorted paths of all that is tracked in its tree after the change, must outlive it.
  MovedFiles(const gate::ChangeTree& tree, const std::vector<std::string>& after)
      : tree_(tree),
        after_(after)
  {}

  /// What a file that is new at `path` was before; nothing if no file that is gone is like it. `may_count` tells of a
  /// path from the repository's root whether what lies there is judged.
  [[nodiscard]] std::optional<PackageList> find(const Lockfile& format, std::string_view path, const PackageList& list,
                                                const std::function<bool(const std::string&)>& may_count);

private:
  /// Name and version of every package of others, sorted.
  using Identities = std::vector<std::pair<std::string, std::string>>;

  [[nodiscard]] static Identities identities_of(const PackageList& list);
  [[nodiscard]] std::vector<std::string> gone_like(std::string_view path);
  [[nodiscard]] std::optional<PackageList> read(const Lockfile& format, const std::string& gone) const;
  [[nodiscard]] const Identities& identities_of(const Lockfile& format, const std::string& gone);

  const gate::ChangeTree& tree_;
  const std::vector<std::string>& after_;
  std::optional<std::vector<std::string>> gone_;                         ///< lockfiles that the change takes away
  std::map<std::pair<const Lockfile*, std::string>, Identities> known_;  ///< of those, as files of a format
};

}  // namespace sluice::deps
