// SPDX-License-Identifier: Apache-2.0
//
// A migration of the base is not among those of the change. To say nothing would let a change switch the gate off: it
// moves the directory to a name that no tool has, and whatever it adds there is never read. To say "deleted" of every
// such file is false for most: a sparse checkout leaves it out, a link or a submodule stands where its directory was,
// or the same file lies elsewhere in the tree now. So each is looked for, cheapest first, and only what is nowhere is
// gone.
#include "migrations/departures.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace sluice::migrations {

namespace {

using gate::EntryKind;
using gate::FileTree;

constexpr std::uint64_t max_compared_bytes = 64U << 20U;

std::string
directory_of(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string
name_of(const std::string& path)
{
  return path.substr(path.rfind('/') + 1);
}

/// The first directory on the way to a path that is none of the tree's own.
std::optional<std::pair<std::string, EntryKind>>
obstacle(const FileTree& tree, const std::string& path)
{
  for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
    const std::string directory = path.substr(0, end);
    const EntryKind kind = tree.kind(directory);
    if (kind == EntryKind::link || kind == EntryKind::submodule) {
      return std::pair(directory, kind);
    }
  }
  return std::nullopt;
}

class Departures
{
public:
  Departures(const Reading& reading, const std::set<std::string>& read, ChangeSet& set)
      : reading_(reading),
        read_(read),
        set_(set)
  {}

  std::vector<Departure>
  run(std::vector<Departure> all)
  {
    // A tree that could not be read shows nothing, which is a gap already.
    if (!set_.gaps.empty() && reading_.tree.after->list("").files.empty()) {
      return {};
    }
    std::erase_if(all, [this](const Departure& each) { return is_not_checked_out(each.path) || is_hidden(each.path); });
    if (!all.empty()) {
      look_elsewhere();
      std::erase_if(all, [this](const Departure& each) { return is_elsewhere(each); });
    }
    tell();
    return all;
  }

private:
  /// A deletion that is not committed yet looks the same, and is told the same.
  bool
  is_not_checked_out(const std::string& path)
  {
    const FileTree* recorded = reading_.tree.after->recorded();
    const bool is_it = recorded != nullptr && !is_at(*reading_.tree.after, path) && is_at(*recorded, path);
    if (is_it) {
      ++not_checked_out_[directory_of(path)];
    }
    return is_it;
  }

  bool
  is_hidden(const std::string& path)
  {
    const auto found = obstacle(*reading_.tree.after, path);
    // A link that was followed led to a directory that was read.
    const bool was_followed =
        found && found->second == EntryKind::link && reading_.tree.after->directory_at(found->first).has_value();
    if (!found || was_followed) {
      return false;
    }
    hidden_.insert(*found);
    return true;
  }

  /// Files that the change has put where no migrations are: by name, and by what they say.
  void
  look_elsewhere()
  {
    std::uint64_t bytes = 0;
    for (const std::string& path : reading_.tree.after->list("").files) {
      if (read_.contains(path) || is_at(*reading_.tree.before, path)) {
        continue;
      }
      by_name_.emplace(name_of(path), path);
      const auto text = is_sql(path) && bytes < max_compared_bytes ? reading_.tree.after->read(path) : std::string();
      if (text && !text->empty()) {
        bytes += text->size();
        by_text_.emplace(replace_all(*text, "\r\n", "\n"), path);
      }
    }
  }

  bool
  is_elsewhere(const Departure& gone)
  {
    auto found = by_name_.find(name_of(gone.path));
    if (found == by_name_.end()) {
      found = by_text_.find(replace_all(gone.text, "\r\n", "\n"));
      if (found == by_text_.end()) {
        return false;
      }
    }
    moved_[directory_of(found->second)].push_back(gone.path);
    return true;
  }

  void
  tell()
  {
    for (const auto& [directory, count] : not_checked_out_) {
      add(GapKind::not_checked_out, directory,
          fmt::format("{} not on disk, though the commit that is checked out has {}",
                      counted(count, "merged migration is", "merged migrations are"), count == 1 ? "it" : "them"),
          "Check the directory out, or commit that they are gone");
    }
    for (const auto& [path, kind] : hidden_) {
      add(kind == EntryKind::submodule ? GapKind::submodule : GapKind::unreadable, path,
          fmt::format("is a {} now, and held migrations before the change",
                      kind == EntryKind::submodule ? "submodule" : "symbolic link that leads nowhere"),
          "Run the gate where its files are");
    }
    for (const auto& [directory, from] : moved_) {
      add(GapKind::unjudged, directory,
          fmt::format("has what {} among the migrations before the change ({}{}), and none are looked for there",
                      from.size() == 1 ? "was" : "were", from.front(), from.size() == 1 ? "" : ", …"),
          fmt::format("Name the directory with paths: {}", directory.empty() ? "." : directory));
    }
  }

  void
  add(GapKind kind, const std::string& path, std::string why, std::string fix)
  {
    const std::string subject = path.empty() ? "." : reading_.tree.prefix + path;
    const bool is_told = std::any_of(set_.gaps.begin(), set_.gaps.end(),
                                     [&](const Gap& gap) { return gap.kind == kind && gap.subject == subject; });
    if (!is_told) {
      set_.gaps.push_back({kind, subject, std::move(why), std::move(fix)});
    }
  }

  const Reading& reading_;
  const std::set<std::string>& read_;
  ChangeSet& set_;
  std::map<std::string, std::string> by_name_;
  std::map<std::string, std::string> by_text_;
  std::map<std::string, std::uint64_t> not_checked_out_;  ///< by directory
  std::set<std::pair<std::string, EntryKind>> hidden_;
  std::map<std::string, std::vector<std::string>> moved_;  ///< by the new directory: what came there
};

}  // namespace

std::vector<Departure>
judge_departures(const Reading& reading, std::vector<Departure> all, const std::set<std::string>& read, ChangeSet& set)
{
  return Departures(reading, read, set).run(std::move(all));
}

bool
is_at(const gate::FileTree& tree, const std::string& path)
{
  return tree.kind(path) != EntryKind::none && !obstacle(tree, path);
}

}  // namespace sluice::migrations
