// SPDX-License-Identifier: Apache-2.0
#include "env/language.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

bool
may_be_name(std::string_view name)
{
  return !name.empty() && name.size() <= Sightings::max_name_bytes && is_utf8(name)
         && std::none_of(name.begin(), name.end(), [](char c) { return is_blank(c) || c == '=' || c == '\x7f'; });
}

/// Leaves the first of each, in the order in which they are.
template<typename T>
void
erase_repeated(std::vector<T>& all)
{
  std::set<T> before;
  std::erase_if(all, [&before](const T& each) { return !before.insert(each).second; });
}

}  // namespace

void
Sightings::add(Sighting sighting)
{
  if (!may_be_name(sighting.name)) {
    return;
  }
  if (seen_.sightings.size() == max_sightings) {
    gap(sighting.line, "it names more variables than are looked at in one file");
    return;
  }
  seen_.sightings.push_back(std::move(sighting));
}

void
Sightings::read(std::string_view name, std::uint32_t line, Unset unset, std::optional<std::string> literal)
{
  add({std::string(name), SightingKind::read, line, unset, std::move(literal)});
}

void
Sightings::give(std::string_view name, std::uint32_t line, std::optional<std::string> literal)
{
  add({std::string(name), SightingKind::given, line, Unset::unknown, std::move(literal)});
}

void
Sightings::store(std::string_view name, std::uint32_t line)
{
  add({std::string(name), SightingKind::stored, line, Unset::unknown, std::nullopt});
}

void
Sightings::store_variable(std::string_view name, std::uint32_t line)
{
  add({.name = std::string(name), .kind = SightingKind::stored, .line = line, .literal = {}, .is_variable = true});
}

void
Sightings::answer(std::size_t count, const std::set<std::string, std::less<>>& names)
{
  for (std::size_t i = count; i < seen_.sightings.size(); ++i) {
    Sighting& sighting = seen_.sightings[i];
    sighting.is_answered = sighting.kind == SightingKind::read && names.contains(sighting.name);
  }
}

void
Sightings::read_any(std::string_view prefix, std::uint32_t line)
{
  seen_.dynamic.push_back({std::string(prefix), line});
}

void
Sightings::load(Load load)
{
  seen_.loads.push_back(std::move(load));
}

void
Sightings::job(Job job)
{
  seen_.jobs.push_back(std::move(job));
}

void
Sightings::function(ReadingFunction function)
{
  seen_.functions.push_back(std::move(function));
}

void
Sightings::call(ForeignCall call)
{
  if (may_be_name(call.read.name) && seen_.calls.size() < max_sightings) {
    seen_.calls.push_back(std::move(call));
  }
}

void
Sightings::gap(std::uint32_t line, std::string_view why)
{
  // One is enough to say that the file is not known whole.
  if (seen_.gaps.empty()) {
    seen_.gaps.push_back({GapKind::unparsable, fmt::format("{}:{}", seen_.path, line), std::string(why),
                          "Mend the file, or leave it out by `exclude`"});
  }
}

Seen
Sightings::take()
{
  erase_repeated(seen_.sightings);
  erase_repeated(seen_.loads);
  return std::move(seen_);
}

const Language*
language_of_program(std::string_view program)
{
  const std::string_view name = program.substr(0, program.find_last_not_of("0123456789.") + 1);
  for (const Language* language : languages()) {
    const auto& all = language->interpreters;
    if (std::any_of(all.begin(), all.end(), [&](std::string_view each) { return each == program || each == name; })) {
      return language;
    }
  }
  return nullptr;
}

const Language*
language_of_first_line(std::string_view text)
{
  if (!text.starts_with("#!")) {
    return nullptr;
  }
  for (const std::string_view word : split(trim(text.substr(2, text.find('\n') - 2)), ' ')) {
    const Language* language = word.starts_with('-') ? nullptr : language_of_program(file_name_of(word));
    if (language != nullptr) {
      return language;
    }
  }
  return nullptr;
}

bool
has_extension(std::string_view path, std::span<const std::string_view> extensions)
{
  const std::string_view name = file_name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos
         && std::find(extensions.begin(), extensions.end(), name.substr(dot)) != extensions.end();
}

bool
is_environment_name(std::string_view name)
{
  return name.size() > 1 && is_upper(name.front())
         && std::all_of(name.begin(), name.end(), [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
}

}  // namespace sluice::env
