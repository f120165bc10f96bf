// SPDX-License-Identifier: Apache-2.0
//
// To find what is one edit from a name, either every edit of the name is looked up (some 80 for each of its letters),
// or the list is gone through, or both sides are shortened: two names are one edit apart only if they are the same once
// each has lost at most one letter (symmetric deletion). The last costs one table of some thousand entries, made when
// the first name is asked for, and as many look-ups as the name has letters; what is found is then compared for good.
//
// What is left alone, because it is mostly something else than a slip:
// - names of fewer than five letters, and of five all but swapped and doubled letters: every short word is taken by
//   somebody in good faith;
// - a digit in place of another, which is another generation of one family ("nvidia-cublas-cu11", "-cu12");
// - a digit in place of a letter that it does not look like: "parser" is no "parse5", "l0dash" means to be "lodash";
// - names of an owner that a popular name has (a scope of npm, a vendor of Packagist, a group of Maven, who owns a
//   module's path, a prefix that NuGet reserves): nobody else can publish there.
#include "deps/popular.hpp"

#include "base/text.hpp"
#include "deps/name_owner.hpp"
#include "deps/popular_lists.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sluice::deps {

namespace {

constexpr std::size_t fewest_letters = 5;
constexpr std::size_t fewest_letters_for_any_edit = 6;

/// Whether one may be taken for the other, or typed for it: two letters, or a digit and what looks like it.
bool
is_confusable(char one, char other)
{
  if (!is_digit(one) && !is_digit(other)) {
    return true;
  }
  static constexpr std::array<std::string_view, 12> pairs{"0o", "o0", "1l", "l1", "1i", "i1",
                                                          "3e", "e3", "5s", "s5", "6b", "b6"};
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](std::string_view pair) { return pair[0] == one && pair[1] == other; });
}

/// In lower case and without what stands between words.
std::string
letters_of(std::string_view name)
{
  std::string out;
  for (const char character : to_lower(name)) {
    if (std::string_view("-_.@/:").find(character) == std::string_view::npos) {
      out += character;
    }
  }
  return out;
}

/// The edit between two names in lower case; nothing if they are the same or further apart.
std::optional<NameDifference>
edit_between(std::string_view name, std::string_view popular)
{
  std::size_t same = 0;
  while (same < name.size() && same < popular.size() && name[same] == popular[same]) {
    ++same;
  }
  const std::string_view left = name.substr(same);
  const std::string_view right = popular.substr(same);
  if (left.size() == right.size() + 1 && left.substr(1) == right) {
    return NameDifference::one_more;
  }
  if (left.size() + 1 == right.size() && left == right.substr(1)) {
    return NameDifference::one_less;
  }
  if (left.empty() || left.size() != right.size()) {
    return std::nullopt;
  }
  if (left.substr(1) == right.substr(1)) {
    return NameDifference::other_letter;
  }
  const bool is_swapped =
      left.size() > 1 && left[0] == right[1] && left[1] == right[0] && left.substr(2) == right.substr(2);
  return is_swapped ? std::optional(NameDifference::swapped) : std::nullopt;
}

/// Whether the longer one is the shorter one with a letter typed twice.
bool
is_doubled(std::string_view longer, std::string_view shorter)
{
  std::size_t same = 0;
  while (same < shorter.size() && longer[same] == shorter[same]) {
    ++same;
  }
  return same > 0 && longer[same] == longer[same - 1];
}

/// Whether the edit, which is between the two, is the slip of a finger and not another word or generation.
bool
is_slip(std::string_view name, std::string_view popular, NameDifference how)
{
  const std::size_t letters = letters_of(popular).size();
  if (letters < fewest_letters) {
    return false;
  }
  if (how == NameDifference::other_letter) {
    std::size_t at = 0;
    while (name[at] == popular[at]) {
      ++at;
    }
    if (!is_confusable(name[at], popular[at])) {
      return false;
    }
  }
  return letters >= fewest_letters_for_any_edit || how == NameDifference::swapped
         || (how == NameDifference::one_more && is_doubled(name, popular))
         || (how == NameDifference::one_less && is_doubled(popular, name));
}

