// SPDX-License-Identifier: Apache-2.0
#include "env/difference.hpp"

#include "base/text.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 11> texts{
    "refused",  "dropped",  "truncated at #", "comment kept", "quotes kept",     "trailing blank kept",
    "executed", "expanded", "escapes differ", "no value",     "read differently"};

/// What somebody means who writes it: the text behind the `=` without the blanks around it, a comment behind a blank
/// and quotes around the whole.
struct Written
{
  std::string_view raw;    ///< up to the end of the line, without blanks around it
  std::string_view plain;  ///< without quotes and comment
  char quote = 0;
};

Written
written_at(const DotenvFile& file, const Entry& entry)
{
  const std::string_view text = file.source.text();
  std::size_t begin = entry.key_at.end;
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t')) {
    ++begin;
  }
  if (begin < text.size() && (text[begin] == '=' || text[begin] == ':')) {
    ++begin;
  }
  Written written;
  written.raw = trim(text.substr(begin, text.find('\n', begin) - begin));
  written.plain = written.raw;
  const char first = written.raw.empty() ? '\0' : written.raw.front();
  if (first == '"' || first == '\'' || first == '`') {
    const std::size_t close = written.raw.find(first, 1);
    if (close != std::string_view::npos) {
      written.quote = first;
      written.plain = written.raw.substr(1, close - 1);
    }
    return written;
  }
  for (std::size_t at = written.raw.find('#'); at != std::string_view::npos; at = written.raw.find('#', at + 1)) {
    if (at > 0 && (written.raw[at - 1] == ' ' || written.raw[at - 1] == '\t')) {
      written.plain = trim(written.raw.substr(0, at));
      break;
    }
  }
  return written;
}

bool
ends_in_blank(std::string_view value)
{
  return value.ends_with(' ') || value.ends_with('\t') || value.ends_with('\r');
}

bool
is_quoted_form(std::string_view longer, std::string_view shorter)
{
  return longer.size() == shorter.size() + 2 && longer.front() == longer.back() && is_any_of(longer.front(), "\"'`")
         && longer.substr(1, shorter.size()) == shorter;
}

/// What `a` does that `b` does not, if that has a name.
std::optional<DifferenceKind>
kind_between(const Entry& a, const Entry& b, const Written& written)
{
  if (a.executes != b.executes) {
    return a.executes ? std::optional(DifferenceKind::executed) : std::nullopt;
  }
  if (a.executes || a.value == b.value) {
    return std::nullopt;
  }
  if (!a.value || !b.value) {
    return !a.value ? std::optional(DifferenceKind::value_missing) : std::nullopt;
  }
  const std::string_view mine = *a.value;
  const std::string_view other = *b.value;
  if (is_quoted_form(mine, other)) {
    return DifferenceKind::quotes_kept;
  }
  if (ends_in_blank(mine) && trim(mine) == trim(other)) {
    return DifferenceKind::blank_kept;
  }
  if (other.starts_with(mine) && trim(other.substr(mine.size())).starts_with('#')) {
    // A blank before the # makes it a comment, which then is what the other one kept.
    const bool is_comment = other.size() > mine.size() && is_blank(other[mine.size()]);
    return is_comment ? std::nullopt : std::optional(DifferenceKind::truncated);
  }
  if (mine.starts_with(other) && trim(mine.substr(other.size())).starts_with('#') && mine.size() > other.size()
      && (is_blank(mine[other.size()]) || other.empty())) {
    return DifferenceKind::comment_kept;
  }
  if (a.expands && !b.expands) {
    return DifferenceKind::expanded;
  }
  const bool has_escape = written.raw.find('\\') != std::string_view::npos;
  if (has_escape && mine.size() < other.size()) {
    return DifferenceKind::escapes;
  }
  return std::nullopt;
}

/// Ways of a lone reader that surprise.
std::optional<DifferenceKind>
surprise_of(const DotenvFile& file, const Entry& entry, const Written& written)
{
  if (entry.executes) {
    return DifferenceKind::executed;
  }
  if (!entry.value) {
    return std::nullopt;
  }
  if (is_quoted_form(*entry.value, written.plain) && written.quote != 0) {
    return DifferenceKind::quotes_kept;
  }
  if (entry.value->size() > written.plain.size() && ends_in_blank(*entry.value) && trim(*entry.value) == written.plain
      && written.quote == 0) {
    return DifferenceKind::blank_kept;
  }
  if (written.quote == 0 && written.plain.starts_with(*entry.value) && written.plain.size() > entry.value->size()
      && written.plain[entry.value->size()] == '#' && !entry.value->empty()) {
    return DifferenceKind::truncated;
  }
  // `a$b` in the middle of a word is a password more often than a reference; `$b` and `${b}` are meant.
  const std::size_t dollar = written.plain.find('$', 1);
  const bool is_bare = dollar != std::string_view::npos && dollar + 1 < written.plain.size()
                       && (is_letter(written.plain[dollar + 1]) || written.plain[dollar + 1] == '_');
  if (entry.expands && is_bare && written.quote != '\'') {
    std::size_t end = dollar + 1;
    while (end < written.plain.size() && is_of_name(written.plain[end])) {
      ++end;
    }
    const bool is_known = find_entry(file.reading(), written.plain.substr(dollar + 1, end - dollar - 1)) != nullptr;
    return is_known ? std::nullopt : std::optional(DifferenceKind::expanded);
  }
  return std::nullopt;
}

