// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/matching.hpp"

#include "deps/advisories/record.hpp"
#include "deps/ecosystem.hpp"

#include <algorithm>

namespace sluice::deps {

using index::SectionId;

namespace {

EventKind
kind_of(const index::Event& event)
{
  return static_cast<EventKind>(event.kind);
}

bool
is_beginning(const index::Event& event, std::string_view version)
{
  return kind_of(event) == EventKind::introduced && version == "0";
}

class RangeJudge
{
public:
  RangeJudge(const Index& index, std::string_view version, const Scheme& scheme)
      : index_(index),
        version_(version),
        scheme_(scheme)
  {}

  /// Unknown where the order to an event is: a name such as "v46" stands for a family of versions.
  [[nodiscard]] Judgement
  judge(std::span<const index::Event> events) const
  {
    if (!is_before_limits(events)) {
      return Judgement::clean;
    }
    bool affected = false;
    for (std::size_t i = 0; i < events.size();) {
      if (kind_of(events[i]) == EventKind::limit) {
        ++i;  // asked above
        continue;
      }
      const auto order = order_to(events[i]);
      if (!order) {
        return Judgement::unknown;
      }
      if (*order < 0) {
        break;
      }
      Together together;
      const std::size_t first = i;
      for (; i < events.size() && is_same_place(events[first], events[i]); ++i) {
        together.add(kind_of(events[i]));
      }
      affected = together.applied(affected, *order == 0);
    }
    return affected ? Judgement::affected : Judgement::clean;
  }

private:
  /// Events at one version.
  struct Together
  {
    bool begins = false, ends = false, is_last = false;

    void
    add(EventKind kind)
    {
      begins = begins || kind == EventKind::introduced;
      ends = ends || kind == EventKind::fixed || kind == EventKind::bound;
      is_last = is_last || kind == EventKind::last_affected;
    }
    [[nodiscard]] bool
    applied(bool before, bool is_at) const
    {
      const bool closes = ends || (is_last && !is_at);
      if (begins == closes) {
        return before;
      }
      return begins;
    }
  };

  /// The version's order to that of an event.
  [[nodiscard]] std::optional<std::weak_ordering>
  order_to(const index::Event& event) const
  {
    const std::string_view text = index_.text(event.version);
    return is_beginning(event, text) ? std::weak_ordering::greater : scheme_.compare(version_, text);
  }

  [[nodiscard]] bool
  is_same_place(const index::Event& a, const index::Event& b) const
  {
    const std::string_view left = index_.text(a.version);
    const std::string_view right = index_.text(b.version);
    if (is_beginning(a, left) || is_beginning(b, right)) {
      return is_beginning(a, left) && is_beginning(b, right);
    }
    const auto order = scheme_.compare(left, right);
    return order && *order == 0;
  }

  [[nodiscard]] bool
  is_before_limits(std::span<const index::Event> events) const
  {
    bool has_limit = false;
    for (const index::Event& event : events) {
      if (kind_of(event) == EventKind::limit) {
        has_limit = true;
        const auto order = order_to(event);
        if (index_.text(event.version) == "*" || !order || *order < 0) {
          return true;
        }
      }
    }
    return !has_limit;
  }