/// The name without each of its letters in turn.
std::vector<std::string>
shortened(const std::string& name)
{
  std::vector<std::string> all;
  for (std::size_t i = 0; i < name.size(); ++i) {
    all.push_back(name.substr(0, i) + name.substr(i + 1));
  }
  return all;
}

/// One list, ready to be asked.
class PopularIndex
{
public:
  explicit PopularIndex(const PopularList& list);

  [[nodiscard]] std::optional<NearName> near(std::string_view name) const;

private:
  void add(std::string_view popular);
  /// That which needs the likeliest slip, the first of the list's, among those that share a shortened form with the
  /// name.
  [[nodiscard]] std::optional<NearName> edited(const std::string& lower) const;

  std::string_view ecosystem_;
  std::unordered_set<std::string> names_, owners_;
  std::unordered_map<std::string, std::string_view> by_letters_;
  std::unordered_map<std::string, std::vector<std::string_view>> by_shortened_;
  std::size_t longest_ = 0;
};

PopularIndex::PopularIndex(const PopularList& list)
    : ecosystem_(list.ecosystem)
{
  for (const std::string_view name : list.names) {
    add(name);
  }
}

void
PopularIndex::add(std::string_view popular)
{
  const std::string name = compared_name(ecosystem_, popular);
  if (const std::string_view owner = owner_of_name(ecosystem_, name); !owner.empty()) {
    owners_.emplace(owner);
  }
  const std::string lower = to_lower(name);
  longest_ = std::max(longest_, lower.size());
  if (std::string letters = letters_of(name); letters.size() >= fewest_letters) {
    by_letters_.emplace(std::move(letters), popular);
  }
  by_shortened_[lower].push_back(popular);
  for (std::string& each : shortened(lower)) {
    by_shortened_[std::move(each)].push_back(popular);
  }
  names_.insert(name);
}

std::optional<NearName>
PopularIndex::edited(const std::string& lower) const
{
  std::vector<std::string> forms = shortened(lower);
  forms.push_back(lower);
  std::optional<NearName> best;
  for (const std::string& form : forms) {
    const auto found = by_shortened_.find(form);
    if (found == by_shortened_.end()) {
      continue;
    }
    for (const std::string_view popular : found->second) {
      const std::string other = to_lower(compared_name(ecosystem_, popular));
      const auto how = edit_between(lower, other);
      if (how && is_slip(lower, other, *how)
          && (!best || std::pair(*how, popular) < std::pair(best->how, best->popular))) {
        best = NearName{popular, *how};
      }
    }
  }
  return best;
}

std::optional<NearName>
PopularIndex::near(std::string_view written) const
{
  // Marks may stand between all letters; what is longer is no look-alike, and may be as long as its writer likes.
  if (written.size() > 2 * longest_) {
    return std::nullopt;
  }
  const std::string name = compared_name(ecosystem_, written);
  const std::string_view owner = owner_of_name(ecosystem_, name);
  if (names_.contains(name) || (!owner.empty() && owners_.contains(std::string(owner)))) {
    return std::nullopt;
  }
  if (const auto same = by_letters_.find(letters_of(name)); same != by_letters_.end()) {
    return NearName{same->second, NameDifference::marks};
  }
  return name.size() > longest_ + 1 ? std::nullopt : edited(to_lower(name));
}

}  // namespace

std::span<const PopularList>
popular_lists()
{
  static const std::array<PopularList, 8> lists{{{"Go", popular_go},
                                                 {"Maven", popular_maven},
                                                 {"NuGet", popular_nuget},
                                                 {"Packagist", popular_packagist},
                                                 {"PyPI", popular_pypi},
                                                 {"RubyGems", popular_rubygems},
                                                 {"crates.io", popular_crates_io},
                                                 {"npm", popular_npm}}};
  return lists;
}

std::optional<NearName>
near_popular(std::string_view ecosystem, std::string_view name)
{
  static const auto indexes = [] {
    std::unordered_map<std::string_view, PopularIndex> all;
    for (const PopularList& list : popular_lists()) {
      all.emplace(list.ecosystem, list);
    }
    return all;
  }();
  const auto found = indexes.find(ecosystem);
  return found == indexes.end() ? std::nullopt : found->second.near(name);
}

}  // namespace sluice::deps
