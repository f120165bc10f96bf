// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "env/format.hpp"
#include "env/kinds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

std::string
joined(const auto& names)
{
  return fmt::format("{}", fmt::join(names, ","));
}

std::string
need_of(const Item& item)
{
  switch (item.need) {
  case Need::unsaid:
    return "";
  case Need::required:
    return " required";
  case Need::optional:
    return " optional";
  case Need::named:
    return " required in " + joined(item.needed_in);
  case Need::computed:
    return " required as computed";
  }
  return "";
}

std::string
type_of(const TypeUse& type)
{
  std::string text = type.id.empty() ? "" : " " + type.id;
  std::string options;
  for (const auto& [name, value] : type.options) {
    options += fmt::format("{}{}={}", options.empty() ? "" : " ", name, printable(replace_all(value, "\n", "|")));
  }
  return options.empty() ? text : fmt::format("{}({})", text, options);
}

std::string
line_of(const Item& item)
{
  constexpr std::array<std::string_view, 3> exposures{"", " sensitive", " open"};
  return fmt::format("{} {}{}{}{}{}{}{}{}\n", item.line, printable(item.name), type_of(item.type), need_of(item),
                     exposures[static_cast<std::size_t>(item.exposure)],
                     item.fallback ? fmt::format(" = \"{}\"", printable(*item.fallback)) : "",
                     item.is_elsewhere ? " elsewhere" : "", item.is_deprecated ? " deprecated" : "",
                     item.is_audited ? "" : " unaudited");
}

std::string
listing_of(const Format& format, const gate::SourceText& source, const gate::FileTree& tree)
{
  const Schema schema = format.read(source, tree);
  std::string text = schema.is_example ? "example\n" : "";
  text +=
      schema.current_environment.empty() ? "" : fmt::format("environment {}\n", printable(schema.current_environment));
  for (const Item& item : schema.items) {
    text += line_of(item);
  }
  for (const Gap& gap : schema.gaps) {
    text += fmt::format("gap {} {}: {}\n", name_of(gap.kind), printable(gap.subject), gap.why);
  }
  return text;
}

}  // namespace

/// A line for each item in its order: its line, name, type with options, need, exposure, default, and what else is
/// known of it; then the gaps. Of a directory all files of the format, the path before the lines of each.
Result<std::string>
format_listing(std::string_view id, const std::filesystem::path& input)
{
  const auto all = formats();
  const Format& format = **std::find_if(all.begin(), all.end(), [id](const Format* each) { return each->id == id; });
  if (!std::filesystem::is_directory(input)) {
    TRY_ASSIGN(std::string text, read_file(input));
    return listing_of(format, {input.filename().string(), std::move(text)}, gate::DiskTree(input.parent_path()));
  }
  const gate::DiskTree tree(input);
  std::string listing;
  for (const std::string& path : tree.tracked().files) {
    if (format.has(path)) {
      TRY_ASSIGN(std::string text, tree.read(path));
      listing += fmt::format("{}\n{}", path, listing_of(format, {path, std::move(text)}, tree));
    }
  }
  return listing;
}

}  // namespace sluice::env
