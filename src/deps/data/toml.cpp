// SPDX-License-Identifier: Apache-2.0
//
// TOML by way of toml++, which keeps its own tables; they are copied into the one shape of data.hpp in the order of the
// text, because toml++ sorts keys and lockfiles are read in their order.
#include "deps/data.hpp"

// The shared library is compiled with exceptions and has no other kind, whatever pkg-config says of it.
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <algorithm>
#include <memory>
#include <sstream>
#include <toml++/toml.h>

namespace sluice::deps {

namespace {

class TomlReader
{
public:
  explicit TomlReader(DataBuilder& builder)
      : builder_(builder)
  {}

  [[nodiscard]] bool
  read(const toml::node& node)
  {
    const std::uint32_t line = node.source().begin.line;
    switch (node.type()) {
    case toml::node_type::table:
      return read_table(*node.as_table(), line);
    case toml::node_type::array:
      return read_array(*node.as_array(), line);
    case toml::node_type::string:
      builder_.scalar(Data::Kind::text, node.as_string()->get(), line);
      return true;
    case toml::node_type::boolean:
      builder_.scalar(Data::Kind::boolean, node.as_boolean()->get() ? "true" : "false", line);
      return true;
    case toml::node_type::integer:
      builder_.scalar(Data::Kind::number, builder_.keep(std::to_string(node.as_integer()->get())), line);
      return true;
    case toml::node_type::floating_point:
      builder_.scalar(Data::Kind::number, builder_.keep(std::to_string(node.as_floating_point()->get())), line);
      return true;
    default:
      builder_.scalar(Data::Kind::text, builder_.keep(written(node)), line);
      return true;
    }
  }

private:
  [[nodiscard]] static std::string
  written(const toml::node& node)
  {
    std::ostringstream out;
    if (const auto* date = node.as_date()) {
      out << date->get();
    } else if (const auto* time = node.as_time()) {
      out << time->get();
    } else if (const auto* moment = node.as_date_time()) {
      out << moment->get();
    }
    return std::move(out).str();
  }

  [[nodiscard]] bool
  read_table(const toml::table& table, std::uint32_t line)
  {
    if (!builder_.begin(Data::Kind::table, line)) {
      return false;
    }
    std::vector<std::pair<const toml::key*, const toml::node*>> members;
    for (const auto& [key, value] : table) {
      members.emplace_back(&key, &value);
    }
    std::stable_sort(members.begin(), members.end(),
                     [](const auto& a, const auto& b) { return a.first->source().begin < b.first->source().begin; });
    for (const auto& [key, value] : members) {
      builder_.key(key->str(), key->source().begin.line);
      if (!read(*value)) {
        return false;
      }
    }
    builder_.end();
    return true;
  }

  [[nodiscard]] bool
  read_array(const toml::array& array, std::uint32_t line)
  {
    if (!builder_.begin(Data::Kind::list, line)) {
      return false;
    }
    for (const toml::node& item : array) {
      if (!read(item)) {
        return false;
      }
    }
    builder_.end();
    return true;
  }

  DataBuilder& builder_;
};

}  // namespace

tl::expected<Data, Defect>
read_toml_data(std::string_view text)
{
  toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return tl::unexpected(
        Defect{parsed.error().source().begin.line, "not TOML: " + std::string(parsed.error().description())});
  }
  const auto table = std::make_shared<const toml::table>(std::move(parsed).table());
  DataBuilder builder;
  if (!TomlReader(builder).read(*table)) {
    return tl::unexpected(Defect{0, "nested too deep"});
  }
  builder.keep(table);
  return builder.finish();
}

}  // namespace sluice::deps
