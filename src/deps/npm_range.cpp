// SPDX-License-Identifier: Apache-2.0
#include "deps/npm_range.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "deps/npm_range_text.hpp"
#include "deps/version_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t max_range_bytes = std::size_t{64} << 10U;
/// node-semver takes 256 characters for a version, of which the numbers have five at least.
constexpr std::size_t longest_prerelease = 250;

/// One of the three numbers, or none where it is left open: "x", "*", or not written.
using Number = std::optional<std::uint64_t>;

/// "1", "1.x", "1.2.3-beta".
struct Partial
{
  Number major, minor, patch;
  std::string_view prerelease;
};

bool
take_component(std::string_view& text, Number& number)
{
  if (!text.empty() && is_any_of(text.front(), "xX*")) {
    text.remove_prefix(1);
    return true;
  }
  const std::string_view digits = take_digits(text);
  if (digits.empty()) {
    return false;
  }
  number = number_of<std::uint64_t>(digits).value_or(max_npm_number + 1);
  return true;
}

std::optional<Partial>
parse_partial(std::string_view text)
{
  static_cast<void>(take_while(text, [](char c) { return is_any_of(c, "v= "); }));
  Partial partial;
  if (!take_component(text, partial.major)) {
    return std::nullopt;
  }
  if (text.empty()) {
    return partial;
  }
  if (!take(text, '.') || !take_component(text, partial.minor)) {
    return std::nullopt;
  }
  if (text.empty()) {
    return partial;
  }
  if (!take(text, '.') || !take_component(text, partial.patch)) {
    return std::nullopt;
  }
  if (!text.empty()) {
    const auto prerelease = loose_prerelease(text);
    if (!prerelease) {
      return std::nullopt;
    }
    partial.prerelease = *prerelease;
  }
  return partial;
}

}  // namespace

/// Reads one alternative, what stands between two "||".
class NpmRangeReader
{
public:
  using Operator = NpmRange::Operator;
  using Comparator = NpmRange::Comparator;

  void
  read(std::string_view text)
  {
    if (read_hyphen(text)) {
      return;
    }
    // Nothing is any release: between two "||", and also where build metadata have left it at an end.
    is_any_ = text.empty() || text.front() == ' ' || text.back() == ' ';
    const std::string joined = with_operators_joined(text);
    for (std::string_view rest = joined; !rest.empty();) {
      const bool is_first = rest.size() == joined.size();
      const std::string_view comparator = take_part(rest, ' ');
      is_at_end_ = is_first || rest.empty();
      read_comparator(comparator);
    }
  }

  /// Whether an end has a number that is larger than any of npm's: then the whole range is none.
  [[nodiscard]] bool
  is_too_large() const
  {
    return is_too_large_;
  }

  /// Nothing where it held no comparator at all.
  [[nodiscard]] std::optional<NpmRange::Alternative>
  take_alternative()
  {
    return comparators_.empty() && !is_any_ ? std::nullopt : std::optional(std::move(comparators_));
  }

private:
  bool
  read_hyphen(std::string_view text)
  {
    const std::size_t hyphen = text.find(" - ");
    if (hyphen == std::string_view::npos) {
      return false;
    }
    const auto from = parse_partial(text.substr(0, hyphen));
    const auto to = parse_partial(text.substr(hyphen + 3));
    if (!from || !to) {
      return false;
    }
    is_any_ = true;  // where neither end says anything
    if (from->major) {
      from_first_of(*from);
    }
    if (to->major && to->minor && to->patch) {
      add(Operator::at_most, *to->major, *to->minor, *to->patch, to->prerelease);
    } else if (to->major) {
      before_next_of(*to);
    }
    return true;
  }

  /// `text` has no blank in it.
  void
  read_comparator(std::string_view text)
  {
    if (take(text, '~')) {
      static_cast<void>(take(text, '>'));
      read_tilde(text);
    } else if (take(text, '^')) {
      read_caret(text);
    } else if (take(text, '<')) {
      read_plain(take(text, '=') ? Operator::at_most : Operator::less, text);
    } else if (take(text, '>')) {
      read_plain(take(text, '=') ? Operator::at_least : Operator::greater, text);
    } else {
      read_plain(Operator::equal, text);
    }
  }

  /// A partial version of which something is known; what is none is left out, and what is all open is any.
  std::optional<Partial>
  partial_of(std::string_view token)
  {
    auto partial = parse_partial(token);
    if (!partial) {
      return std::nullopt;
    }
    if (!partial->major) {
      is_any_ = is_any_ || is_at_end_;
      return std::nullopt;
    }
    return partial;
  }

