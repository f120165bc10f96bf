// SPDX-License-Identifier: Apache-2.0
#include "env/document.hpp"

#include "base/text.hpp"
#include "env/names.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Whether a value begins on the line behind its key's: `run: |`.
bool
is_block(std::string_view line)
{
  line = trim(line.substr(0, line.find(" #")));
  while (!line.empty() && (is_any_of(line.back(), "+-") || is_digit(line.back()))) {
    line.remove_suffix(1);
  }
  return line.ends_with(": |") || line.ends_with(": >") || line.ends_with("- |") || line.ends_with("- >")
         || line.ends_with(":|");
}

/// What an operation behind a name makes of a variable that is not set.
Unset
unset_of(std::string_view operation)
{
  operation.remove_prefix(operation.starts_with(':') ? 1 : 0);
  switch (operation.empty() ? '\0' : operation.front()) {
  case '-':
    return Unset::defaulted;
  case '?':
    return Unset::fails;
  case '+':
    return Unset::tested;
  default:
    return Unset::unknown;
  }
}

/// A default that refers to nothing.
std::optional<std::string>
default_in(std::string_view text, std::size_t at)
{
  const std::size_t end = text.find_first_of("}$", at);
  const bool is_plain = end != std::string_view::npos && text[end] == '}';
  return is_plain ? std::optional<std::string>(text.substr(at, end - at)) : std::nullopt;
}

constexpr int max_merges = 8;

void
each_member_of(Value table, const std::function<void(Value)>& look, int depth)
{
  for (const Value member : table) {
    if (member.key() != "<<" || depth == max_merges) {
      look(member);
    } else if (member.is_table()) {
      each_member_of(member, look, depth + 1);
    } else {
      for (const Value each : member) {
        each_member_of(each, look, depth + 1);
      }
    }
  }
}

}  // namespace

std::vector<Data>
yaml_of(const gate::SourceText& source, Sightings& seen)
{
  auto documents = read_yaml_data(source.text());
  if (!documents) {
    seen.gap(std::max(documents.error().line, 1U), documents.error().what);
    return {};
  }
  return *std::move(documents);
}

std::optional<Data>
json_of(const gate::SourceText& source, Sightings& seen)
{
  auto data = read_json_data(source.text());
  if (data) {
    return *std::move(data);
  }
  const std::string_view text = source.text();
  if (text.find("{{") == std::string_view::npos && text.find("{%") == std::string_view::npos) {
    seen.gap(std::max(data.error().line, 1U), data.error().what);
  }
  return std::nullopt;
}

void
each_text(Value value, const std::function<void(Value)>& look)
{
  if (value.is_text()) {
    look(value);
  }
  for (const Value each : value) {
    each_text(each, look);
  }
}

void
each_member(Value table, const std::function<void(Value)>& look)
{
  if (table.is_table()) {
    each_member_of(table, look, 0);
  }
}

Value
member_of(Value table, std::string_view key)
{
  Value found = table[key];
  each_member(found ? Value() : table, [&](Value member) {
    if (member.key() == key) {
      found = member;
    }
  });
  return found;
}

script::Lines
lines_of_text(const gate::SourceText& source, Value text)
{
  const std::uint32_t line = std::clamp(text.line(), 1U, source.line_count());
  return {source, text.text(), line + (is_block(source.line(line)) ? 1 : 0)};
}

namespace {

/// `ab$cd`, or a brace that is not closed: a password more often than a reference, and then its end is no name to tell.
bool
is_part_of_word(std::string_view text, std::size_t dollar, Span name)
{
  if (text[dollar + 1] == '{') {
    return text.find('}', name.end) == std::string_view::npos;
  }
  const char before = dollar == 0 ? ' ' : text[dollar - 1];
  return (is_letter(before) || is_digit(before)) && !is_bare_variable_name(name.of(text));
}

}  // namespace

std::vector<Reference>
references_in(std::string_view text)
{
  std::vector<Reference> references;
  for (std::size_t at = text.find('$'); at < text.size(); at = text.find('$', at)) {
    const std::string_view rest = text.substr(at + 1);
    const bool is_braced = rest.starts_with('{');
    const std::size_t begin = at + (is_braced ? 2 : 1);
    const std::size_t end = end_of_name(text, begin);
    if (rest.starts_with('$') || end == begin) {
      at += rest.starts_with('$') ? 2 : 1;
      continue;
    }
    if (is_part_of_word(text, at, {begin, end})) {
      at = end;
      continue;
    }
    Reference reference{text.substr(begin, end - begin), at, Unset::unknown, std::nullopt};
    if (is_braced) {
      reference.unset = unset_of(text.substr(end));
      const std::size_t behind = end + (text.substr(end).starts_with(':') ? 2 : 1);
      reference.literal = reference.unset == Unset::defaulted ? default_in(text, behind) : std::nullopt;
    }
    references.push_back(std::move(reference));
    at = end;
  }
  return references;
}

