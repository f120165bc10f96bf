// SPDX-License-Identifier: Apache-2.0
//
// Parameters of Symfony: `%env(json:file:NAME)%`, where what stands before the last colon says what is made of the
// value.
#include "base/text.hpp"
#include "env/language.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto words = std::to_array<std::string_view>({"%env("});
constexpr auto extensions = std::to_array<std::string_view>({".yaml", ".yml", ".xml", ".php"});

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(source.text())) {
    ++number;
    const std::string_view content = trim(line);
    if (content.starts_with('#') || content.starts_with("//") || content.starts_with('*')) {
      continue;
    }
    for (std::size_t at = line.find("%env("); at != std::string_view::npos; at = line.find("%env(", at + 5)) {
      const std::size_t end = line.find(')', at);
      if (end == std::string_view::npos) {
        break;
      }
      if (line.substr(end).starts_with(")%")) {
        const std::string_view inside = line.substr(at + 5, end - at - 5);
        const bool has_default = inside.find("default:") != std::string_view::npos;
        seen.read(inside.substr(inside.rfind(':') + 1), number, has_default ? Unset::defaulted : Unset::fails);
      }
    }
  }
}

}  // namespace

extern const Language language_symfony{.id = "symfony", .title = "Symfony", .has = has, .words = words, .look = look};

}  // namespace sluice::env
