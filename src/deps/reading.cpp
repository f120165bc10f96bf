// SPDX-License-Identifier: Apache-2.0
#include "deps/reading.hpp"

namespace sluice::deps {

namespace {

void
tell_duplicates(const Data& data, PackageList& list)
{
  for (const std::uint32_t line : data.duplicates()) {
    list.gap(GapKind::unparsable, line, "a key is there twice, and only the last one counts");
  }
}

std::shared_ptr<const Data>
kept(Data data, PackageList& list)
{
  auto owned = std::make_shared<const Data>(std::move(data));
  list.keep(owned);
  tell_duplicates(*owned, list);
  return owned;
}

std::shared_ptr<const Data>
kept_or_refused(tl::expected<Data, Defect> data, PackageList& list)
{
  if (!data) {
    list.refuse(GapKind::unparsable, data.error().line, std::move(data.error().what));
    return nullptr;
  }
  return kept(*std::move(data), list);
}

}  // namespace

std::shared_ptr<const Data>
json_of(const LockText& file, PackageList& list, JsonDialect dialect)
{
  return kept_or_refused(read_json_data(file.text, dialect), list);
}

std::shared_ptr<const Data>
toml_of(const LockText& file, PackageList& list)
{
  return kept_or_refused(read_toml_data(file.text), list);
}

std::shared_ptr<const std::vector<Data>>
yaml_documents_of(const LockText& file, PackageList& list, std::string_view fix)
{
  auto documents = read_yaml_data(file.text);
  if (!documents) {
    list.refuse(GapKind::unparsable, documents.error().line, std::move(documents.error().what), std::string(fix));
    return nullptr;
  }
  auto owned = std::make_shared<const std::vector<Data>>(*std::move(documents));
  list.keep(owned);
  for (const Data& document : *owned) {
    tell_duplicates(document, list);
  }
  return owned;
}

std::shared_ptr<const Data>
yaml_of(const LockText& file, PackageList& list)
{
  auto documents = read_yaml_data(file.text);
  if (!documents) {
    list.refuse(GapKind::unparsable, documents.error().line, std::move(documents.error().what));
    return nullptr;
  }
  if (documents->size() > 1) {
    list.refuse(GapKind::unknown_format, 1, "it has several documents, and the format has one");
    return nullptr;
  }
  return kept(documents->empty() ? Data() : std::move(documents->front()), list);
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
