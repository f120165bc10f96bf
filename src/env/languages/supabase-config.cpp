// SPDX-License-Identifier: Apache-2.0
//
// `env(NAME)` in supabase/config.toml stands for the whole of a text.
#include "env/document.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> words{"env("};

bool
has(std::string_view path)
{
  return path == "supabase/config.toml" || path.ends_with("/supabase/config.toml");
}

void
look(const gate::SourceText& source, Sightings& seen)
{
  const auto data = read_toml_data(source.text());
  if (!data) {
    seen.gap(std::max(data.error().line, 1U), data.error().what);
    return;
  }
  each_text(data->root(), [&](Value value) {
    const std::string_view text = value.text();
    if (text.starts_with("env(") && text.ends_with(')')) {
      const std::string_view name = text.substr(4, text.size() - 5);
      seen.read(name, lines_of_text(source, value).line_of(0, name));
    }
  });
}

}  // namespace

extern const Language language_supabase_config{
    .id = "supabase-config", .title = "supabase/config.toml", .has = has, .words = words, .look = look};

}  // namespace sluice::env