void
read_references(const gate::SourceText& source, Value text, Sightings& seen)
{
  if (text.text().find('$') == std::string_view::npos) {
    return;
  }
  const script::Lines lines = lines_of_text(source, text);
  for (const Reference& each : references_in(text.text())) {
    seen.read(each.name, lines.line_of(each.at, each.name), each.unset, each.literal);
  }
}

std::optional<std::string>
plain_literal(Value scalar)
{
  const std::string_view text = scalar.scalar();
  const bool is_plain = !scalar.is_table() && !scalar.is_list() && scalar.kind() != Data::Kind::null
                        && text.find('$') == std::string_view::npos && text.find("{{") == std::string_view::npos;
  return is_plain ? std::optional<std::string>(text) : std::nullopt;
}

bool
is_handed_on(std::string_view name, std::string_view value)
{
  const auto references = references_in(value);
  if (references.size() != 1 || references.front().at != 0 || references.front().name != name) {
    return false;
  }
  const bool is_bare = value.size() == 1 + name.size();
  const bool is_braced = value[1] == '{' && value.find('}') == value.size() - 1;
  return is_bare
         || (is_braced && is_any_of(value[2 + name.size()], "}?:") && references.front().unset != Unset::defaulted
             && references.front().unset != Unset::tested);
}

void
give_environment(const gate::SourceText& source, Value environment, WithoutValue without, Sightings& seen)
{
  const auto without_value = [&](std::string_view name, std::uint32_t line) {
    if (without == WithoutValue::reads) {
      seen.read(name, line);
    } else {
      seen.give(name, line);
    }
  };
  each_member(environment, [&](Value member) {
    if (member.kind() == Data::Kind::null) {
      without_value(member.key(), member.line());
    } else if (without == WithoutValue::gives || !is_handed_on(member.key(), member.text())) {
      seen.give(member.key(), member.line(), plain_literal(member));
    }
  });
  for (const Value item : environment.is_list() ? environment : Value()) {
    const std::string_view text = item.scalar();
    const std::size_t equals = text.find('=');
    const std::uint32_t line = lines_of_text(source, item).line_of(0, text.substr(0, equals));
    if (equals == std::string_view::npos) {
      without_value(trim(text), line);
    } else if (without == WithoutValue::gives || !is_handed_on(text.substr(0, equals), text.substr(equals + 1))) {
      const auto literal = plain_literal(item);
      seen.give(text.substr(0, equals), line, literal ? std::optional(literal->substr(equals + 1)) : std::nullopt);
    }
  }
}

void
look_as(std::string_view language, const gate::SourceText& source, Value text, Sightings& seen)
{
  for (const Language* each : languages()) {
    if (each->id != language) {
      continue;
    }
    const gate::SourceText inner(source.path(), without_holes(text.text(), "${{", "}}"));
    Sightings sightings(source.path());
    each->look(inner, sightings);
    std::vector<std::size_t> starts{0};
    for (std::size_t at = text.text().find('\n'); at < text.text().size(); at = text.text().find('\n', at + 1)) {
      starts.push_back(at + 1);
    }
    const script::Lines lines = lines_of_text(source, text);
    const Seen inside = sightings.take();
    for (const Gap& gap : inside.gaps) {
      seen.gap(text.line(), gap.why);
    }
    for (const Sighting& sighting : inside.sightings) {
      const std::size_t at = starts[std::clamp<std::size_t>(sighting.line, 1, starts.size()) - 1];
      const std::uint32_t line = lines.line_of(at, sighting.name);
      if (sighting.kind == SightingKind::read) {
        seen.read(sighting.name, line, sighting.unset, sighting.literal);
      } else if (sighting.kind == SightingKind::given) {
        seen.give(sighting.name, line, sighting.literal);
      }
    }
  }
}

std::string
without_holes(std::string_view text, std::string_view open, std::string_view close)
{
  std::string plain(text);
  for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at)) {
    const std::size_t found = text.find(close, at + open.size());
    const std::size_t end = found == std::string_view::npos ? text.size() : found + close.size();
    for (; at < end; ++at) {
      plain[at] = plain[at] == '\n' ? '\n' : '0';
    }
  }
  return plain;
}

}  // namespace sluice::env
