// SPDX-License-Identifier: Apache-2.0
//
// The older `.env.schema`, of dotenv-extended (https://github.com/keithmorris/node-dotenv-extended): names that must be
// there, and `.env.defaults` beside it, whose values count where no other file has one.
#include "base/tree_path.hpp"
#include "env/dotenv_lines.hpp"
#include "env/format.hpp"
#include "env/schema_reading.hpp"

namespace sluice::env {

namespace {

constexpr std::string_view defaults = ".env.defaults";

bool
has(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return name == ".env.schema" || name == defaults;
}

/// A value in a schema is an expression in newer versions and nothing in older ones, so that it says nothing here.
Schema
read(const gate::SourceText& source, const gate::FileTree& /*tree*/)
{
  SchemaBuilder builder(source.path());
  const bool is_of_defaults = file_name_of(source.path()) == defaults;
  if (!is_of_defaults && has_decorators(source.text())) {
    return builder.take();
  }
  for (DotenvLine& line : dotenv_lines(source.text())) {
    if (line.is_commented_out) {
      continue;
    }
    Item item{.name = std::move(line.name), .line = line.line};
    if (is_of_defaults) {
      item.fallback = std::move(line.value);
    } else {
      item.need = line.value.empty() ? Need::required : Need::unsaid;
    }
    builder.add(std::move(item));
  }
  return builder.take();
}

}  // namespace

extern const Format format_dotenv_extended{
    .id = "dotenv-extended", .title = "dotenv-extended", .has = has, .words = {}, .read = read};

}  // namespace sluice::env
