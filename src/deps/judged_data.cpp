// SPDX-License-Identifier: Apache-2.0
#include "deps/judged_data.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <vector>

namespace sluice::deps {

namespace {

/// Of one that was made of documents when it was opened: no day.
std::string
day_of(const Index& index)
{
  return index.built() == std::chrono::sys_seconds() ? std::string("no day") : rfc3339(index.built()).substr(0, 10);
}

}  // namespace

std::string
words_of(const Audit& audit)
{
  std::vector<std::string> parts;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    parts.push_back(fmt::format("{} of {}", with_thousands(packages), ecosystem));
  }
  return join(parts, ", ");
}

std::string
words_of_data(const Audit& audit, const Database& database)
{
  constexpr std::size_t digits = 12;
  std::vector<std::string> parts;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      parts.push_back(fmt::format("{} of {}, {}", ecosystem, day_of(**index), (*index)->digest().substr(0, digits)));
    }
  }
  return parts.empty() ? std::string() : fmt::format("; advisories for {}", join(parts, ", for "));
}

std::optional<Section>
databases_section(const Audit& audit, const Database& database)
{
  Table table{{"ecosystem", "records", "built", "sha256"}, {}};
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      table.rows.push_back({ecosystem, with_thousands((*index)->records()), day_of(**index), (*index)->digest()});
    }
  }
  if (table.rows.empty()) {
    return std::nullopt;
  }
  return Section{"Advisories", "The same data give the same verdict.", std::move(table)};
}

}  // namespace sluice::deps
