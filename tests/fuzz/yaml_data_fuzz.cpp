// SPDX-License-Identifier: Apache-2.0
//
// The quick reader of YAML against yaml-cpp: of a document that both take they must make the same.
#include "base/utf8.hpp"
#include "config/yaml_document.hpp"
#include "data/data.hpp"
#include "fuzz/require.hpp"

#include <algorithm>

namespace {

using namespace sluice;

/// Without blanks: of a quoted text with empty lines at its end yaml-cpp makes less than the specification has.
std::string
bare(std::string_view text)
{
  std::string out(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  return out;
}

bool
is_same(const Value& value, const config::YamlNode& node)
{
  switch (node.kind) {
  case config::YamlKind::null:
    return value.kind() == Data::Kind::null;
  case config::YamlKind::scalar:
    return !value.is_list() && !value.is_table() && bare(value.scalar()) == bare(node.scalar);
  case config::YamlKind::sequence: {
    auto item = node.items.begin();
    for (const Value each : value) {
      if (item == node.items.end() || !is_same(each, *item++)) {
        return false;
      }
    }
    return value.is_list() && item == node.items.end();
  }
  case config::YamlKind::mapping: {
    auto entry = node.entries.begin();
    for (const Value each : value) {
      if (entry == node.entries.end() || bare(each.key()) != bare(entry->first.scalar)
          || !is_same(each, entry->second)) {
        return false;
      }
      ++entry;
    }
    return value.is_table() && entry == node.entries.end();
  }
  }
  return false;
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_utf8(text) || text.starts_with("\xEF\xBB\xBF")) {
    return 0;
  }
  // yaml-cpp makes a byte that is no character of two escapes.
  if (text.find("\\N") != std::string_view::npos || text.find("\\_") != std::string_view::npos) {
    return 0;
  }
  const auto documents = read_yaml_data(text);
  if (!documents || documents->size() != 1) {
    return 0;
  }
  if (const auto node = config::parse_yaml(text, "f")) {
    require(is_same(documents->front().root(), *node));
  }
  return 0;
}
