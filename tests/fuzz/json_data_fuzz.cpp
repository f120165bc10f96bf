// SPDX-License-Identifier: Apache-2.0
//
// The reader of JSON documents against our other one: both take the same texts and make the same of them.
#include "base/json.hpp"
#include "base/number.hpp"
#include "base/utf8.hpp"
#include "data/data.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace sluice;

bool
is_same(const Value& value, const Json& json)
{
  if (json.is_object()) {
    // The last of several members of one name counts in both.
    bool all = value.is_table();
    for (const Json::Member& member : json.members()) {
      all = all && is_same(value[member.key], member.value);
    }
    return all;
  }
  if (json.is_array()) {
    std::size_t index = 0;
    bool all = value.is_list() && value.size() == json.size();
    for (const Value item : value) {
      all = all && is_same(item, json[index++]);
    }
    return all;
  }
  if (const std::string* text = json.text()) {
    return value.is_text() && value.text() == *text;
  }
  if (const auto boolean = json.boolean()) {
    return value.kind() == Data::Kind::boolean && value.is_true() == *boolean;
  }
  return value.kind() == (json.is_null() ? Data::Kind::null : Data::Kind::number);
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(read_json_data(text, JsonDialect::with_comments));
  if (!is_utf8(text) || text.starts_with("\xEF\xBB\xBF")) {
    return 0;
  }
  const auto read = read_json_data(text);
  const auto json = Json::parse(text, {.duplicates = JsonLimits::Duplicates::last_wins});
  // A number that no double holds is a number for who keeps its text.
  if (read && !json && text.find_first_of("eE.") != std::string_view::npos) {
    return 0;
  }
  require(read.has_value() == json.has_value());
  require(!read || is_same(read->root(), *json));
  return 0;
}
