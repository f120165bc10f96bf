// SPDX-License-Identifier: Apache-2.0
//
// Units of systemd: `Environment=` gives, `PassEnvironment=` hands on, `$NAME` and `${NAME}` in `Exec…=` are replaced.
// Source: systemd.exec(5), systemd.service(5).
#include "base/text.hpp"
#include "env/document.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".service"});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

/// `"NAME=VALUE" NAME='…'`: quotes are around the whole or the value.
void
give(std::string_view words, std::uint32_t line, Sightings& seen)
{
  while (!(words = trim(words)).empty()) {
    const bool is_quoted = is_any_of(words.front(), "\"'");
    const std::size_t begin = is_quoted ? 1 : 0;
    const std::size_t close = is_quoted ? words.find(words.front(), 1) : words.find_first_of(" \t");
    const std::string_view word = words.substr(begin, close == std::string_view::npos ? close : close - begin);
    const std::size_t equals = word.find('=');
    if (equals != std::string_view::npos) {
      seen.give(word.substr(0, equals), line, std::string(word.substr(equals + 1)));
    }
    words = close == std::string_view::npos ? std::string_view() : words.substr(close + 1);
  }
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = trim(source.line(number));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#') || line.starts_with(';')) {
      continue;
    }
    const std::string_view key = line.substr(0, equals);
    const std::string_view value = line.substr(equals + 1);
    if (key == "Environment") {
      give(value, number, seen);
    } else if (key == "PassEnvironment") {
      for (const std::string_view name : split(value, ' ')) {
        seen.read(name, number);
      }
    } else if (key.starts_with("Exec")) {
      for (const Reference& reference : references_in(value)) {
        seen.read(reference.name, number);
      }
    }
  }
}

}  // namespace

extern const Language language_systemd{.id = "systemd", .title = "systemd", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
