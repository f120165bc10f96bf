// SPDX-License-Identifier: Apache-2.0
//
// The files of a work tree, from the directory itself and not from the index: a gate that looks at the work tree is
// asked what lies there now, also what nobody added yet. A directory is entered if it is not ignored or if something
// below it is tracked; in an ignored one only what is tracked counts.
#include "git/worktree/scan.hpp"

#include "base/text.hpp"
#include "git/worktree.hpp"
#include "git/worktree/ignore.hpp"

#include <algorithm>
#include <climits>
#include <fcntl.h>
#include <unistd.h>
#include <unordered_set>

namespace sluice::git {

namespace fs = std::filesystem;

namespace {

class WorktreeScan
{
public:
  WorktreeScan(const Repository& repository, const IgnoreRules& rules, std::span<const IndexEntry> index,
               std::vector<Gap>& gaps)
      : root_(repository.work_tree()),
        rules_(rules),
        gaps_(gaps)
  {
    for (const IndexEntry& entry : index) {
      add_tracked(entry);
    }
  }

  [[nodiscard]] std::vector<std::string>
  run()
  {
    to_visit_.push_back({});
    while (!to_visit_.empty()) {
      const Directory directory = std::move(to_visit_.back());
      to_visit_.pop_back();
      list(directory);
    }
    std::sort(files_.begin(), files_.end());
    report_left_out();
    return std::move(files_);
  }

private:
  struct Directory
  {
    std::string prefix;  ///< "" or "some/directory/"
    bool is_ignored = false;
  };

  void
  add_tracked(const IndexEntry& entry)
  {
    if (is_type(entry.mode, FileMode::submodule)) {
      if (submodules_.insert(entry.path).second) {
        gaps_.push_back(submodule_gap(entry.path));
      }
      return;
    }
    if (entry.path.size() >= PATH_MAX) {
      return;
    }
    tracked_.insert(entry.path);
    if (entry.is_skipped) {
      skipped_.push_back(entry.path);
    }
    for (std::size_t slash = entry.path.rfind('/'); slash != std::string::npos && slash > 0;
         slash = entry.path.rfind('/', slash - 1)) {
      if (!directories_of_tracked_.insert(entry.path.substr(0, slash)).second) {
        break;
      }
    }
  }

  void
  list(const Directory& directory)
  {
    std::error_code error;
    fs::directory_iterator at(root_ / directory.prefix, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      std::error_code unknown;
      const fs::file_type type = at->symlink_status(unknown).type();
      if (type == fs::file_type::directory && name != ".git") {
        take_directory(directory, directory.prefix + name);
      } else if (type == fs::file_type::regular) {
        take_file(directory, directory.prefix + name);
      }
    }
    if (error) {
      gaps_.push_back({GapKind::unreadable, "directory " + (directory.prefix.empty() ? "." : directory.prefix),
                       "cannot be read: " + error.message(), "Let the gate run as a user who may read it"});
    }
  }

  void
  take_directory(const Directory& parent, const std::string& path)
  {
    if (submodules_.contains(path)) {
      return;
    }
    const bool holds_tracked = directories_of_tracked_.contains(path);
    const bool is_ignored = parent.is_ignored || rules_.ignores(path + '/');
    if (holds_tracked || !is_ignored) {
      if (!holds_tracked && is_repository(path)) {
        gaps_.push_back({GapKind::submodule, path, "is a repository of its own inside this one, so it was not examined",
                         "Run this gate with --repo on it, or ignore it"});
        return;
      }
      to_visit_.push_back({path + '/', is_ignored});
    }
  }

  void
  take_file(const Directory& parent, const std::string& path)
  {
    if (!tracked_.contains(path) && (parent.is_ignored || rules_.ignores(path))) {
      return;
    }
    if (::faccessat(AT_FDCWD, (root_ / path).c_str(), R_OK, AT_EACCESS) != 0) {
      gaps_.push_back({GapKind::unreadable, path, "cannot be read", "Let the gate run as a user who may read it"});
      return;
    }
    files_.push_back(path);
  }

  [[nodiscard]] bool
  is_repository(const std::string& path) const
  {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(root_ / path / ".git", ignored));
  }

  void
  report_left_out()
  {
    const auto is_absent = [this](const std::string& path) {
      return !std::binary_search(files_.begin(), files_.end(), path);
    };
    const auto absent = std::count_if(skipped_.begin(), skipped_.end(), is_absent);
    if (absent > 0) {
      gaps_.push_back({GapKind::not_checked_out, "sparse checkout",
                       fmt::format("{} not in the work tree",
                                   counted(static_cast<std::uint64_t>(absent), "tracked file is", "tracked files are")),
                       "Run `git sparse-checkout disable`, or examine the history, which does not need the files"});
    }
  }

  fs::path root_;
  const IgnoreRules& rules_;
  std::vector<Gap>& gaps_;
  std::unordered_set<std::string> tracked_, directories_of_tracked_, submodules_;
  std::vector<std::string> skipped_;
  std::vector<Directory> to_visit_;
  std::vector<std::string> files_;
};

}  // namespace

Result<std::vector<std::string>>
scan_worktree(const Repository& repository, std::span<const IndexEntry> index, std::vector<Gap>& gaps)
{
  TRY_ASSIGN(const IgnoreRules rules, IgnoreRules::load(repository));
  return WorktreeScan(repository, rules, index, gaps).run();
}

}  // namespace sluice::git
