// SPDX-License-Identifier: Apache-2.0
#include "env/style.hpp"

#include "base/text.hpp"
#include "env/dialect.hpp"
#include "env/key_lines.hpp"
#include "env/names.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace sluice::env {

namespace {

/// Where the line ends on which a value ends that begins with a quote: behind a closing one of the same kind.
std::size_t
end_of_pair(std::string_view text, std::size_t value, std::size_t line_end)
{
  const std::size_t first = text.find_first_not_of(" \t", value);
  if (first >= line_end || (text[first] != '"' && text[first] != '\'')) {
    return line_end;
  }
  const std::size_t close = text.find(text[first], first + 1);
  if (close == std::string_view::npos || close < line_end) {
    return line_end;
  }
  const std::size_t end = text.find('\n', close);
  return end == std::string_view::npos ? text.size() : end;
}

void
take_pair(std::string_view text, std::size_t begin, std::size_t& line_end, StyleLine& line)
{
  std::size_t key = begin;
  while (key < line_end && is_blank(text[key])) {
    ++key;
  }
  if (text.substr(key, 7) == "export ") {
    key = text.find_first_not_of(' ', key + 7);
  }
  const std::size_t delimiter = std::min(text.find('=', begin), line_end);
  line.has_delimiter = delimiter < line_end;
  std::size_t key_end = delimiter;
  while (key_end > key && is_blank(text[key_end - 1])) {
    --key_end;
  }
  if (key >= line_end || key_end <= key) {
    return;
  }
  line.kind = StyleLine::Kind::pair;
  line.key_at = {key, key_end};
  line.key = line.key_at.of(text);
  const bool is_name = line.has_delimiter ? is_variable_name(line.key) : is_bare_variable_name(line.key);
  line.told = is_name ? line.key : std::string_view("The key");
  const std::size_t value = std::min(delimiter + 1, line_end);
  line_end = line.has_delimiter ? end_of_pair(text, value, line_end) : line_end;
  line.value_at = {std::min(value, line_end), line_end};
  line.value = line.value_at.of(text);
}

/// The entry that counts for each key.
std::map<std::string_view, const Entry*>
counting_entries(const Reading& reading)
{
  std::map<std::string_view, const Entry*> entries;
  for (const Entry& entry : reading.entries) {
    entries[entry.key] = &entry;
  }
  return entries;
}

bool
are_same(const Reading& one, const Reading& other)
{
  const auto first = counting_entries(one);
  const auto second = counting_entries(other);
  return one.refusal.has_value() == other.refusal.has_value()
         && std::equal(first.begin(), first.end(), second.begin(), second.end(), [](const auto& a, const auto& b) {
              return a.first == b.first && a.second->value == b.second->value
                     && a.second->executes == b.second->executes;
            });
}

/// One that has whatever a text could refer to, of two words, so that a lost quote or blank would show.
Environment
environment_of_references(std::string_view text)
{
  Environment environment;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t begin = at + 1;
    begin += begin < text.size() && text[begin] == '{' ? 1 : 0;
    std::size_t end = begin;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '_')) {
      ++end;
    }
    if (end > begin) {
      environment.emplace(text.substr(begin, end - begin), "two words");
    }
  }
  return environment;
}

/// What can be kept of some faults' edits beside those that are; halves are tried where the whole cannot, as long as
/// `tries` last.
void
keep_unnoticed(std::string_view text, std::span<const StyleFault> faults, std::vector<Edit>& kept, std::size_t& tries)
{
  if (faults.empty() || tries == 0) {
    return;
  }
  --tries;
  std::vector<Edit> more = kept;
  for (const StyleFault& fault : faults) {
    more.insert(more.end(), fault.edits.begin(), fault.edits.end());
  }
  if (more.size() == kept.size()) {
    return;
  }
  if (is_read_alike(text, edited(text, more))) {
    kept = std::move(more);
  } else if (faults.size() > 1) {
    keep_unnoticed(text, faults.first(faults.size() / 2), kept, tries);
    keep_unnoticed(text, faults.subspan(faults.size() / 2), kept, tries);
  }
}

}  // namespace

std::vector<StyleLine>
style_lines(std::string_view text)
{
  std::vector<StyleLine> lines;
  const std::vector<Span> pem = pem_bodies(text);
  std::uint32_t number = 1;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    StyleLine line;
    line.number = number;
    const std::string_view content = trim(text.substr(begin, end - begin));
    if (content.empty()) {
      line.kind = StyleLine::Kind::blank;
    } else if (content.starts_with('#')) {
      line.kind = StyleLine::Kind::comment;
    } else if (!is_in(pem, begin)) {
      take_pair(text, begin, end, line);
    }
    const std::size_t next = std::min(end + 1, text.size());
    line.at = {begin, next};
    line.text = text.substr(begin, end - begin);
    number += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                    text.begin() + static_cast<std::ptrdiff_t>(next), '\n'));
    lines.push_back(line);
    begin = next;
  }
  return lines;
}

bool
is_read_alike(std::string_view before, std::string_view after)
{
  static const Environment nothing;
  const Environment everything = environment_of_references(before);
  for (const Environment* outer : {&nothing, &everything}) {
    const bool is_same = std::all_of(dialects().begin(), dialects().end(), [&](const Dialect* dialect) {
      return are_same(dialect->read(before, *outer), dialect->read(after, *outer));
    });
    if (!is_same) {
      return false;
    }
    if (everything.empty()) {
      break;
    }
  }
  return true;
}

std::string
edited(std::string_view text, std::vector<Edit> edits)
{
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at.begin < b.at.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.at.begin < at) {
      continue;
    }
    out.append(text.substr(at, edit.at.begin - at)).append(edit.by);
    at = edit.at.end;
  }
  return out.append(text.substr(at));
}

std::optional<std::string>
mended(std::string_view text, const std::vector<StyleFault>& faults)
{
  std::size_t tries = 100;
  std::vector<Edit> kept;
  keep_unnoticed(text, faults, kept, tries);
  return kept.empty() ? std::nullopt : std::optional(edited(text, kept));
}

}  // namespace sluice::env
