// SPDX-License-Identifier: Apache-2.0
#include "deps/documents.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

Value
json_document(const LockText& file, PackageList& list)
{
  auto read = read_json_data(file.text);
  if (!read) {
    list.refuse(GapKind::unparsable, read.error().line, std::move(read.error().what));
    return {};
  }
  const auto data = std::make_shared<const Data>(*std::move(read));
  list.keep(data);
  if (!data->root().is_table()) {
    list.refuse(GapKind::unknown_format, data->root().line(), "it is no JSON object");
    return {};
  }
  for (const std::uint32_t line : data->duplicates()) {
    list.gap(GapKind::unparsable, line, "a key stands twice in one object, and only the last counts",
             "Make the file anew");
  }
  return data->root();
}

Element
xml_document(const LockText& file, PackageList& list, std::string_view root)
{
  auto read = read_xml(file.text);
  if (!read) {
    list.refuse(GapKind::unparsable, read.error().line, std::move(read.error().what));
    return {};
  }
  const auto xml = std::make_shared<const Xml>(*std::move(read));
  list.keep(xml);
  if (xml->root().name() != root) {
    list.refuse(GapKind::unknown_format, xml->root().line(),
                fmt::format("its root is <{}>, not <{}>", printable(xml->root().name()), root));
    return {};
  }
  return xml->root();
}

}  // namespace sluice::deps
