// SPDX-License-Identifier: Apache-2.0
#include "deps/locked_files.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/included_files.hpp"
#include "deps/moved_files.hpp"
#include "deps/remembering_tree.hpp"
#include "deps/unlocked_manifests.hpp"
#include "git/worktree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace sluice::deps {

namespace {

/// As many as Linux follows.
constexpr int max_links = 40;

bool
is_same(const PackageList& before, const PackageList& after)
{
  const auto all_of = [](const Package& each) {
    return std::tie(each.ecosystem, each.name, each.version, each.scope, each.is_direct, each.source, each.part,
                    each.location, each.integrity);
  };
  return before.is_refused() == after.is_refused()
         && std::equal(before.packages().begin(), before.packages().end(), after.packages().begin(),
                       after.packages().end(),
                       [&](const Package& a, const Package& b) { return all_of(a) == all_of(b); });
}

class Reader
{
public:
  Reader(const gate::ChangeTree& tree, std::span<const std::string> exclude)
      : tree_(tree),
        after_(*tree.after),
        exclude_(exclude.begin(), exclude.end())
  {
    if (tree.before != nullptr) {
      before_.emplace(*tree.before);
    }
  }

  LockedFiles
  run()
  {
    result_.is_change = tree_.before != nullptr;
    result_.tree = &tree_;
    const gate::Listing listing = tree_.after->tracked();
    moved_.emplace(tree_, listing.files);
    if (!listing.complete) {
      result_.gaps.push_back({GapKind::too_many, "the repository", "not all of its files could be listed", {}});
    }
    for (const std::string& path : listing.submodules) {
      result_.gaps.push_back(git::submodule_gap(tree_.prefix + path));
    }
    std::vector<std::string> manifests;
    for (const std::string& path : listing.files) {
      if (is_manifest(path) && !matches_any(exclude_, tree_.prefix + path)
          && tree_.after->kind(path) == gate::EntryKind::file) {
        manifests.push_back(path);
      }
      if (!may_be_lockfile(path)) {
        continue;
      }
      if (matches_any(exclude_, tree_.prefix + path)) {
        result_.excluded.push_back(tree_.prefix + path);
      } else if (tree_.after->kind(path) == gate::EntryKind::link) {
        tell_link(path, listing.files);
      } else {
        read(path, listing);
      }
    }
    leave_out_includes(result_, tree_.prefix);
    for (Gap& gap : unlocked_manifests(after_, manifests, result_, tree_.prefix)) {
      result_.gaps.push_back(std::move(gap));
    }
    return std::move(result_);
  }

private:
  static bool
  is_shadowed(const Lockfile& format, std::string_view path, const std::vector<std::string>& all)
  {
    const auto others = split(format.shadowed_by == nullptr ? "" : format.shadowed_by(path), ' ');
    return std::any_of(others.begin(), others.end(), [&](std::string_view other) {
      return !other.empty() && std::binary_search(all.begin(), all.end(), path_in(directory_of(path), other));
    });
  }

  /// Where names that differ in case are one file, only one of them is there, and not always the same one.
  void
  tell_other_case(const std::string& path)
  {
    const auto [first, is_new] = by_lower_path_.emplace(to_lower(path), path);
    if (!is_new) {
      result_.gaps.push_back({GapKind::unjudged, tree_.prefix + path,
                              fmt::format("its name differs from that of {} in case alone, and which of the two counts "
                                          "is not the same on every system",
                                          printable(tree_.prefix + first->second)),
                              "Keep one of them"});
    }
  }

  /// A link that leads to a lockfile of the repository needs no word: that is looked at by its own path.
  void
  tell_link(const std::string& path, const std::vector<std::string>& all)
  {
    std::optional<std::string> at = path;
    for (int steps = 0; at && steps < max_links; ++steps) {
      const std::optional<std::string> target = tree_.after->link_at(*at);
      if (!target) {
        break;
      }
      at = target->starts_with('/') ? std::nullopt : leads_to(*at, *target);
    }
    const bool is_judged = at && may_be_lockfile(*at) && tree_.after->kind(*at) == gate::EntryKind::file
                           && std::binary_search(all.begin(), all.end(), *at);
    if (!is_judged) {
      result_.gaps.push_back({GapKind::unreadable, tree_.prefix + path,
                              "is a symbolic link to something that is not judged as a lockfile of this repository",
                              "Track the lockfile itself in its place, or exclude the link"});
    }
  }