  const Index& index_;
  std::string_view version_;
  const Scheme& scheme_;
};

bool
is_one_of(const Index& index, std::span<const index::Text> in_order, std::string_view version, const Scheme& scheme)
{
  const auto found =
      std::lower_bound(in_order.begin(), in_order.end(), version, [&](index::Text each, std::string_view wanted) {
        const auto order = scheme.compare(index.text(each), wanted);
        return order && *order < 0;
      });
  const auto order = found == in_order.end() ? std::nullopt : scheme.compare(index.text(*found), version);
  return order && *order == 0;
}

/// What the list of single versions says, taken as they are written or as ones that the ecosystem treats as the same.
/// Unknown if one of them may be the version and may not: a name such as "v46" stands for several.
Judgement
judge_by_list(const Index& index, const index::Affected& affected, std::string_view version, const Scheme* scheme)
{
  const auto versions = index.rows<index::Text>(SectionId::versions, affected.versions);
  const std::size_t ordered = std::min<std::size_t>(affected.ordered_versions, versions.size());
  const auto others = versions.subspan(ordered);
  const auto by_bytes =
      std::lower_bound(others.begin(), others.end(), version,
                       [&index](index::Text each, std::string_view wanted) { return index.text(each) < wanted; });
  if (by_bytes != others.end() && index.text(*by_bytes) == version) {
    return Judgement::affected;
  }
  if (scheme == nullptr || versions.empty()) {
    return Judgement::clean;
  }
  if (!is_version(*scheme, version)) {
    // Without an order a version that is not listed as it is written may be one of those that are.
    return Judgement::unknown;
  }
  if (is_in_line(*scheme, version) && is_one_of(index, versions.first(ordered), version, *scheme)) {
    return Judgement::affected;
  }
  // A version in line has an order to all of the first part.
  Judgement judgement = Judgement::clean;
  for (const index::Text each : is_in_line(*scheme, version) ? others : versions) {
    const std::string_view listed = index.text(each);
    const auto order = scheme->compare(listed, version);
    if (order && *order == 0) {
      return Judgement::affected;
    }
    if (!order && scheme->unordered == Unordered::undecided && is_version(*scheme, listed)) {
      judgement = Judgement::unknown;
    }
  }
  return judgement;
}

}  // namespace

Judgement
judge(const Index& index, const index::Affected& affected, std::string_view version, const Scheme* scheme)
{
  const Judgement by_list = judge_by_list(index, affected, version, scheme);
  if (by_list == Judgement::affected) {
    return by_list;
  }
  const bool can_compare = scheme != nullptr && is_version(*scheme, version);
  bool is_undecided = by_list == Judgement::unknown;
  for (const index::Range& range : index.rows<index::Range>(SectionId::ranges, affected.ranges)) {
    Judgement judgement = Judgement::unknown;
    if (can_compare && range.is_judgeable != 0) {
      judgement = RangeJudge(index, version, *scheme).judge(index.rows<index::Event>(SectionId::events, range.events));
    }
    if (judgement == Judgement::affected) {
      return judgement;
    }
    is_undecided = is_undecided || judgement == Judgement::unknown;
  }
  return is_undecided ? Judgement::unknown : Judgement::clean;
}

Matches
rows_about(const Index& index, std::string_view ecosystem, std::string_view name, std::string_view version)
{
  Matches matches;
  const std::vector<index::Affected> rows = index.find(ecosystem, normalised(ecosystem, name));
  if (rows.empty()) {
    return matches;
  }
  const Scheme* scheme = scheme_of(ecosystem);
  for (const index::Affected& row : rows) {
    switch (judge(index, row, version, scheme)) {
    case Judgement::affected:
      matches.affected.push_back(row);
      break;
    case Judgement::unknown:
      matches.undecided.push_back(row);
      break;
    case Judgement::clean:
      break;
    }
  }
  const auto by_advisory = [](const index::Affected& a, const index::Affected& b) { return a.advisory < b.advisory; };
  const auto same = [](const index::Affected& a, const index::Affected& b) { return a.advisory == b.advisory; };
  std::sort(matches.affected.begin(), matches.affected.end(), by_advisory);
  matches.affected.erase(std::unique(matches.affected.begin(), matches.affected.end(), same), matches.affected.end());
  // A record that has one row that fits has nothing left to decide.
  std::erase_if(matches.undecided, [&matches](const index::Affected& row) {
    return std::any_of(matches.affected.begin(), matches.affected.end(),
                       [&row](const index::Affected& each) { return each.advisory == row.advisory; });
  });
  return matches;
}

Matches
match(const Index& index, std::string_view ecosystem, std::string_view name, std::string_view version)
{
  Matches matches = rows_about(index, ecosystem, name, version);
  const Scheme* scheme = scheme_of(ecosystem);
  const bool is_none = version.empty() || (scheme != nullptr && !is_version(*scheme, version));
  if (!matches.affected.empty()) {
    matches.judgement = Judgement::affected;
  } else if (!matches.undecided.empty() || is_none) {
    matches.judgement = Judgement::unknown;
  }
  return matches;
}

}  // namespace sluice::deps
