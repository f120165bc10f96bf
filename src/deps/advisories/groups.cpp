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

AdvisoryGroup
group_of(const Index& index, const index::Affected& row, const index::Advisory& advisory)
{
  AdvisoryGroup group;
  group.ids.emplace_back(index.text(advisory.id));
  for (const std::string_view alias : names_of(index, advisory.aliases)) {
    group.aliases.emplace_back(alias);
  }
  const std::vector<std::string_view> upstream = names_of(index, advisory.upstream);
  std::vector<std::string>& list = upstream.size() == 1 ? group.aliases : group.upstream;
  list.insert(list.end(), upstream.begin(), upstream.end());
  group.summary = index.text(advisory.summary);
  group.reference = index.text(advisory.reference);
  group.published = index.text(advisory.published);
  if (row.score >= 0) {
    group.score = row.score / 10.0;
  }
  if (row.severity >= 0 && row.severity <= static_cast<int>(Severity::critical)) {
    group.severity = static_cast<Severity>(row.severity);
  }
  group.is_malware = advisory.is_malware != 0;
  return group;
}

void
sort_once(std::vector<std::string>& names)
{
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

void
tidy(AdvisoryGroup& group)
{
  sort_once(group.ids);
  sort_once(group.aliases);
  sort_once(group.upstream);
  std::erase_if(group.aliases, [&group](const std::string& alias) {
    return std::binary_search(group.ids.begin(), group.ids.end(), alias);
  });
  std::erase_if(group.upstream, [&group](const std::string& name) {
    return std::binary_search(group.ids.begin(), group.ids.end(), name)
           || std::binary_search(group.aliases.begin(), group.aliases.end(), name);
  });
}

void
append(std::vector<std::string>& to, const std::vector<std::string>& from)
{
  to.insert(to.end(), from.begin(), from.end());
}

/// Leaves the lists of names unsorted.
void
add(AdvisoryGroup& group, const AdvisoryGroup& other)
{
  append(group.ids, other.ids);
  append(group.aliases, other.aliases);
  append(group.upstream, other.upstream);
  if (group.summary.empty()) {
    group.summary = other.summary;
    group.reference = other.reference;
  }
  if (!other.published.empty() && (group.published.empty() || other.published < group.published)) {
    group.published = other.published;
  }
  if (other.score) {
    group.score = std::max(group.score.value_or(0.0), *other.score);
  }
  if (other.severity) {
    group.severity = group.severity ? std::max(*group.severity, *other.severity) : other.severity;
  }
  group.is_malware = group.is_malware || other.is_malware;
}

/// The sets of those that have a name in common, however many steps that takes; `names` are those of each.
std::vector<std::vector<AdvisoryGroup>>
connected(std::vector<AdvisoryGroup> groups, const std::vector<std::vector<std::string>>& names)
{
  Partition partition(groups.size());
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const std::string& name : names[i]) {
      const auto [at, is_new] = by_name.emplace(name, i);
      if (!is_new) {
        partition.join(i, at->second);
      }
    }
  }
  std::map<std::size_t, std::vector<AdvisoryGroup>> by_root;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    by_root[partition.find(i)].push_back(std::move(groups[i]));
  }
  std::vector<std::vector<AdvisoryGroup>> sets;
  for (auto& [root, set] : by_root) {
    sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace

std::vector<std::string>
AdvisoryGroup::own_names() const
{
  std::vector<std::string> all = ids;
  append(all, aliases);
  return all;
}

std::vector<std::string>
AdvisoryGroup::names() const
{
  std::vector<std::string> all = own_names();
  append(all, upstream);
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

AdvisoryGroup
merged(std::vector<AdvisoryGroup> groups)
{
  std::sort(groups.begin(), groups.end(),
            [](const AdvisoryGroup& a, const AdvisoryGroup& b) { return a.ids.front() < b.ids.front(); });
  if (groups.size() == 1) {
    return std::move(groups.front());
  }
  AdvisoryGroup group;
  for (const AdvisoryGroup& each : groups) {
    add(group, each);
  }
  tidy(group);
  group.vulnerabilities = std::move(groups);
  return group;
}

std::vector<AdvisoryGroup>
grouped(const Index& index, const std::vector<index::Affected>& rows)
{
  std::map<std::string, std::vector<std::string>> related;  // by the id that names them
  std::vector<AdvisoryGroup> records;
  std::vector<std::vector<std::string>> names;
  for (const index::Affected& row : rows) {
    const index::Advisory advisory = index.advisory(row.advisory);
    records.push_back(group_of(index, row, advisory));
    names.push_back(records.back().own_names());
    const std::vector<std::string_view> others = names_of(index, advisory.related);
    related[records.back().ids.front()].assign(others.begin(), others.end());
  }
  std::vector<AdvisoryGroup> vulnerabilities;
  for (std::vector<AdvisoryGroup>& set : connected(std::move(records), names)) {
    AdvisoryGroup& one = vulnerabilities.emplace_back(merged(std::move(set)));
    one.vulnerabilities.clear();
    tidy(one);
  }
  names.clear();
  for (const AdvisoryGroup& one : vulnerabilities) {
    std::vector<std::string>& all = names.emplace_back(one.names());
    for (const std::string& id : one.ids) {
      append(all, related[id]);
    }
  }
  std::vector<AdvisoryGroup> groups;
  for (std::vector<AdvisoryGroup>& set : connected(std::move(vulnerabilities), names)) {
    groups.push_back(merged(std::move(set)));
  }
  std::sort(groups.begin(), groups.end(),
            [](const AdvisoryGroup& a, const AdvisoryGroup& b) { return a.ids.front() < b.ids.front(); });
  return groups;
}

}  // namespace sluice::deps
