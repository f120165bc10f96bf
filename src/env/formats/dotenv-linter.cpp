// SPDX-License-Identifier: Apache-2.0
//
// The JSON schema of dotenv-linter (https://dotenv-linter.github.io, `--schema`): `version` and `entries`. Other
// programs give their files the same name; what has none of the two is theirs.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "data/data.hpp"
#include "env/format.hpp"
#include "env/schema_reading.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

bool
has(std::string_view path)
{
  return file_name_of(path).ends_with("env.schema.json");
}

constexpr std::array<std::string_view, 1> words{"\"entries\""};

void
add_entry(Value entry, SchemaBuilder& builder)
{
  Item item{.name = std::string(entry.key()), .line = entry.line()};
  item.need = entry["required"].is_true() ? Need::required : Need::optional;
  TypeOptions options;
  if (entry["regex"].is_text()) {
    options.emplace("matches", entry["regex"].text());
  }
  const std::string_view type = entry["type"].text();
  item.type = builder.type(type.empty() || !options.empty() ? "string" : type, std::move(options), entry.line());
  builder.add(std::move(item));
}

Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path());
  const auto data = read_json_data(source.text());
  if (!data) {
    builder.gap(GapKind::unparsable, data.error().line, "the schema is not JSON", "Mend the file");
    return builder.take();
  }
  const Value root = data->root();
  if (!root["version"] || !root["entries"].is_table()) {
    return builder.take();
  }
  for (const Value entry : root["entries"]) {
    add_entry(entry, builder);
  }
  return builder.take();
}

}  // namespace

extern const Format format_dotenv_linter{
    .id = "dotenv-linter", .title = "dotenv-linter's schema", .has = has, .words = words, .read = read};

}  // namespace sluice::env
