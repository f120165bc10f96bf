// SPDX-License-Identifier: Apache-2.0
//
// Placeholders of Spring, Micronaut and Quarkus: `${NAME:default}` in their properties and in what annotations hold.
// Only names that are written as variables are told, for properties of their own stand there, too.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/language.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto words = std::to_array<std::string_view>({"${"});
constexpr auto fronts = std::to_array<std::string_view>({"application", "bootstrap"});
constexpr auto ends = std::to_array<std::string_view>({".properties", ".yml", ".yaml"});
constexpr auto programs = std::to_array<std::string_view>({".java", ".kt"});

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  for (const std::string_view front : fronts) {
    const bool is_whole = name.starts_with(front) && name.size() > front.size() && is_any_of(name[front.size()], "-.");
    if (is_whole && has_extension(name, ends)) {
      return true;
    }
  }
  return has_extension(path, programs);
}

/// `${A:${B:x}}` reads both; the text behind a colon is what is taken otherwise.
void
look_at_line(std::string_view line, std::uint32_t number, Sightings& seen)
{
  for (std::size_t at = line.find("${"); at != std::string_view::npos; at = line.find("${", at + 2)) {
    const std::string_view rest = line.substr(at + 2);
    const std::size_t end = rest.find_first_of(":}$");
    if (end == std::string_view::npos || !is_environment_name(rest.substr(0, end)) || rest[end] == '$') {
      continue;
    }
    if (rest[end] == '}') {
      seen.read(rest.substr(0, end), number, Unset::fails);
      continue;
    }
    const std::string_view behind = rest.substr(end + 1);
    const std::size_t close = behind.find_first_of("}$");
    const bool is_literal = close != std::string_view::npos && behind[close] == '}';
    seen.read(rest.substr(0, end), number, Unset::defaulted,
              is_literal ? std::optional(std::string(behind.substr(0, close))) : std::nullopt);
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const bool is_program = has_extension(source.path(), programs);
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(source.text())) {
    ++number;
    const std::string_view content = trim(line);
    const bool is_comment = content.starts_with('#') || content.starts_with('!') || content.starts_with("//");
    if (!is_comment && (!is_program || line.find("@Value") != std::string_view::npos)) {
      look_at_line(line, number, seen);
    }
  }
}

}  // namespace

extern const Language language_spring{.id = "spring", .title = "Spring", .has = has, .words = words, .look = look};

}  // namespace sluice::env
