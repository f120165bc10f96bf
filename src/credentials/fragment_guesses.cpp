// SPDX-License-Identifier: Apache-2.0
//
// A token that was cut when a message was made is too short for its rule, and still more than nobody should see. It is
// known by the prefix that all of its kind begin with.
#include "base/text.hpp"
#include "credentials/guesses.hpp"
#include "credentials/random_look.hpp"
#include "credentials/redaction.hpp"

#include <algorithm>
#include <cstring>

namespace sluice::credentials {

namespace {

std::uint32_t
first_bytes(const char* text)
{
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

std::size_t
place_of(std::uint32_t bytes)
{
  constexpr std::uint32_t odd = 0x9E3779B1U;
  return bytes * odd >> 18U;
}

bool
is_of_token(char c)
{
  return is_letter(c) || is_digit(c) || is_any_of(c, "_-+=~%");
}

}  // namespace

PrefixFilter::PrefixFilter(std::span<const Rule> rules)
{
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].prefix.size() >= shortest_prefix) {
      const std::uint32_t bytes = first_bytes(rules[i].prefix.data());
      seen_[place_of(bytes)] = true;
      beginnings_.push_back({bytes, i});
    }
  }
  std::sort(beginnings_.begin(), beginnings_.end(), [](const Beginning& a, const Beginning& b) {
    return a.bytes != b.bytes ? a.bytes < b.bytes : a.rule < b.rule;
  });
}

std::vector<std::uint32_t>
PrefixFilter::rules_for(std::string_view text) const
{
  std::vector<std::uint32_t> rules;
  for (std::size_t at = 0; at + shortest_prefix <= text.size(); ++at) {
    const std::uint32_t bytes = first_bytes(text.data() + at);
    if (!seen_[place_of(bytes)]) {
      continue;
    }
    const auto first = std::partition_point(beginnings_.begin(), beginnings_.end(),
                                            [bytes](const Beginning& each) { return each.bytes < bytes; });
    for (auto each = first; each != beginnings_.end() && each->bytes == bytes; ++each) {
      rules.push_back(each->rule);
    }
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

void
Guesses::hide_fragments(std::string_view text, std::vector<Hidden>& hidden)
{
  work_ += text.size();
  for (const std::uint32_t number : prefixes_.rules_for(text)) {
    const Rule& rule = rules_[number];
    work_ += text.size();
    for (std::size_t at = text.find(rule.prefix); at != std::string_view::npos;) {
      const std::size_t begin = at + rule.prefix.size();
      std::size_t end = begin;
      while (end < text.size() && is_of_token(text[end])) {
        ++end;
      }
      work_ += end - at;
      if (is_random(text.substr(begin, end - begin))) {
        hidden.push_back({{at, end}, redacted(rule, text.substr(at, end - at))});
      }
      // A token is hidden to its end, so what begins in it hides nothing more.
      at = text.find(rule.prefix, end > begin ? end : at + 1);
    }
  }
}

}  // namespace sluice::credentials
