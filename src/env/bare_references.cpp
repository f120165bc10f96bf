// SPDX-License-Identifier: Apache-2.0
#include "env/bare_references.hpp"

#include "base/text.hpp"

namespace sluice::env {

namespace {

struct Reference
{
  std::size_t end = 0;    ///< behind it
  std::string_view name;  ///< may be empty: a dollar sign and perhaps braces
};

/// Of the dollar sign at `at`; nothing if a bracket makes it none.
std::optional<Reference>
reference_at(std::string_view value, std::size_t at, const BareStyle& style)
{
  ++at;
  if (at < value.size() && value[at] == '(') {
    if (style.bracket == BareStyle::Bracket::ends_it) {
      return std::nullopt;
    }
    ++at;
  }
  at += at < value.size() && value[at] == '{' ? 1 : 0;
  const std::size_t begin = at;
  const auto is_of_name = [&style](char c) {
    return is_upper(c) || is_digit(c) || c == '_' || (style.letters == BareStyle::Letters::any && is_lower(c));
  };
  while (at < value.size() && is_of_name(value[at])) {
    ++at;
  }
  const std::string_view name = value.substr(begin, at - begin);
  at += at < value.size() && value[at] == '}' ? 1 : 0;
  return Reference{at, name};
}

/// Adds what the name stands for.
void
append_value(std::string_view name, const BareStyle& style, const Entries& entries, Expansion& expansion)
{
  expansion.expands = true;
  if (const Entry* entry = entries.in_file(name)) {
    expansion.executes = expansion.executes || entry->executes;
    expansion.value += entry->value.value_or("");
  } else if (style.outside == BareStyle::Outside::seen) {
    const std::string* outside = entries.outside(name);
    expansion.value += outside == nullptr ? std::string() : *outside;
  }
}

}  // namespace

Expansion
expand_bare(std::string_view value, const BareStyle& style, const Entries& entries)
{
  Expansion expansion;
  std::size_t from = 0;
  for (std::size_t at = value.find('$'); at != std::string_view::npos; at = value.find('$', at)) {
    const auto reference = reference_at(value, at, style);
    if (!reference) {
      ++at;
      continue;
    }
    const bool is_escaped = at > from && value[at - 1] == '\\';
    expansion.value += value.substr(from, at - from - (is_escaped ? 1 : 0));
    if (is_escaped || reference->name.empty()) {
      expansion.value += value.substr(at, reference->end - at);
    } else {
      append_value(reference->name, style, entries, expansion);
    }
    if (expansion.value.size() > max_value_bytes + value.size()) {
      expansion.refusal = too_large;
      return expansion;
    }
    from = at = reference->end;
  }
  expansion.value += value.substr(from);
  return expansion;
}

}  // namespace sluice::env
