// SPDX-License-Identifier: Apache-2.0
//
// A text as each language that is no program's would have it: nothing is seen outside of the file, and a script's facts
// are at places of the script.
#include "base/utf8.hpp"
#include "env/language.hpp"
#include "fuzz/require.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

constexpr auto ids = std::to_array<std::string_view>({"act", "compose", "crontab", "dockerfile", "envsubst-template",
                                                      "github-workflow", "gitlab-ci", "helm", "justfile", "kubernetes",
                                                      "makefile", "package-json", "platform", "procfile", "shell",
                                                      "supabase-config", "systemd", "taskfile", "terraform"});

constexpr auto paths = std::to_array<std::string_view>({"templates/a.yaml", "action.yml", "netlify.toml", "app.json"});

void
look(const sluice::env::Language& language, std::string_view path, std::string_view text)
{
  using namespace sluice;
  const gate::SourceText source{std::string(path), std::string(text)};
  env::Sightings sightings(source.path());
  language.look(source, sightings);
  const env::Seen seen = sightings.take();
  const auto is_inside = [&](std::uint32_t line) { return line >= 1 && line <= source.line_count(); };
  for (const env::Sighting& sighting : seen.sightings) {
    require(is_inside(sighting.line) && is_utf8(sighting.name));
  }
  for (const env::DynamicRead& read : seen.dynamic) {
    require(is_inside(read.line));
  }
  for (const env::Load& load : seen.loads) {
    require(is_inside(load.line) && !load.dialect.empty() && !load.path.starts_with('/'));
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Documents are read for UTF-8 alone; who reads files sees to it.
  if (!is_utf8(text)) {
    return 0;
  }
  for (const env::Language* language : env::languages()) {
    if (std::find(ids.begin(), ids.end(), language->id) == ids.end()) {
      continue;
    }
    look(*language, "input", text);
    for (const std::string_view path : paths) {
      if (language->has(path)) {
        look(*language, path, text);
      }
    }
  }
  return 0;
}