  /// Where a link at `path` leads; nothing if that is outside of the tree.
  [[nodiscard]] std::optional<std::string>
  leads_to(const std::string& path, std::string_view target) const
  {
    return Surroundings(*tree_.after, path).resolve(target);
  }

  /// The disk, or the commit where a sparse checkout leaves the file out.
  [[nodiscard]] const gate::FileTree&
  tree_of(const std::string& path, const gate::Listing& listing) const
  {
    const gate::FileTree* recorded = tree_.after->recorded();
    const bool is_left_out = std::binary_search(listing.skipped.begin(), listing.skipped.end(), path)
                             && tree_.after->kind(path) == gate::EntryKind::none;
    return is_left_out && recorded != nullptr ? *recorded : after_;
  }

  void
  read(const std::string& path, const gate::Listing& listing)
  {
    const gate::FileTree& tree = tree_of(path, listing);
    auto text = tree.read(path, max_lockfile_bytes);
    if (!text && tree.kind(path) == gate::EntryKind::none) {
      result_.deleted.push_back(tree_.prefix + path);
      return;
    }
    if (!text) {
      result_.gaps.push_back({GapKind::unreadable, tree_.prefix + path, text.error().message, {}});
      return;
    }
    const Lockfile* format = find_lockfile(path, *text);
    if (format == nullptr) {
      return;
    }
    tell_other_case(path);
    if (is_shadowed(*format, path, listing.files)) {
      result_.shadowed.push_back(tree_.prefix + path);
      return;
    }
    LockedFile file;
    file.format = format;
    auto before = tree_.before == nullptr ? std::nullopt : text_before(path);
    const bool is_known_before = before.has_value();
    const bool is_same_text = before && *before == *text;
    if (before) {
      // Its gaps were the base's to tell.
      file.before = read_lockfile(*format, path, *std::move(before), *before_);
    }
    file.list = read_lockfile(*format, path, *std::move(text), tree);
    // Of a file that includes others, or inherits from them, the text alone does not tell.
    file.is_unchanged = is_same_text && file.before && is_same(*file.before, file.list);
    file.consent = read_script_consent(format->installer, Surroundings(tree, path));
    for (ScriptEntry& entry : file.consent.entries) {
      entry.path.insert(0, tree_.prefix);
    }
    if (!is_known_before && tree_.before != nullptr) {
      file.before = moved_->find(*format, path, file.list,
                                 [this](const std::string& old) { return !matches_any(exclude_, old); });
    }
    file.list.path = tree_.prefix + path;
    for (Gap gap : file.list.gaps()) {
      gap.subject.insert(0, tree_.prefix);
      result_.gaps.push_back(std::move(gap));
    }
    result_.files.push_back(std::move(file));
  }

  /// Nothing if there was no such file; if it cannot be read, that is told, for then all of the file looks new.
  [[nodiscard]] std::optional<std::string>
  text_before(const std::string& path)
  {
    if (!tree_.before->is_file(path)) {
      return std::nullopt;
    }
    auto text = tree_.before->read(path, max_lockfile_bytes);
    if (!text) {
      result_.gaps.push_back({GapKind::unreadable,
                              tree_.prefix + path,
                              fmt::format("what it was before the change cannot be read, so that everything in it is "
                                          "taken for new and nothing of it for changed: {}",
                                          text.error().message),
                              {}});
      return std::nullopt;
    }
    return *std::move(text);
  }

  const gate::ChangeTree& tree_;
  RememberingTree after_;
  std::optional<RememberingTree> before_;
  std::vector<Glob> exclude_;
  std::optional<MovedFiles> moved_;
  std::unordered_map<std::string, std::string> by_lower_path_;  ///< paths of lockfiles
  LockedFiles result_;
};

}  // namespace

LockedFiles
read_locked_files(const gate::ChangeTree& tree, std::span<const std::string> exclude)
{
  return Reader(tree, exclude).run();
}

}  // namespace sluice::deps
