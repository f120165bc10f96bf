// SPDX-License-Identifier: Apache-2.0
#include "deps/locked_files.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "deps/included_files.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// "a/b/package-lock.json" and "npm-shrinkwrap.json" to "a/b/npm-shrinkwrap.json".
std::string
neighbour(std::string_view path, std::string_view name)
{
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)).append(name);
}

class Reader
{
public:
  Reader(const gate::ChangeTree& tree, std::span<const std::string> exclude)
      : tree_(tree),
        exclude_(exclude.begin(), exclude.end())
  {}

  LockedFiles
  run()
  {
    result_.is_change = tree_.before != nullptr;
    result_.tree = &tree_;
    const gate::Listing listing = tree_.after->tracked();
    if (!listing.complete) {
      result_.gaps.push_back({GapKind::too_many, "the repository", "not all of its files could be listed", {}});
    }
    for (const std::string& path : listing.files) {
      if (!may_be_lockfile(path)) {
        continue;
      }
      if (matches_any(exclude_, tree_.prefix + path)) {
        result_.excluded.push_back(tree_.prefix + path);
      } else if (std::binary_search(listing.links.begin(), listing.links.end(), path)) {
        result_.gaps.push_back({GapKind::unreadable, tree_.prefix + path,
                                "it is a link, and only what it leads to is read, by its own name", {}});
      } else {
        read(path, listing.files);
      }
    }
    leave_out_includes(result_, tree_.prefix);
    return std::move(result_);
  }

private:
  static bool
  is_shadowed(const Lockfile& format, std::string_view path, const std::vector<std::string>& all)
  {
    const auto others = split(format.shadowed_by == nullptr ? "" : format.shadowed_by(path), ' ');
    return std::any_of(others.begin(), others.end(), [&](std::string_view other) {
      return !other.empty() && std::binary_search(all.begin(), all.end(), neighbour(path, other));
    });
  }

  void
  read(const std::string& path, const std::vector<std::string>& all)
  {
    // A sparse checkout leaves files out that the commit has.
    const gate::FileTree* recorded = tree_.after->recorded();
    const bool is_left_out = recorded != nullptr && tree_.after->kind(path) == gate::EntryKind::none;
    auto text = (is_left_out ? *recorded : *tree_.after).read(path, max_lockfile_bytes);
    if (!text) {
      result_.gaps.push_back({GapKind::unreadable, tree_.prefix + path, text.error().message, {}});
      return;
    }
    const Lockfile* format = find_lockfile(path, *text);
    if (format == nullptr) {
      return;
    }
    if (is_shadowed(*format, path, all)) {
      result_.shadowed.push_back(tree_.prefix + path);
      return;
    }
    LockedFile file;
    file.format = format;
    auto before = tree_.before == nullptr ? std::nullopt : text_before(path);
    file.is_unchanged = before && *before == *text;
    if (before) {
      // Its gaps were the base's to tell.
      file.before = read_lockfile(*format, path, *std::move(before), *tree_.before);
    }
    file.list = read_lockfile(*format, path, *std::move(text), *tree_.after);
    file.consent = read_script_consent(*format, Surroundings(*tree_.after, path));
    for (ScriptEntry& entry : file.consent.entries) {
      entry.path.insert(0, tree_.prefix);
    }
    file.list.path = tree_.prefix + path;
    for (Gap gap : file.list.gaps()) {
      gap.subject.insert(0, tree_.prefix);
      result_.gaps.push_back(std::move(gap));
    }
    result_.files.push_back(std::move(file));
  }

  [[nodiscard]] std::optional<std::string>
  text_before(const std::string& path) const
  {
    if (!tree_.before->is_file(path)) {
      return std::nullopt;
    }
    auto text = tree_.before->read(path, max_lockfile_bytes);
    return text ? std::optional(*std::move(text)) : std::nullopt;
  }

  const gate::ChangeTree& tree_;
  std::vector<Glob> exclude_;
  LockedFiles result_;
};

}  // namespace

LockedFiles
read_locked_files(const gate::ChangeTree& tree, std::span<const std::string> exclude)
{
  return Reader(tree, exclude).run();
}

}  // namespace sluice::deps
