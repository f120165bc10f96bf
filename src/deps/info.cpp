// SPDX-License-Identifier: Apache-2.0
#include "deps/gate.hpp"

namespace sluice::deps {

namespace {

constexpr std::array<gate::Example, 3> examples{{
    {"sluice-deps --db DIR", "every lockfile of this repository"},
    {"sluice-deps --db DIR --base origin/main", "what this branch brings"},
    {"sluice-deps packages package-lock.json", "what a lockfile says"},
}};

constexpr std::array<std::string_view, 2> fixture_arguments{"--db", "advisories"};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{
      {.name = "deps",
       .question = "Does any locked dependency carry a known vulnerability, malware or a refused licence?",
       .description = "Reads every lockfile of a repository, orders versions exactly as each ecosystem's own tool "
                      "does, and judges "
                      "them offline by advisories in the OSV format. What could not be judged is a gap.",
       .examples = examples,
       .scan = ScanType::dependency_scanning,
       .fixture_arguments = fixture_arguments,
       .fixture_note = {},
       .needs = {.http = true, .refs = false, .variables = {}},
       .kept = {.directory = "advisories", .toggle = "update-advisories"}},
      gate::make_options<DepsOptions>};
  return face;
}

}  // namespace sluice::deps
