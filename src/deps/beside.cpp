// SPDX-License-Identifier: Apache-2.0
#include "deps/beside.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

void
tell(std::string_view path, std::string_view what, PackageList& list)
{
  list.gap(GapKind::unparsable, 0,
           fmt::format("{} beside it, which tells what is asked for directly, {}", printable(path), what));
}

template<typename Parse>
std::unique_ptr<const DataBeside>
data_beside(const Surroundings& around, std::string_view path, PackageList& list, Parse parse)
{
  auto text = text_beside(around, path, list);
  if (!text) {
    return nullptr;
  }
  auto result = std::make_unique<DataBeside>();
  result->text = *std::move(text);
  auto data = parse(result->text);
  if (!data) {
    tell(path, "is " + data.error().what, list);
    return nullptr;
  }
  result->data = *std::move(data);
  return result;
}

}  // namespace

std::optional<std::string>
text_beside(const Surroundings& around, std::string_view path, PackageList& list)
{
  auto text = around.read(path);
  const auto resolved = text ? std::nullopt : around.resolve(path);
  if (resolved && around.tree().is_file(*resolved)) {
    tell(path, "cannot be read", list);
  }
  return text;
}

std::unique_ptr<const DataBeside>
toml_beside(const Surroundings& around, std::string_view path, PackageList& list)
{
  return data_beside(around, path, list, [](std::string_view text) { return read_toml_data(text); });
}

std::unique_ptr<const DataBeside>
json_beside(const Surroundings& around, std::string_view path, PackageList& list)
{
  return data_beside(around, path, list, [](std::string_view text) { return read_json_data(text); });
}

std::optional<Xml>
xml_beside(const Surroundings& around, std::string_view path, PackageList& list)
{
  const auto text = text_beside(around, path, list);
  if (!text) {
    return std::nullopt;
  }
  auto xml = read_xml(*text);
  if (!xml) {
    tell(path, "is " + xml.error().what, list);
    return std::nullopt;
  }
  return *std::move(xml);
}

}  // namespace sluice::deps
