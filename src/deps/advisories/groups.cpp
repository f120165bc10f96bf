// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/groups.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace sluice::deps {

using index::SectionId;

namespace {

/// Union-find over numbers.
class Partition
{
public:
  explicit Partition(std::size_t count)
      : parent_(count)
  {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t
  find(std::size_t item)
  {
    while (parent_[item] != item) {
      parent_[item] = parent_[parent_[item]];
      item = parent_[item];
    }
    return item;
  }
  void
  join(std::size_t a, std::size_t b)
  {
    parent_[find(a)] = find(b);
  }

private:
  std::vector<std::size_t> parent_;
};

std::vector<std::string_view>
names_of(const Index& index, index::Span span)
{
  std::vector<std::string_view> names;
  for (const index::Text each : index.rows<index::Text>(SectionId::names, span)) {
    names.push_back(index.text(each));
  }
  return names;
}

void
add(AdvisoryGroup& group, const Index& index, const index::Affected& row, const index::Advisory& advisory)
{
  group.ids.emplace_back(index.text(advisory.id));
  for (const std::string_view alias : names_of(index, advisory.aliases)) {
    group.aliases.emplace_back(alias);
  }
  if (group.summary.empty()) {
    group.summary = index.text(advisory.summary);
    group.reference = index.text(advisory.reference);
  }
  const std::string_view published = index.text(advisory.published);
  if (!published.empty() && (group.published.empty() || published < group.published)) {
    group.published = published;
  }
  if (row.score >= 0) {
    group.score = std::max(group.score.value_or(0.0), row.score / 10.0);
  }
  if (row.severity >= 0 && row.severity <= static_cast<int>(Severity::critical)) {
    const auto severity = static_cast<Severity>(row.severity);
    group.severity = group.severity ? std::max(*group.severity, severity) : severity;
  }
  group.is_malware = group.is_malware || advisory.is_malware != 0;
}

void
tidy(AdvisoryGroup& group)
{
  std::sort(group.ids.begin(), group.ids.end());
  std::sort(group.aliases.begin(), group.aliases.end());
  group.aliases.erase(std::unique(group.aliases.begin(), group.aliases.end()), group.aliases.end());
  std::erase_if(group.aliases, [&group](const std::string& alias) {
    return std::binary_search(group.ids.begin(), group.ids.end(), alias);
  });
}

}  // namespace

std::vector<std::string>
AdvisoryGroup::names() const
{
  std::vector<std::string> all = ids;
  all.insert(all.end(), aliases.begin(), aliases.end());
  return all;
}

const std::string&
AdvisoryGroup::title() const
{
  for (const std::string_view prefix : {"MAL-", "GHSA-", "CVE-"}) {
    const auto found =
        std::find_if(ids.begin(), ids.end(), [prefix](const std::string& id) { return id.starts_with(prefix); });
    if (found != ids.end()) {
      return *found;
    }
  }
  return ids.front();
}

std::vector<AdvisoryGroup>
grouped(const Index& index, const std::vector<index::Affected>& rows)
{
  Partition partition(rows.size());
  std::map<std::string_view, std::size_t> by_name;
  std::vector<index::Advisory> advisories;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const index::Advisory& advisory = advisories.emplace_back(index.advisory(rows[i].advisory));
    std::vector<std::string_view> names = names_of(index, advisory.aliases);
    const std::vector<std::string_view> related = names_of(index, advisory.related);
    names.insert(names.end(), related.begin(), related.end());
    names.push_back(index.text(advisory.id));
    for (const std::string_view name : names) {
      const auto [at, is_new] = by_name.emplace(name, i);
      if (!is_new) {
        partition.join(i, at->second);
      }
    }
  }
  std::map<std::size_t, AdvisoryGroup> by_root;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    add(by_root[partition.find(i)], index, rows[i], advisories[i]);
  }
  std::vector<AdvisoryGroup> groups;
  for (auto& [root, group] : by_root) {
    tidy(group);
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(),
            [](const AdvisoryGroup& a, const AdvisoryGroup& b) { return a.ids.front() < b.ids.front(); });
  return groups;
}

}  // namespace sluice::deps
