// SPDX-License-Identifier: Apache-2.0
#include "env/script/telling.hpp"

#include "base/tree_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace sluice::env::script {

namespace {

/// A name that is not where it should be is not looked for further than this.
constexpr std::uint32_t max_lines_on = 100;
constexpr std::size_t max_line = 4096;

void
tell_mentions(const Facts& facts, const Lines& lines, Sightings& seen)
{
  for (const Facts::Mention& mention : facts.mentions) {
    const std::uint32_t line = lines.line_of(mention.at, mention.name);
    switch (mention.kind) {
    case SightingKind::read:
      seen.read(mention.name, line, mention.unset, mention.literal);
      break;
    case SightingKind::given:
      seen.give(mention.name, line, mention.literal);
      break;
    case SightingKind::stored:
      seen.store(mention.name, line);
      break;
    }
  }
}

/// Hands on what a program in a text reads. What is wrong with it may be the shell's, which replaces parts of it.
void
tell_program(const Facts::Program& program, const Lines& lines, Sightings& seen)
{
  const std::string_view opening = program.language == "php" ? "<?php " : "";
  const gate::SourceText inner(fmt::format("{}.{}", seen.path(), program.language),
                               std::string(opening) + program.text);
  Sightings inside(inner.path());
  if (program.language == "shell") {
    // What it writes in its turn is not looked at, so that this ends.
    tell_mentions(facts_of(inner.text(), {}), Lines(inner, inner.text(), 1), inside);
  } else {
    const auto all = languages();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Language* each) { return each->id == program.language; });
    (*found)->look(inner, inside);
  }
  for (const Sighting& sighting : inside.take().sightings) {
    const std::size_t line = std::clamp<std::size_t>(sighting.line, 1, program.lines.size()) - 1;
    if (sighting.kind == SightingKind::read) {
      seen.read(sighting.name, lines.line_of(program.lines[line], sighting.name), sighting.unset, sighting.literal);
    }
  }
}

}  // namespace

Lines::Lines(const gate::SourceText& source, std::string_view text, std::uint32_t line)
    : source_(source),
      line_(line),
      offset_(std::string_view::npos)
{
  const char* begin = source.text().data();
  const char* end = begin + source.text().size();
  if (!std::less<>{}(text.data(), begin) && !std::less<>{}(end, text.data())) {
    offset_ = static_cast<std::size_t>(text.data() - begin);
    return;
  }
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    ends_.push_back(at);
  }
}

std::uint32_t
Lines::line_of(std::size_t at, std::string_view name) const
{
  if (offset_ != std::string_view::npos) {
    return source_.position(std::min(offset_ + at, source_.text().size())).line;
  }
  const auto behind = static_cast<std::uint32_t>(std::lower_bound(ends_.begin(), ends_.end(), at) - ends_.begin());
  const std::uint32_t guess = std::clamp(line_ + behind, 1U, source_.line_count());
  for (std::uint32_t line = guess; line <= source_.line_count() && line <= guess + max_lines_on; ++line) {
    if (source_.line(line).substr(0, max_line).find(name) != std::string_view::npos) {
      return line;
    }
  }
  return guess;
}

Standing
in_directory_of(const gate::SourceText& source)
{
  const std::string directory(directory_of(source.path()));
  return {.here = {directory}, .beside = directory};
}

std::vector<std::string>
paths_of(const Facts::File& file, const Standing& standing)
{
  std::vector<std::string> directories{""};
  if (file.from == From::here) {
    directories = standing.here;
  } else if (file.from == From::script) {
    directories = {standing.beside};
  }
  std::vector<std::string> paths;
  for (const std::string& directory : directories) {
    auto path = resolved_in(directory, file.path);
    if (path && std::find(paths.begin(), paths.end(), *path) == paths.end()) {
      paths.push_back(*std::move(path));
    }
  }
  return paths;
}

void
tell(const Facts& facts, const Lines& lines, const Standing& standing, Sightings& seen)
{
  tell_mentions(facts, lines, seen);
  for (const Facts::Program& program : facts.programs) {
    tell_program(program, lines, seen);
  }
  for (const Facts::Dynamic& dynamic : facts.dynamic) {
    seen.read_any(dynamic.prefix, lines.line_of(dynamic.at, dynamic.prefix));
  }
  for (const Facts::File& file : facts.loads) {
    for (std::string& path : paths_of(file, standing)) {
      seen.load({std::move(path), file.dialect, lines.line_of(file.at, {}), file.how, file.to});
    }
  }
  if (facts.fault) {
    seen.gap(lines.line_of(facts.fault->at, {}), facts.fault->why);
  }
}

Facts
look_at(std::string_view script, const Setting& setting, const Lines& lines, const Standing& standing, Sightings& seen)
{
  Facts facts = facts_of(script, setting);
  tell(facts, lines, standing, seen);
  return facts;
}

}  // namespace sluice::env::script
