// SPDX-License-Identifier: Apache-2.0
//
// Gem::Version: segments of digits or of letters, whatever stands between them. A segment of letters comes before any
// number and makes the version a prerelease; a hyphen is read as ".pre.". Zeros do not count at the end, nor at the end
// of the numbers before the first letters. The empty text, which Gem::Version reads as "0", is no version here.
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

#include <vector>

namespace sluice::deps {

namespace {

constexpr std::string_view blanks = " \t\n\v\f\r";
using Segments = std::vector<std::string_view>;

bool
is_part_character(char character)
{
  return is_alphanumeric(character) || character == '-';
}

/// [0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?
bool
is_correct(std::string_view text)
{
  const std::size_t hyphen = text.find('-');
  std::string_view release = text.substr(0, hyphen);
  if (take_digits(release).empty()) {
    return false;
  }
  while (!release.empty()) {
    if (!take(release, '.') || take_while(release, is_alphanumeric).empty()) {
      return false;
    }
  }
  if (hyphen == std::string_view::npos) {
    return true;
  }
  std::string_view rest = text.substr(hyphen);
  do {
    rest.remove_prefix(1);
    if (take_while(rest, is_part_character).empty()) {
      return false;
    }
  } while (rest.starts_with('.'));
  return rest.empty();
}

void
remove_zeros_at_end(Segments& segments)
{
  while (!segments.empty() && is_digit(segments.back().front()) && without_leading_zeros(segments.back()).empty()) {
    segments.pop_back();
  }
}

Segments
segments_of(std::string_view text)
{
  Segments segments;
  bool has_letters = false;
  const auto add = [&](std::string_view segment) {
    if (!has_letters && is_letter(segment.front())) {
      remove_zeros_at_end(segments);
      has_letters = true;
    }
    segments.push_back(segment);
  };
  while (!text.empty()) {
    if (take(text, '-')) {
      add("pre");
    } else if (is_digit(text.front())) {
      add(take_digits(text));
    } else if (is_letter(text.front())) {
      add(take_while(text, is_letter));
    } else {
      text.remove_prefix(1);
    }
  }
  remove_zeros_at_end(segments);
  return segments;
}

std::optional<Segments>
parse(std::string_view text)
{
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  text = text.substr(0, text.find_last_not_of(blanks) + 1);
  return is_correct(text) ? std::optional(segments_of(text)) : std::nullopt;
}

std::weak_ordering
compare_segment(std::string_view a, std::string_view b)
{
  const bool a_is_number = is_digit(a.front());
  const bool b_is_number = is_digit(b.front());
  if (a_is_number != b_is_number) {
    return a_is_number <=> b_is_number;
  }
  return a_is_number ? compare_numbers(a, b) : compare_bytes(a, b);
}

std::weak_ordering
compare_segments(const Segments& a, const Segments& b)
{
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (const auto order = compare_segment(i < a.size() ? a[i] : "0", i < b.size() ? b[i] : "0"); order != 0) {
      return order;
    }
  }
  return std::weak_ordering::equivalent;
}

}  // namespace

extern const Scheme scheme_rubygems{.id = "rubygems", .compare = [](std::string_view a, std::string_view b) {
                                      return compare_parsed(a, b, parse, compare_segments);
                                    }};

}  // namespace sluice::deps