  /// "~1.2.3" is from 1.2.3 to before 1.3.0.
  void
  read_tilde(std::string_view token)
  {
    if (const auto partial = partial_of(token)) {
      from_first_of(*partial);
      before_next_of({partial->major, partial->minor, {}, {}});
    }
  }

  /// "^1.2.3" is from 1.2.3 to before the next of the first number that is not zero.
  void
  read_caret(std::string_view token)
  {
    const auto partial = partial_of(token);
    if (!partial) {
      return;
    }
    from_first_of(*partial);
    if (*partial->major != 0 || !partial->minor) {
      before_next_of({partial->major, {}, {}, {}});
    } else if (*partial->minor != 0 || !partial->patch) {
      before_next_of({partial->major, partial->minor, {}, {}});
    } else {
      add(Operator::less, 0, 0, *partial->patch + 1, "0");
    }
  }

  void
  read_plain(Operator op, std::string_view token)
  {
    const auto partial = parse_partial(token);
    const bool is_right = partial && (partial->major || !partial->minor) && (partial->minor || !partial->patch);
    if (!is_right) {
      return;
    }
    if (!partial->major) {
      if (op == Operator::less || op == Operator::greater) {
        add(Operator::less, 0, 0, 0, "0");
      }
      is_any_ = is_any_ || is_at_end_;
    } else if (partial->minor && partial->patch) {
      add(op, *partial->major, *partial->minor, *partial->patch, partial->prerelease);
    } else {
      read_open(op, *partial);
    }
  }

  /// A comparator with an open number: ">1.2" is from 1.3.0 on, "<=1.2" before it.
  void
  read_open(Operator op, const Partial& partial)
  {
    switch (op) {
    case Operator::equal:
      from_first_of(partial);
      before_next_of(partial);
      break;
    case Operator::at_least:
      from_first_of(partial);
      break;
    case Operator::less:
      add(Operator::less, *partial.major, partial.minor.value_or(0), 0, "0");
      break;
    case Operator::at_most:
      before_next_of(partial);
      break;
    case Operator::greater:
      add(Operator::at_least, *partial.major + (partial.minor ? 0 : 1), partial.minor ? *partial.minor + 1 : 0, 0, "");
      break;
    }
  }

  /// From the first release that a partial version may be; its prerelease counts only where all three numbers do.
  void
  from_first_of(const Partial& partial)
  {
    const bool is_whole = partial.minor && partial.patch;
    add(Operator::at_least, *partial.major, partial.minor.value_or(0), is_whole ? *partial.patch : 0,
        is_whole ? partial.prerelease : std::string_view());
  }

  /// Before the first version that a partial one with an open patch can no longer be.
  void
  before_next_of(const Partial& partial)
  {
    add(Operator::less, *partial.major + (partial.minor ? 0 : 1), partial.minor ? *partial.minor + 1 : 0, 0, "0");
  }

  void
  add(Operator op, std::uint64_t major, std::uint64_t minor, std::uint64_t patch, std::string_view prerelease)
  {
    is_too_large_ =
        is_too_large_ || std::max({major, minor, patch}) > max_npm_number || prerelease.size() > longest_prerelease;
    if (op == Operator::at_least && major == 0 && minor == 0 && patch == 0 && prerelease.empty()) {
      is_any_ = true;
    } else {
      comparators_.push_back({op, major, minor, patch, std::string(prerelease)});
    }
  }

  NpmRange::Alternative comparators_;
  bool is_any_ = false;
  bool is_at_end_ = false;  ///< of the text: one in the middle that is any release node-semver loses
  bool is_too_large_ = false;
};

NpmVersion
NpmRange::Comparator::version() const
{
  return {major, minor, patch, prerelease};
}

std::string
NpmRange::Comparator::first() const
{
  const bool is_above = op == Operator::greater;
  return prerelease.empty()
             ? fmt::format("{}.{}.{}{}", major, minor, is_above ? patch + 1 : patch, is_above ? "-0" : "")
             : fmt::format("{}.{}.{}-{}{}", major, minor, patch, prerelease, is_above ? ".0" : "");
}

bool
NpmRange::Comparator::admits(const NpmVersion& other) const
{
  const auto order = compare(other, version());
  switch (op) {
  case Operator::equal:
    return order == 0;
  case Operator::less:
    return order < 0;
  case Operator::at_most:
    return order <= 0;
  case Operator::greater:
    return order > 0;
  case Operator::at_least:
    return order >= 0;
  }
  return false;
}

