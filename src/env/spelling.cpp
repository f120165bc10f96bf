// SPDX-License-Identifier: Apache-2.0
#include "env/spelling.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::size_t least_length = 5;

std::string
bare(std::string_view name)
{
  std::string out = to_lower(name);
  std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == '.'; });
  return out;
}

std::string
without_digits(std::string_view name)
{
  std::string out(name);
  std::erase_if(out, is_digit);
  return out;
}

constexpr std::size_t most_names = 200;

std::optional<std::string>
near_among(const std::vector<std::string_view>& names, std::string_view name)
{
  const auto found =
      std::find_if(names.begin(), names.end(), [name](std::string_view other) { return is_near(name, other); });
  return found == names.end() ? std::nullopt : std::optional<std::string>(*found);
}

}  // namespace

bool
is_near(std::string_view a, std::string_view b)
{
  if (a == b || std::min(a.size(), b.size()) < least_length) {
    return false;
  }
  if (bare(a) == bare(b)) {
    return true;
  }
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > 1 || without_digits(a) == without_digits(b)) {
    return false;
  }
  const bool is_plural = a.size() != b.size() && (a.size() > b.size() ? a : b).ends_with('S')
                         && (a.size() > b.size() ? a.substr(0, b.size()) == b : b.substr(0, a.size()) == a);
  return !is_plural && edit_distance(a, b) == 1;
}

Neighbours::Neighbours(const Survey& survey)
{
  for (const auto& [name, variable] : survey.usage) {
    const bool is_of_library = variable.reads.empty() && !variable.declared.empty()
                               && !variable.declared.front().is_read_elsewhere
                               && variable.declared.front().by != DeclaredPlace::By::given && is_read_by_library(name);
    if ((variable.verdict == UsageVerdict::unused || is_of_library) && declared_.size() < most_names) {
      declared_.push_back(name);
    } else if (variable.verdict == UsageVerdict::undeclared && read_.size() < most_names) {
      read_.push_back(name);
    }
  }
}

std::optional<std::string>
Neighbours::declared(std::string_view name) const
{
  return near_among(declared_, name);
}

std::optional<std::string>
Neighbours::read(std::string_view name) const
{
  return near_among(read_, name);
}

}  // namespace sluice::env