/// What each reader makes of one key.
struct Views
{
  std::vector<const Reader*> readers;
  std::vector<const Entry*> entries;  ///< null: it has none
};

/// Readers that agree with the first one that the others are compared with stand together.
Difference
difference_of(const DotenvFile& file, const Views& views, const Entry& at)
{
  Difference difference{DifferenceKind::other, &at, 0, {}, {}};
  const bool is_dropped = std::find(views.entries.begin(), views.entries.end(), nullptr) != views.entries.end();
  if (is_dropped) {
    difference.kind = DifferenceKind::dropped;
    for (std::size_t i = 0; i < views.readers.size(); ++i) {
      (views.entries[i] == nullptr ? difference.tools : difference.others).push_back(views.readers[i]);
    }
    return difference;
  }
  const Written written = written_at(file, at);
  std::optional<DifferenceKind> best;
  for (const Entry* a : views.entries) {
    for (const Entry* b : views.entries) {
      const auto kind = kind_between(*a, *b, written);
      best = kind && (!best || *kind < *best) ? kind : best;
    }
  }
  difference.kind = best.value_or(DifferenceKind::other);
  for (std::size_t i = 0; i < views.readers.size(); ++i) {
    const bool does = !best || std::any_of(views.entries.begin(), views.entries.end(), [&](const Entry* other) {
      return kind_between(*views.entries[i], *other, written) == best;
    });
    (does ? difference.tools : difference.others).push_back(views.readers[i]);
  }
  return difference;
}

bool
is_same(const Entry* a, const Entry* b)
{
  return (a == nullptr) == (b == nullptr) && (a == nullptr || (a->value == b->value && a->executes == b->executes));
}

void
add_refusals(const DotenvFile& file, std::vector<Difference>& found)
{
  Difference refused{DifferenceKind::refused, nullptr, 0, {}, {}};
  for (std::size_t i = 0; i < file.readers.size(); ++i) {
    const auto& refusal = file.readings[i].refusal;
    (refusal ? refused.tools : refused.others).push_back(&file.readers[i]);
    refused.line = refusal && refused.line == 0 ? refusal->line : refused.line;
  }
  if (!refused.tools.empty()) {
    found.push_back(std::move(refused));
  }
}

/// The entry that counts for each key of each reader that takes the file.
std::vector<std::pair<const Reader*, std::map<std::string_view, const Entry*>>>
taken_readings(const DotenvFile& file)
{
  std::vector<std::pair<const Reader*, std::map<std::string_view, const Entry*>>> all;
  for (std::size_t i = 0; i < file.readers.size(); ++i) {
    if (file.readings[i].refusal) {
      continue;
    }
    auto& [reader, entries] = all.emplace_back(&file.readers[i], std::map<std::string_view, const Entry*>());
    for (const Entry& entry : file.readings[i].entries) {
      entries[entry.key] = &entry;
    }
  }
  return all;
}

}  // namespace

std::vector<Difference>
differences_of(const DotenvFile& file)
{
  std::vector<Difference> found;
  add_refusals(file, found);
  const auto all = taken_readings(file);
  std::map<std::string_view, const Entry*> keys;
  for (const auto& [reader, entries] : all) {
    keys.insert(entries.begin(), entries.end());
  }
  for (const auto& [key, at] : keys) {
    Views views;
    bool differs = false;
    for (const auto& [reader, entries] : all) {
      const auto entry = entries.find(key);
      views.readers.push_back(reader);
      views.entries.push_back(entry == entries.end() ? nullptr : entry->second);
      differs = differs || !is_same(views.entries.front(), views.entries.back());
    }
    if (differs) {
      found.push_back(difference_of(file, views, *at));
    } else if (const auto kind = surprise_of(file, *at, written_at(file, *at))) {
      found.push_back({*kind, at, 0, views.readers, {}});
    }
  }
  const auto place = [](const Difference& each) { return each.entry == nullptr ? 0 : each.entry->key_at.begin; };
  std::stable_sort(found.begin(), found.end(),
                   [&](const Difference& a, const Difference& b) { return place(a) < place(b); });
  return found;
}

std::string_view
text_of(DifferenceKind kind)
{
  return texts[static_cast<std::size_t>(kind)];
}

}  // namespace sluice::env