std::optional<NpmRange>
NpmRange::parse(std::string_view text)
{
  if (text.size() > max_range_bytes) {
    return std::nullopt;
  }
  const std::string whole = collapsed(text);
  NpmRange range;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find("||", begin), whole.size());
    const std::string alternative = without_build(without_blanks(std::string_view(whole).substr(begin, end - begin)));
    NpmRangeReader reader;
    reader.read(alternative);
    if (reader.is_too_large()) {
      return std::nullopt;
    }
    if (auto read = reader.take_alternative()) {
      range.alternatives_.push_back(*std::move(read));
    }
    begin = end + 2;
  }
  // One that is any release makes the whole so, and then a prerelease that another names is not in it.
  if (std::any_of(range.alternatives_.begin(), range.alternatives_.end(),
                  [](const Alternative& each) { return each.empty(); })) {
    range.alternatives_.assign(1, {});
  }
  return range.alternatives_.empty() ? std::nullopt : std::optional(std::move(range));
}

bool
NpmRange::admits(const Alternative& alternative, const NpmVersion& version)
{
  bool is_prerelease_named = version.prerelease.empty();
  for (const Comparator& each : alternative) {
    if (!each.admits(version)) {
      return false;
    }
    is_prerelease_named = is_prerelease_named
                          || (!each.prerelease.empty() && each.major == version.major && each.minor == version.minor
                              && each.patch == version.patch);
  }
  return is_prerelease_named;
}

bool
NpmRange::admits(std::string_view version) const
{
  const auto parsed = parse_npm_version(version);
  return parsed && std::any_of(alternatives_.begin(), alternatives_.end(), [&parsed](const Alternative& each) {
           return admits(each, *parsed);
         });
}

NpmRange::Interval
NpmRange::interval_of(const Alternative& alternative)
{
  Interval interval;
  for (const Comparator& each : alternative) {
    if (each.op != Operator::less && each.op != Operator::at_most) {
      const auto order =
          interval.low == nullptr ? std::weak_ordering::greater : compare(each.version(), interval.low->version());
      interval.low = order > 0 || (order == 0 && each.op == Operator::greater) ? &each : interval.low;
    }
    if (each.op != Operator::greater && each.op != Operator::at_least) {
      const auto order =
          interval.high == nullptr ? std::weak_ordering::less : compare(each.version(), interval.high->version());
      interval.high = order < 0 || (order == 0 && each.op == Operator::less) ? &each : interval.high;
    }
  }
  return interval;
}

bool
NpmRange::is_empty(const Interval& interval)
{
  constexpr NpmVersion first{0, 0, 0, "0"};
  if (interval.high == nullptr) {
    return false;
  }
  const auto order = compare(interval.low == nullptr ? first : interval.low->version(), interval.high->version());
  const bool is_open =
      interval.high->op == Operator::less || (interval.low != nullptr && interval.low->op == Operator::greater);
  return order > 0 || (order == 0 && is_open);
}

bool
NpmRange::is_within(const Interval& inner, const Interval& outer)
{
  if (outer.low != nullptr) {
    const auto order =
        inner.low == nullptr ? std::weak_ordering::less : compare(inner.low->version(), outer.low->version());
    if (order < 0 || (order == 0 && outer.low->op == Operator::greater && inner.low->op != Operator::greater)) {
      return false;
    }
  }
  if (outer.high == nullptr) {
    return true;
  }
  const auto order =
      inner.high == nullptr ? std::weak_ordering::greater : compare(inner.high->version(), outer.high->version());
  return order < 0 || (order == 0 && (outer.high->op != Operator::less || inner.high->op == Operator::less));
}

std::optional<std::string>
NpmRange::least() const
{
  const Comparator* least = nullptr;
  for (const Alternative& alternative : alternatives_) {
    const Interval interval = interval_of(alternative);
    if (is_empty(interval)) {
      continue;
    }
    if (interval.low == nullptr) {
      return "0.0.0";
    }
    if (least == nullptr || compare(interval.low->version(), least->version()) < 0) {
      least = interval.low;
    }
  }
  return least == nullptr ? std::nullopt : std::optional(least->first());
}

bool
NpmRange::is_within(const NpmRange& other) const
{
  return std::all_of(alternatives_.begin(), alternatives_.end(), [&other](const Alternative& inner) {
    const Interval interval = interval_of(inner);
    return is_empty(interval)
           || std::any_of(other.alternatives_.begin(), other.alternatives_.end(),
                          [&interval](const Alternative& outer) { return is_within(interval, interval_of(outer)); });
  });
}

}  // namespace sluice::deps
