// SPDX-License-Identifier: Apache-2.0
#include "base/glob.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice {

namespace {

/// Length of the class that starts at `pattern[0] == '['`, or 0 if it never ends.
std::size_t
class_length(std::string_view pattern)
{
  const std::size_t first = pattern.size() > 1 && (pattern[1] == '!' || pattern[1] == '^') ? 2 : 1;
  const std::size_t end = pattern.find(']', first + 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

bool
class_contains(std::string_view members, char c)
{
  const bool negated = members.starts_with('!') || members.starts_with('^');
  if (negated) {
    members.remove_prefix(1);
  }
  bool found = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i + 2 < members.size() && members[i + 1] == '-') {
      found = found || (c >= members[i] && c <= members[i + 2]);
      i += 2;
    } else {
      found = found || c == members[i];
    }
  }
  return found != negated;
}

struct Step
{
  bool fits = false;
  std::size_t length = 1;  ///< of the pattern
};

Step
match_one(std::string_view pattern, char c)
{
  if (pattern[0] == '?') {
    return {c != '/', 1};
  }
  if (pattern[0] == '[') {
    if (const std::size_t length = class_length(pattern); length != 0) {
      return {c != '/' && class_contains(pattern.substr(1, length - 2), c), length};
    }
  }
  if (pattern[0] == '\\' && pattern.size() > 1) {
    return {pattern[1] == c, 2};
  }
  return {pattern[0] == c, 1};
}

/// Where to go back to when the text after a star does not fit.
struct Star
{
  std::size_t pattern = std::string_view::npos;
  std::size_t text = 0;
};

/// Wildcard matching with two places to go back to, one for `*` and one for `**`: linear space and at worst
/// |pattern| × |text|² steps, whatever the pattern.
bool
glob_match(std::string_view pattern, std::string_view text)
{
  Star star;
  Star stars;
  std::size_t p = 0;
  std::size_t t = 0;
  while (t < text.size() || p < pattern.size()) {
    if (pattern.substr(p).starts_with("**")) {
      p += 2;
      // "**/" also stands for no directory at all.
      if (p < pattern.size() && pattern[p] == '/' && (t == 0 || text[t - 1] == '/')) {
        ++p;
      }
      stars = {p, t};
      star = {};
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      star = {++p, t};
      continue;
    }
    if (p < pattern.size() && t < text.size()) {
      if (const Step step = match_one(pattern.substr(p), text[t]); step.fits) {
        p += step.length;
        ++t;
        continue;
      }
    }
    if (star.pattern != std::string_view::npos && star.text < text.size() && text[star.text] != '/') {
      p = star.pattern;
      t = ++star.text;
    } else if (stars.pattern != std::string_view::npos && stars.text < text.size()) {
      p = stars.pattern;
      t = ++stars.text;
      star = {};
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

Glob::Glob(std::string pattern)
    : pattern_(std::move(pattern))
{}

bool
Glob::matches(std::string_view path) const
{
  std::string_view pattern = pattern_;
  if (pattern.starts_with("./")) {
    pattern.remove_prefix(2);
  }
  if (pattern.ends_with('/')) {
    return glob_match(std::string(pattern) + "**", path)
           || (pattern.find('/') + 1 == pattern.size() && glob_match("**/" + std::string(pattern) + "**", path));
  }
  if (pattern.find('/') == std::string_view::npos) {
    return glob_match(pattern, path.substr(path.rfind('/') + 1));
  }
  return glob_match(pattern.starts_with('/') ? pattern.substr(1) : pattern, path);
}

bool
matches_any(const std::vector<Glob>& globs, std::string_view path)
{
  return std::any_of(globs.begin(), globs.end(), [path](const Glob& glob) { return glob.matches(path); });
}

bool
matches_text(std::string_view pattern, std::string_view text)
{
  return glob_match(replace_all(pattern, "*", "**"), text);
}

}  // namespace sluice
