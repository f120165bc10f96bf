// SPDX-License-Identifier: Apache-2.0
//
// Maven's ComparableVersion (maven-artifact 3.9; the text in lower case). Digits and letters are items; a hyphen, and
// every change between digits and letters, opens a list inside the list, which then takes all that follows. So a
// version is a chain of lists, each the last item of the one before, and is kept flat here: an item says how many lists
// it opens. Zeros and the words for "release" are removed from the end of each list.
//
// The order has cycles, as Maven's has: "1-alpha" < "1" < "1.sp.1" < "1-alpha". One thing differs: ten or more zeros
// are zero here, while Maven takes them for a larger number than 5. Maven 4 orders otherwise where a number follows a
// qualifier directly or zeros stand between qualifiers ("1.0-SNAPSHOT0"); what has been published was ordered by 3.
//
// ComparableVersion orders any text. What Maven refuses in a version (DefaultModelValidator), an expression, its words
// "LATEST" and "RELEASE", and what is not ASCII are no versions here.
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

namespace {

enum class Kind { word, number };

struct Item
{
  Kind kind;
  std::size_t opened;     ///< how many lists begin with it
  std::string_view text;  ///< digits without leading zeros, or the word with its alias resolved
};

using Items = std::vector<Item>;

constexpr std::array<std::string_view, 7> qualifiers{"alpha", "beta", "milestone", "rc", "snapshot", "", "sp"};
constexpr std::size_t release_rank = 5;

std::size_t
rank_of(std::string_view word)
{
  return static_cast<std::size_t>(std::find(qualifiers.begin(), qualifiers.end(), word) - qualifiers.begin());
}

std::string_view
without_alias(std::string_view word)
{
  if (word == "ga" || word == "final" || word == "release") {
    return "";
  }
  return word == "cr" ? "rc" : word;
}

/// "a1", "b1" and "m1" are short for the first three qualifiers.
std::string_view
before_digit(std::string_view word)
{
  return word == "a" ? qualifiers[0] : word == "b" ? qualifiers[1] : word == "m" ? qualifiers[2] : word;
}

bool
is_null(const Item& item)
{
  return item.text.empty();
}

/// Splits the text into items, the lists being opened as Maven's parser does.
class Parser
{
public:
  explicit Parser(std::string_view text)
      : text_(text)
  {}

  Items
  parse()
  {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      take(i);
    }
    if (start_ < text_.size()) {
      if (!in_digits_ && has_item_) {
        open_list();
      }
      add_run(text_.size());
    }
    return std::move(items_);
  }

private:
  void
  open_list()
  {
    opened_ = 1;
    has_item_ = false;
  }

  void
  add(Kind kind, std::string_view text)
  {
    items_.push_back({kind, opened_, text});
    opened_ = 0;
    has_item_ = true;
  }

  void
  add_run(std::size_t end)
  {
    const std::string_view run = text_.substr(start_, end - start_);
    if (in_digits_) {
      add(Kind::number, without_leading_zeros(run));
    } else {
      add(Kind::word, without_alias(run));
    }
  }

  void
  take_separator(std::size_t at)
  {
    if (at == start_) {
      add(Kind::number, {});
    } else {
      add_run(at);
    }
    start_ = at + 1;
    if (text_[at] == '-') {
      open_list();
    }
  }

  void
  take(std::size_t at)
  {
    if (text_[at] == '.' || text_[at] == '-') {
      take_separator(at);
    } else if (is_digit(text_[at])) {
      if (!in_digits_ && at > start_) {
        if (has_item_) {
          open_list();
        }
        add(Kind::word, without_alias(before_digit(text_.substr(start_, at - start_))));
        start_ = at;
        open_list();
      }
      in_digits_ = true;
    } else {
      if (in_digits_ && at > start_) {
        add_run(at);
        start_ = at;
        open_list();
      }
      in_digits_ = false;
    }
  }

  std::string_view text_;
  Items items_;
  std::size_t start_ = 0;
  bool in_digits_ = false;
  std::size_t opened_ = 0;  ///< lists that the next item opens
  bool has_item_ = false;   ///< the list has one
};

/// From the innermost list outwards each loses what is null at its end; an emptied list is gone, and one that stays
/// does not keep what is null before it from going.
Items
normalised(const Items& items)
{
  Items kept;  // reversed
  bool is_at_end = true;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (!is_at_end || !is_null(*item)) {
      is_at_end = false;
      kept.push_back(*item);
    } else if (!kept.empty()) {
      kept.back().opened += item->opened;
    }
    is_at_end = is_at_end || item->opened > 0;
  }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

/// Against nothing: a number that is not zero is above, a word where its rank is.
std::weak_ordering
compare_with_nothing(const Item& item)
{
  return item.kind == Kind::number ? !is_null(item) <=> false : rank_of(item.text) <=> release_rank;
}

std::weak_ordering
compare_rest_with_nothing(const Items& items, std::size_t from)
{
  for (std::size_t i = from; i < items.size(); ++i) {
    if (const auto order = compare_with_nothing(items[i]); order != 0) {
      return order;
    }
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering
compare_words(std::string_view a, std::string_view b)
{
  const std::size_t left = rank_of(a);
  const std::size_t right = rank_of(b);
  return left != right || left < qualifiers.size() ? left <=> right : compare_bytes(a, b);
}

/// A number is above a list, and a list above a word.
std::weak_ordering
compare_items(const Item& a, const Item& b)
{
  if (a.opened != b.opened) {
    const bool a_is_above = a.opened > b.opened ? b.kind == Kind::word : a.kind == Kind::number;
    return a_is_above ? std::weak_ordering::greater : std::weak_ordering::less;
  }
  if (a.kind != b.kind) {
    return a.kind <=> b.kind;
  }
  return a.kind == Kind::number ? compare_numbers(a.text, b.text) : compare_words(a.text, b.text);
}

struct Version
{
  std::string text;  ///< in lower case; the items point into it
  Items items;
};

/// Where one list ends and the other's goes on, the rest is compared with nothing.
std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  const std::size_t common = std::min(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto order = compare_items(a.items[i], b.items[i]); order != 0) {
      return order;
    }
  }
  return a.items.size() > common ? compare_rest_with_nothing(a.items, common)
                                 : reversed(compare_rest_with_nothing(b.items, common));
}

bool
is_version(std::string_view text)
{
  constexpr std::string_view refused = "\\/:\"<>|?*[](){},$";
  return !text.empty() && !is_placeholder(text) && std::all_of(text.begin(), text.end(), [refused](char character) {
    return character > ' ' && character <= '~' && refused.find(character) == std::string_view::npos;
  });
}

std::optional<std::weak_ordering>
compare(std::string_view a, std::string_view b)
{
  if (!is_version(a) || !is_version(b)) {
    return std::nullopt;
  }
  Version left{to_lower(a), {}};
  Version right{to_lower(b), {}};
  left.items = normalised(Parser(left.text).parse());
  right.items = normalised(Parser(right.text).parse());
  return compare_versions(left, right);
}

}  // namespace

extern const Scheme scheme_maven{.id = "maven", .compare = compare, .cycles = Cycles::known};

}  // namespace sluice::deps
