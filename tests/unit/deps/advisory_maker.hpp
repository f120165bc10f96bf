// SPDX-License-Identifier: Apache-2.0
//
// Indexes of advisories that a test writes down as JSON.
#pragma once

#include "deps/advisories/index_writer.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

inline deps::Record
record_of(std::string_view json)
{
  const auto data = read_json_data(json);
  REQUIRE_MESSAGE(data, json);
  auto record = deps::read_record(data->root());
  REQUIRE_MESSAGE(record, json);
  return *std::move(record);
}

/// A record of one package, `affected` being what the schema has in an item of that name beside `package`.
inline std::string
advisory(std::string_view id, std::string_view ecosystem, std::string_view name, std::string_view affected,
         std::string_view more = {})
{
  return fmt::format(R"({{"id":"{}",{}"affected":[{{"package":{{"ecosystem":"{}","name":"{}"}},{}}}]}})", id, more,
                     ecosystem, name, affected);
}

/// An index and the bytes that it looks at.
struct MadeIndex
{
  std::unique_ptr<const std::string> bytes;
  deps::Index index;
};

inline MadeIndex
index_of(std::string_view ecosystem, const std::vector<std::string>& advisories)
{
  std::vector<deps::Record> records;
  for (const std::string& each : advisories) {
    records.push_back(record_of(each));
  }
  auto bytes = std::make_unique<const std::string>(
      deps::write_index(records, {std::string(ecosystem), "test", {}, 0}).value().bytes);
  auto index = deps::Index::of_bytes(*bytes, "test");
  REQUIRE(index);
  return {std::move(bytes), *std::move(index)};
}

/// Ids of what is affected, in their order.
inline std::vector<std::string>
ids_of(const deps::Index& index, const std::vector<deps::index::Affected>& rows)
{
  std::vector<std::string> ids;
  for (const deps::index::Affected& row : rows) {
    ids.emplace_back(index.text(index.advisory(row.advisory).id));
  }
  return ids;
}

}  // namespace sluice::test
