// SPDX-License-Identifier: Apache-2.0
//
// A token that was cut when a message was made is too short for its rule, and still more than nobody should see. It is
// known by the prefix that all of its kind begin with.
#include "base/text.hpp"
#include "credentials/guesses.hpp"
#include "credentials/random_look.hpp"
#include "credentials/redaction.hpp"

#include <algorithm>
#include <bitset>

namespace sluice::credentials {

namespace {

using Bytes = std::bitset<256>;

Bytes
bytes_in(std::string_view text)
{
  Bytes bytes;
  for (const char c : text) {
    bytes[static_cast<unsigned char>(c)] = true;
  }
  return bytes;
}

bool
consists_of(std::string_view text, const Bytes& bytes)
{
  return std::all_of(text.begin(), text.end(), [&bytes](char c) { return bytes[static_cast<unsigned char>(c)]; });
}

bool
is_of_token(char c)
{
  return is_letter(c) || is_digit(c) || is_any_of(c, "_-+=~%");
}

}  // namespace

void
Guesses::hide_fragments(std::string_view text, std::vector<Hidden>& hidden)
{
  constexpr std::size_t shortest_prefix = 4;
  // Most texts lack a byte of nearly every prefix, which is known sooner than that a prefix is not in them.
  const Bytes bytes = bytes_in(text);
  work_ += text.size();
  for (const Rule& rule : rules_) {
    if (rule.prefix.size() < shortest_prefix || !consists_of(rule.prefix, bytes)) {
      continue;
    }
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
