// SPDX-License-Identifier: Apache-2.0
#include "git/history/gaps.hpp"

#include "base/text.hpp"
#include "git/history.hpp"
#include "git/objects/decode_fault.hpp"

#include <fmt/format.h>

namespace sluice::git {

namespace {

constexpr std::size_t most_gaps = 20;
constexpr std::size_t most_named = 3;
constexpr std::size_t most_of_name = 200;  ///< bytes

std::string_view
fix_for_unread(bool is_partial)
{
  return is_partial ? "Clone without --filter; actions/checkout: remove its `filter`"
                    : "Run `git fsck --connectivity-only` to see what is missing, and clone afresh";
}

/// By what ObjectStore::read says.
GapKind
kind_of(std::string_view why)
{
  const auto says = [why](DecodeFault fault) { return why.ends_with(explain(fault)); };
  if (says(DecodeFault::too_large)) {
    return GapKind::too_large;
  }
  if (says(DecodeFault::unreadable)) {
    return GapKind::unreadable;
  }
  const bool is_corrupt = why.find("is corrupt") != std::string_view::npos && !says(DecodeFault::missing_base);
  return is_corrupt ? GapKind::corrupt_object : GapKind::missing_object;
}

}  // namespace

Gap
shallow_gap(std::span<const ObjectId> boundaries)
{
  std::string named;
  for (std::size_t i = 0; i < boundaries.size() && i < most_named; ++i) {
    named += (i == 0 ? "" : ", ") + boundaries[i].brief();
  }
  if (boundaries.size() > most_named) {
    named += ", …";
  }
  return {
      GapKind::shallow, "shallow clone",
      fmt::format("the clone is cut off at {} ({}), so what came before was not examined",
                  counted(boundaries.size(), "commit", "commits"), named),
      "Run `git fetch --unshallow`, or let the pipeline clone everything: GitLab's variable GIT_DEPTH: \"0\", or for "
      "actions/checkout\n  with:\n    fetch-depth: 0"};
}

Gap
unread_gap(const Repository& repository, std::string subject, std::string why)
{
  const GapKind kind = kind_of(why);
  // Who reads has just been told of which object.
  if (why.starts_with(subject + " ")) {
    why.erase(0, subject.size() + 1);
  }
  return {kind, std::move(subject), std::move(why),
          kind == GapKind::too_large ? "Raise the limit, or accept the gap"
                                     : std::string(fix_for_unread(repository.is_partial()))};
}

void
UnreadObjects::add(std::string_view kind, const ObjectId& id, std::string why)
{
  if (first_.size() >= most_gaps) {
    ++more_;
    return;
  }
  first_.push_back({kind_of(why), fmt::format("{} {}", kind, id.hex()),
                    fmt::format("{}, so neither it nor what only it leads to was examined", why), ""});
}

void
UnreadObjects::add_odd_entry(const ObjectId& tree, std::string_view name)
{
  if (first_.size() >= most_gaps) {
    ++more_;
    return;
  }
  first_.push_back(
      {GapKind::corrupt_object, fmt::format("tree {}", tree.hex()),
       fmt::format("has an entry '{}', which git does not check out, so at which path its content would be "
                   "is not known",
                   name.substr(0, most_of_name)),
       "Run `git fsck` to see which trees are made by hand, and who pushed them"});
}

void
UnreadObjects::report(bool is_partial, std::vector<Gap>& gaps) const
{
  const std::string_view fix = fix_for_unread(is_partial);
  for (Gap gap : first_) {
    gap.fix = gap.fix.empty() ? std::string(fix) : gap.fix;
    gaps.push_back(std::move(gap));
  }
  if (more_ > 0) {
    gaps.push_back({GapKind::missing_object, "further objects",
                    fmt::format("{} could not be read either", counted(more_, "object", "objects")), std::string(fix)});
  }
}

}  // namespace sluice::git
