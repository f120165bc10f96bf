// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <array>

namespace sluice::promote {

namespace {

/// "promotion.yml:3:5", as the reader of the file says it.
Location
location_of(std::string_view origin)
{
  Location where;
  const std::size_t column = origin.rfind(':');
  const std::size_t line = column == std::string_view::npos ? column : origin.rfind(':', column - 1);
  if (line == std::string_view::npos || line == 0) {
    where.path = std::string(origin);
    return where;
  }
  where.path = std::string(origin.substr(0, line));
  where.begin = {number_of<std::uint32_t>(origin.substr(line + 1, column - line - 1)).value_or(1),
                 number_of<std::uint32_t>(origin.substr(column + 1)).value_or(1)};
  where.end = where.begin;
  return where;
}

}  // namespace

Finding
finding_at(const Rule& rule, const WrittenStage& written)
{
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = location_of(written.stage.origin);
  finding.subject = fmt::format("environment:{}", written.name);
  finding.fingerprint = make_fingerprint(rule.meta.id, std::to_array<std::string_view>({written.name}));
  return finding;
}

}  // namespace sluice::promote
