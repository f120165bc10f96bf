// SPDX-License-Identifier: Apache-2.0
#include "env/schema.hpp"

#include "env/stage.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Formats from the one that says the most to the one that says the least. Those of code are between: what is not here.
constexpr std::array<std::string_view, 3> telling{"env-spec", "dotenv-linter", "dotenv-extended"};

/// 0 says the most.
std::size_t
rank_of(const Schema& schema)
{
  const auto found = std::find(telling.begin(), telling.end(), schema.format);
  const auto rank = static_cast<std::size_t>(found - telling.begin());
  return schema.is_example ? telling.size() + 1 : rank;
}

/// What an item leaves unsaid another one says.
void
add(const Item& more, bool is_example, Item& item)
{
  if (item.type.id.empty()) {
    item.type = more.type;
  }
  if (item.need == Need::unsaid) {
    item.need = more.need;
    item.needed_in = more.needed_in;
  }
  if (item.exposure == Exposure::unsaid) {
    item.exposure = more.exposure;
  }
  // An example's values are no defaults of what another schema says.
  if (!item.fallback && !is_example) {
    item.fallback = more.fallback;
  }
  item.is_elsewhere = item.is_elsewhere || more.is_elsewhere;
  item.is_deprecated = item.is_deprecated || more.is_deprecated;
  item.is_audited = item.is_audited && more.is_audited;
}

}  // namespace

std::map<std::string, Wanted, std::less<>>
put_together(const std::vector<Schema>& schemas)
{
  std::vector<const Schema*> ordered;
  ordered.reserve(schemas.size());
  for (const Schema& schema : schemas) {
    ordered.push_back(&schema);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Schema* a, const Schema* b) { return rank_of(*a) < rank_of(*b); });
  std::map<std::string, Wanted, std::less<>> all;
  for (const Schema* schema : ordered) {
    for (const Item& item : schema->items) {
      const auto [place, is_new] = all.try_emplace(item.name, Wanted{item.name, schema, item});
      if (!is_new) {
        add(item, schema->is_example, place->second.item);
      }
    }
  }
  return all;
}

bool
is_needed_in(const Item& item, std::string_view environment)
{
  if (item.need != Need::named) {
    return item.need == Need::required;
  }
  // "prod" of the schema and "production" of a file's name are one environment.
  const Stage stage = stage_of(environment);
  return std::any_of(item.needed_in.begin(), item.needed_in.end(), [&](const std::string& each) {
    return each == environment || (stage != Stage::unknown && stage_of(each) == stage);
  });
}

}  // namespace sluice::env
