// SPDX-License-Identifier: Apache-2.0
#include "deps/reading.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

void
refuse_defect(Defect defect, PackageList& list, std::string_view fix = {})
{
  list.refuse(GapKind::unparsable, defect.line, std::move(defect.what), std::string(fix));
}

template<typename Document>
std::shared_ptr<const Document>
kept(Document document, PackageList& list)
{
  auto owned = std::make_shared<const Document>(std::move(document));
  list.keep(owned);
  return owned;
}

/// `kind` of table it ought to be: "JSON object".
Value
kept_table(Data data, PackageList& list, std::string_view kind, std::string_view fix)
{
  const auto owned = kept(std::move(data), list);
  if (!owned->root().is_table()) {
    list.refuse(GapKind::unknown_format, std::max(owned->root().line(), 1U), fmt::format("it is no {}", kind),
                std::string(fix));
    return {};
  }
  tell_duplicates(*owned, list, fix);
  return owned->root();
}

}  // namespace

Value
json_document(const LockText& file, PackageList& list, std::string_view fix, JsonDialect dialect)
{
  auto data = read_json_data(file.text, dialect);
  if (!data) {
    refuse_defect(std::move(data).error(), list, fix);
    return {};
  }
  return kept_table(*std::move(data), list, "JSON object", fix);
}

Value
toml_document(const LockText& file, PackageList& list)
{
  auto data = read_toml_data(file.text);
  if (!data) {
    refuse_defect(std::move(data).error(), list);
    return {};
  }
  return kept_table(*std::move(data), list, "TOML table", {});
}

std::shared_ptr<const std::vector<Data>>
yaml_documents(const LockText& file, PackageList& list, std::string_view fix)
{
  auto documents = read_yaml_data(file.text);
  if (!documents) {
    refuse_defect(std::move(documents).error(), list, fix);
    return nullptr;
  }
  auto owned = kept(*std::move(documents), list);
  for (const Data& document : *owned) {
    tell_duplicates(document, list);
  }
  return owned;
}

Value
yaml_document(const LockText& file, PackageList& list)
{
  auto documents = read_yaml_data(file.text);
  if (!documents) {
    refuse_defect(std::move(documents).error(), list);
    return {};
  }
  if (documents->size() > 1) {
    list.refuse(GapKind::unknown_format, 1, "it has several documents, and the format has one");
    return {};
  }
  return kept_table(documents->empty() ? Data() : std::move(documents->front()), list, "YAML mapping", {});
}

std::shared_ptr<const Xml>
xml_document(const LockText& file, PackageList& list, std::string_view root)
{
  auto read = read_xml(file.text);
  if (!read) {
    refuse_defect(std::move(read).error(), list);
    return nullptr;
  }
  auto xml = kept(*std::move(read), list);
  if (xml->root().name() != root) {
    list.refuse(GapKind::unknown_format, xml->root().line(),
                fmt::format("its root is <{}>, not <{}>", printable(xml->root().name()), root));
    return nullptr;
  }
  return xml;
}

void
tell_duplicates(const Data& data, PackageList& list, std::string_view fix)
{
  for (const std::uint32_t line : data.duplicates()) {
    list.gap(GapKind::unparsable, line, "a key is there twice, and only the last one counts", std::string(fix));
  }
}

std::string
version_why(std::string_view version, std::string_view what)
{
  return version.empty() ? fmt::format("it does not say its {}", what)
                         : fmt::format("{} {} is not known", what, printable(version));
}

void
refuse_version(PackageList& list, Value version, std::string_view what, std::string_view fix)
{
  list.refuse(GapKind::unknown_format, version.line(), version_why(version.scalar(), what), std::string(fix));
}

std::string
incomplete_why(std::string_view name)
{
  return name.empty() ? "a package has no name" : printable(name) + " has no version";
}

std::string_view
licence_of(Value said, PackageList& list)
{
  if (!said.is_list()) {
    return said.is_table() ? said["type"].text() : said.text();
  }
  std::string all;
  for (const Value each : said) {
    const std::string_view one = each.is_table() ? each["type"].text() : each.text();
    all.append(all.empty() || one.empty() ? "" : " OR ").append(one);
  }
  return all.empty() ? std::string_view() : list.keep(std::move(all));
}

}  // namespace sluice::deps
