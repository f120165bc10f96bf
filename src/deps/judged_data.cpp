// SPDX-License-Identifier: Apache-2.0
#include "deps/judged_data.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace sluice::deps {

namespace {

/// Of one that was made of documents when it was opened: no day.
std::string
day_of(const Index& index)
{
  return index.built() == std::chrono::sys_seconds() ? std::string("no day") : rfc3339(index.built()).substr(0, 10);
}

/// As it is told of the data: a service's answers are of the day on which it was asked.
std::string
day_words(const Index& index, const Database& database)
{
  const std::string day = day_of(index);
  return database.service().empty() ? day : fmt::format("{}, asked on {}", database.service(), day);
}

/// The first few, then how many there are besides; the section of the databases has them all.
std::string
some_of(std::vector<std::string> words, std::string_view one, std::string_view several)
{
  constexpr std::size_t most = 3;
  if (words.size() > most + 1) {
    const std::size_t others = words.size() - most;
    words.resize(most);
    words.push_back(fmt::format("{} {}", others, others == 1 ? one : several));
  }
  return join(words, ", ");
}

}  // namespace

std::string
words_of(const Audit& audit)
{
  std::vector<std::pair<std::uint64_t, std::string>> parts;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    parts.emplace_back(packages, fmt::format("{} of {}", with_thousands(packages), ecosystem));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> words;
  for (auto& [packages, part] : parts) {
    words.push_back(std::move(part));
  }
  return some_of(std::move(words), "ecosystem", "ecosystems");
}

std::string
words_of_data(const Audit& audit, const Database& database)
{
  constexpr std::size_t digits = 12;
  std::map<std::string, std::vector<std::string>> by_day;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      by_day[day_words(**index, database)].push_back(
          fmt::format("{} {}", ecosystem, (*index)->digest().substr(0, digits)));
    }
  }
  std::vector<std::string> parts;
  for (auto& [day, indexes] : by_day) {
    parts.push_back(fmt::format("{} ({})", day, some_of(std::move(indexes), "other", "others")));
  }
  return parts.empty() ? std::string() : fmt::format("; advisories of {}", join(parts, ", of "));
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
  const std::string note = "The same data give the same verdict.";
  return Section{"Advisories",
                 database.service().empty()
                     ? note
                     : fmt::format("What {} answered about the names of the packages. {}", database.service(), note),
                 std::move(table)};
}

}  // namespace sluice::deps
