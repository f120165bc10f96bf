// SPDX-License-Identifier: Apache-2.0
//
// A text as each language of programs reads it: all lines that are told are of the file, and names are names.
#include "env/language.hpp"
#include "fuzz/require.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

/// One for each syntax that a program may be written in.
constexpr auto paths = std::to_array<std::string_view>(
    {"a.ts",  "a.jsx",   "a.svelte", "a.astro", "a.mdx",   "a.vue",   "a.py",     "a.rb",  "a.erb",
     "a.php", "a.go",    "a.rs",     "a.java",  "a.kt",    "a.scala", "a.gradle", "a.cs",  "a.vb",
     "a.fs",  "a.razor", "a.ex",     "a.eex",   "a.swift", "a.dart",  "a.c",      "a.pl",  "a.lua",
     "a.R",   "a.jl",    "a.prisma", "a.cr",    "a.hs",    "a.nim",   "a.zig",    "a.ps1", "application.yml"});

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  const auto is_line = [lines](std::uint32_t line) { return line >= 1 && line <= lines; };
  for (const std::string_view path : paths) {
    const gate::SourceText source(std::string(path), text);
    env::Sightings sightings(source.path());
    for (const env::Language* language : env::languages()) {
      if (language->has(path)) {
        language->look(source, sightings);
      }
    }
    const env::Seen seen = sightings.take();
    for (const env::Sighting& sighting : seen.sightings) {
      require(is_line(sighting.line) && !sighting.name.empty());
    }
    require(
        std::all_of(seen.dynamic.begin(), seen.dynamic.end(), [&](const auto& read) { return is_line(read.line); }));
    require(std::all_of(seen.loads.begin(), seen.loads.end(),
                        [&](const auto& load) { return is_line(load.line) && !load.path.starts_with('/'); }));
    require(seen.gaps.size() <= 1);
  }
  return 0;
}
