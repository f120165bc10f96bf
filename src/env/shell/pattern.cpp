// SPDX-License-Identifier: Apache-2.0
#include "env/shell/pattern.hpp"

#include <algorithm>

namespace sluice::env::shell {

namespace {

/// Of text squared times pattern: a value of 300 bytes is far within it.
constexpr std::size_t most_work = std::size_t{1} << 24U;

/// The end of the bracket expression at the front of the pattern; 0 if it is none.
std::size_t
end_of_set(std::string_view pattern)
{
  std::size_t at = 1;
  at += at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^') ? 1 : 0;
  const std::size_t close = pattern.find(']', at + 1);
  return close == std::string_view::npos ? 0 : close + 1;
}

bool
set_has(std::string_view set, char c)
{
  const bool is_inverted = !set.empty() && (set.front() == '!' || set.front() == '^');
  set.remove_prefix(is_inverted ? 1 : 0);
  bool has = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const bool is_range = i + 2 < set.size() && set[i + 1] == '-';
    has = has || (is_range ? c >= set[i] && c <= set[i + 2] : c == set[i]);
    i += is_range ? 2 : 0;
  }
  return has != is_inverted;
}

/// How much of the pattern stands for one character, and whether it is this one.
struct Step
{
  std::size_t length;
  bool fits;
};

Step
step_of(std::string_view pattern, char c)
{
  const std::size_t set = pattern.front() == '[' ? end_of_set(pattern) : 0;
  if (set > 0) {
    return {set, set_has(pattern.substr(1, set - 2), c)};
  }
  if (pattern.front() == '?') {
    return {1, true};
  }
  const bool is_escape = pattern.front() == '\\' && pattern.size() > 1;
  return {is_escape ? std::size_t{2} : std::size_t{1}, pattern[is_escape ? 1 : 0] == c};
}

bool
is_too_much(std::string_view text, std::string_view pattern)
{
  const std::size_t size = text.size() + 1;
  return size > most_work || size * size > most_work || size * size * (pattern.size() + 1) > most_work;
}

}  // namespace

bool
matches(std::string_view pattern, std::string_view text)
{
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind_star = t;
      continue;
    }
    const Step step = p < pattern.size() ? step_of(pattern.substr(p), text[t]) : Step{0, false};
    if (step.fits) {
      p += step.length;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::optional<std::string>
without_match(std::string_view text, std::string_view pattern, Side side, Extent extent)
{
  if (is_too_much(text, pattern)) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t length = extent == Extent::shortest ? i : text.size() - i;
    const std::size_t begin = side == Side::front ? 0 : text.size() - length;
    if (matches(pattern, text.substr(begin, length))) {
      return std::string(side == Side::front ? text.substr(length) : text.substr(0, begin));
    }
  }
  return std::string(text);
}

std::optional<std::string>
with_replacement(std::string_view text, std::string_view pattern, std::string_view replacement, Where where)
{
  if (is_too_much(text, pattern)) {
    return std::nullopt;
  }
  std::string out;
  std::size_t at = 0;
  bool is_done = pattern.empty();
  while (at < text.size() && !is_done) {
    std::size_t length = text.size() - at;
    const auto fits = [&] {
      const bool is_placed = (where != Where::front || at == 0) && (where != Where::back || at + length == text.size());
      return is_placed && matches(pattern, text.substr(at, length));
    };
    while (length > 0 && !fits()) {
      --length;
    }
    out += length > 0 ? replacement : text.substr(at, 1);
    at += std::max<std::size_t>(length, 1);
    is_done = (length > 0 && where != Where::everywhere) || where == Where::front;
  }
  out += text.substr(at);
  return out;
}

}  // namespace sluice::env::shell
