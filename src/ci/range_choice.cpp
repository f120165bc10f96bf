// SPDX-License-Identifier: Apache-2.0
#include "ci/range_choice.hpp"

#include "base/text.hpp"
#include "git/history.hpp"

#include <algorithm>
#include <unordered_map>

namespace sluice::ci {

namespace {

/// "1a2b3c4d, 5e6f7a8b and 3 more"
std::string
brief_list(const std::vector<git::ObjectId>& ids)
{
  constexpr std::size_t most = 2;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) {
    names.push_back(ids[i].brief());
  }
  const std::string listed = join(names, ", ");
  return ids.size() > most ? fmt::format("{} and {} more", listed, ids.size() - most) : listed;
}

std::string
range_text(const GitRange& range)
{
  const std::string commits = counted(range.commits, "commit", "commits");
  if (range.excluded.empty()) {
    return fmt::format("{} and all before ({})", brief_list(range.heads), commits);
  }
  if (range.heads.size() == 1 && range.excluded.size() == 1) {
    return fmt::format("{}..{} ({})", range.excluded.front().brief(), range.heads.front().brief(), commits);
  }
  return fmt::format("{} without {} ({})", brief_list(range.heads), brief_list(range.excluded), commits);
}

}  // namespace

void
RangeChoice::exclude(const Clone& clone, const git::ObjectId& target, const git::ObjectId& head)
{
  const auto fork = git::merge_base(clone.repository(), target, head);
  excluded.push_back(fork.value_or(target));
  if (!fork) {
    note += clone.repository().is_shallow() ? "; where the two part was not fetched" : "; the two share no history";
  }
}

GitRange
RangeChoice::range(const Clone& clone) const
{
  GitRange range;
  range.kind = RangeKind::commits;
  range.heads = heads;
  range.excluded = excluded;
  range.commits = git::commits_between(clone.repository(), heads, excluded, range.gaps).size();
  if (clone.repository().is_shallow()) {
    for (Gap& gap : range.gaps) {
      gap.fix = clone.deepen();
    }
  }
  range.text = range_text(range);
  range.reason = fmt::format("{}: {} {}{}", subject, counted(range.commits, "commit", "commits"), clause, note);
  return range;
}

void
append(std::vector<git::ObjectId>& ids, const std::vector<git::ObjectId>& more)
{
  ids.insert(ids.end(), more.begin(), more.end());
}

GitRange
nothing(std::string reason)
{
  GitRange range;
  range.kind = RangeKind::nothing;
  range.text = "nothing";
  range.reason = std::move(reason);
  return range;
}

GitRange
unresolved(std::string_view subject, Gap gap)
{
  GitRange range;
  range.kind = RangeKind::unresolved;
  range.text = "unresolved";
  range.reason = fmt::format("{}: this clone does not hold what tells which commits it brings", subject);
  gap.kind = GapKind::no_range;
  range.gaps.push_back(std::move(gap));
  return range;
}

std::optional<git::Reference>
previous_tag(const Clone& clone, const git::ObjectId& head)
{
  std::vector<Gap> reported_later;
  const std::vector<git::ObjectId> heads{head};
  std::unordered_map<git::ObjectId, std::size_t> age;  // commits come parents first: the greater, the newer
  for (const git::Commit& commit : git::commits_between(clone.repository(), heads, {}, reported_later)) {
    age.emplace(commit.id, age.size());
  }
  age.erase(head);
  std::optional<git::Reference> newest;
  const auto references = clone.repository().references();
  for (const git::Reference& reference : references ? *references : std::vector<git::Reference>{}) {
    const auto tagged = reference.name.starts_with("refs/tags/") ? clone.commit(reference.id.hex()) : std::nullopt;
    if (tagged && age.contains(*tagged) && (!newest || age.at(*tagged) >= age.at(newest->id))) {
      newest = git::Reference{reference.name, *tagged};
    }
  }
  return newest;
}

std::string_view
short_ref(std::string_view ref)
{
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/"}) {
    if (ref.starts_with(prefix)) {
      return ref.substr(prefix.size());
    }
  }
  return ref;
}

}  // namespace sluice::ci
