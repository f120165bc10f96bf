// SPDX-License-Identifier: Apache-2.0
//
// SPDX 2.2 and 2.3 (spdx.github.io/spdx-spec), in JSON, the same as YAML, and as tags with values. A package's external
// reference of type purl tells what it is for the registry; relationships tell who needs whom, and what the document
// describes is its root. "A CONTAINS B" says of B that it is there, not that A asked for it: it counts where nothing
// else leads to B.
#include "base/text.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"
#include "deps/spdx_document.hpp"
#include "deps/spdx_reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view what_version = "SPDX version";

bool
is_known_version(std::string_view version)
{
  return version == "SPDX-2.2" || version == "SPDX-2.3";
}

std::string_view
licence(std::string_view concluded, std::string_view declared)
{
  const std::string_view first = spdx_licence(concluded);
  return first.empty() ? spdx_licence(declared) : first;
}

/// Key and value of an annotation of a bill of our own, "sluice:KEY=VALUE"; empty if it is none.
std::pair<std::string_view, std::string_view>
own_statement(Value annotation)
{
  constexpr std::string_view own = "sluice:";
  const std::string_view comment = annotation["comment"].text();
  const std::size_t equals = comment.find('=');
  if (!comment.starts_with(own) || equals == std::string_view::npos) {
    return {};
  }
  return {comment.substr(own.size(), equals - own.size()), comment.substr(equals + 1)};
}

/// NOASSERTION says that nobody looked.
std::string_view
asserted(std::string_view value)
{
  return value == "NOASSERTION" || value == "NONE" ? std::string_view() : value;
}

/// A package URL says more than a reference to one registry; of several the first counts.
void
take_reference(Sbom::Component& package, std::string_view type, std::string_view locator, PackageList& list)
{
  const bool is_purl = type.ends_with("purl");
  if (package.purl.empty() || (is_purl && !package.has_whole_purl)) {
    std::string purl = purl_of_spdx_reference(type, locator);
    package.has_whole_purl = is_purl && !purl.empty();
    package.purl = purl.empty() ? package.purl : list.keep(std::move(purl));
  }
}

Sbom::Component
package_of_json(Value package, PackageList& list)
{
  Sbom::Component out;
  out.reference = package["SPDXID"].text();
  out.name = package["name"].text();
  out.version = asserted(package["versionInfo"].scalar());
  out.kind = package["primaryPackagePurpose"].text();
  out.line = package["name"] ? package["name"].line() : package.line();
  out.licence = licence(package["licenseConcluded"].text(), package["licenseDeclared"].text());
  for (const Value reference : package["externalRefs"]) {
    take_reference(out, reference["referenceType"].text(), reference["referenceLocator"].text(), list);
  }
  if (const Value sum = package["checksums"].item(0)) {
    out.integrity = list.keep(fmt::format("{}:{}", sum["algorithm"].text(), sum["checksumValue"].text()));
  }
  for (const Value annotation : package["annotations"]) {
    if (const auto [key, value] = own_statement(annotation); !key.empty()) {
      Sbom::take_statement(out, key, value);
    }
  }
  return out;
}

/// None if it was refused.
Value
tree_of(const LockText& file, PackageList& list)
{
  if (trim(file.text.substr(0, 4096)).starts_with('{')) {
    return json_document(file, list);
  }
  return yaml_document(file, list);
}

void
read_tree(const LockText& file, PackageList& list)
{
  const Value root = tree_of(file, list);
  if (!root) {
    return;
  }
  if (!is_known_version(root["spdxVersion"].text())) {
    const Value version = root["spdxVersion"] ? root["spdxVersion"] : root["@context"];
    refuse_version(list, version, what_version);
    return;
  }
  for (const std::string_view part : {"packages", "relationships"}) {
    if (!has_shape(root[part], Data::Kind::list, list) || !have_shape(root[part], Data::Kind::table, list)) {
      return;
    }
  }
  for (const Value package : root["packages"]) {
    if (!has_shape(package["externalRefs"], Data::Kind::list, list)
        || !have_shape(package["externalRefs"], Data::Kind::table, list)) {
      return;
    }
  }
  for (const Value annotation : root["annotations"]) {
    if (const auto [key, value] = own_statement(annotation); key == "gap") {
      list.gap(GapKind::no_data, annotation.line(), incomplete_bill(value));
    }
  }
  SpdxDocument document;
  for (const Value package : root["packages"]) {
    document.packages.push_back(package_of_json(package, list));
  }
  for (const Value relation : root["relationships"]) {
    document.relations.push_back(
        {relation["spdxElementId"].text(), relation["relationshipType"].text(), relation["relatedSpdxElement"].text()});
  }
  for (const Value described : root["documentDescribes"]) {
    document.described.push_back(described.text());
  }
  list_spdx_document(document, list);
}

class TagReader
{
public:
  TagReader(std::string_view text, PackageList& list)
      : text_(text),
        list_(list)
  {}

  void
  run()
  {
    for (const std::string_view line : lines_of(text_)) {
      ++number_;
      if (!is_in_text_ && !take(trim(line))) {
        refuse("a line is no tag with a value");
        return;
      }
      const std::size_t open = is_in_text_ ? 0 : line.find("<text>");
      is_in_text_ = open != std::string_view::npos && line.find("</text>", open) == std::string_view::npos;
    }
    if (is_in_text_ || (!text_.empty() && !text_.ends_with('\n') && !is_last_line_whole())) {
      refuse("it ends within a text or a line");
    } else if (!is_known_version(version_)) {
      list_.refuse(GapKind::unknown_format, version_line_, version_why(version_, what_version));
    } else if (const auto unnamed = std::find_if(document_.packages.begin(), document_.packages.end(),
                                                 [](const auto& package) { return package.reference.empty(); });
               unnamed != document_.packages.end()) {
      number_ = unnamed->line;
      refuse("a package has no SPDXID");
    } else {
      list_spdx_document(document_, list_);
    }
  }

private:
  /// Without a line's end behind it, whether the last line could be the beginning of one that says something else: half
  /// of a version is another one.
  [[nodiscard]] bool
  is_last_line_whole() const
  {
    const std::string_view line = trim(text_.substr(text_.rfind('\n') + 1));
    const std::string_view tag = line.substr(0, line.find(':'));
    const std::string_view value = trim(line.substr(std::min(tag.size() + 1, line.size())));
    if (tag == "Relationship") {
      return is_relation_whole();
    }
    if (tag == "ExternalRef") {
      const std::string_view version = is_in_package_ ? document_.packages.back().version : std::string_view();
      return !version.empty() && value.ends_with(fmt::format("@{}", version));
    }
    constexpr std::array<std::string_view, 4> of_judgement{"SPDXVersion", "PackageName", "SPDXID", "PackageVersion"};
    return !value.empty() && std::find(of_judgement.begin(), of_judgement.end(), tag) == of_judgement.end();
  }

  /// The last relation's end is something that the document has, or nothing.
  [[nodiscard]] bool
  is_relation_whole() const
  {
    if (document_.relations.empty()) {
      return false;
    }
    const std::string_view to = document_.relations.back().to;
    return asserted(to).empty()
           || std::any_of(document_.packages.begin(), document_.packages.end(),
                          [to](const auto& package) { return package.reference == to; });
  }

  void
  refuse(std::string why)
  {
    list_.refuse(GapKind::unparsable, number_, std::move(why));
  }

  bool
  take(std::string_view line)
  {
    if (line.empty() || line.starts_with('#')) {
      return true;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      return false;
    }
    const std::string_view tag = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (tag == "SPDXVersion") {
      version_ = value;
      version_line_ = number_;
    } else if (tag == "PackageName") {
      document_.packages.push_back({.name = value, .line = number_});
      is_in_package_ = true;
    } else if (tag == "FileName" || tag == "SnippetSPDXID" || tag == "LicenseID") {
      is_in_package_ = false;
    } else if (tag == "Relationship") {
      add_relation(value);
    } else if (is_in_package_) {
      describe(document_.packages.back(), tag, value);
    }
    return true;
  }

  void
  add_relation(std::string_view value)
  {
    const std::size_t first = value.find(' ');
    const std::size_t last = value.rfind(' ');
    if (first != std::string_view::npos && last > first) {
      document_.relations.push_back(
          {value.substr(0, first), trim(value.substr(first, last - first)), value.substr(last + 1)});
    }
  }

  void
  describe(Sbom::Component& package, std::string_view tag, std::string_view value)
  {
    if (tag == "SPDXID") {
      package.reference = value;
    } else if (tag == "PackageVersion") {
      package.version = asserted(value);
    } else if (tag == "PrimaryPackagePurpose") {
      package.kind = value;
    } else if (tag == "PackageLicenseConcluded" || (tag == "PackageLicenseDeclared" && package.licence.empty())) {
      const std::string_view licence = spdx_licence(value);
      package.licence = licence.empty() ? package.licence : licence;
    } else if (tag == "PackageChecksum" && package.integrity.empty()) {
      package.integrity = list_.keep(replace_all(value, ": ", ":"));
    } else if (tag == "ExternalRef") {
      // "PACKAGE-MANAGER purl pkg:…"; version 2.2 may write PACKAGE_MANAGER.
      const auto words = split(value, ' ');
      if (words.size() == 3) {
        take_reference(package, words[1], words[2], list_);
      }
    }
  }

  std::string_view text_;
  PackageList& list_;
  SpdxDocument document_;
  std::string_view version_;
  std::uint32_t number_ = 0, version_line_ = 0;
  bool is_in_text_ = false, is_in_package_ = false;
};

void
read(const LockText& file, PackageList& list)
{
  const bool is_yaml = file.path.ends_with(".yml") || file.path.ends_with(".yaml");
  if (is_yaml || trim(file.text.substr(0, 4096)).starts_with('{')) {
    read_tree(file, list);
  } else {
    TagReader(file.text, list).run();
  }
}

constexpr std::array paths = std::to_array<std::string_view>(
    {"*.spdx.json", "*.spdx", "*.spdx.txt", "*.spdx.tv", "bom.json", "sbom*.json", "*sbom.json", "*spdx*.json",
     "sbom*.spdx", "*.spdx.jsonld", "*.spdx.yml", "*.spdx.yaml"});

bool
claims(std::string_view path, std::string_view text)
{
  for (const std::string_view end : {".spdx.json", ".spdx", ".spdx.jsonld", ".spdx.yml", ".spdx.yaml"}) {
    if (path.ends_with(end)) {
      return true;
    }
  }
  return text.find("\"spdxVersion\"") != std::string_view::npos || text.find("SPDXVersion:") != std::string_view::npos
         || text.find("spdx.org/rdf/3") != std::string_view::npos;
}

}  // namespace

extern const Lockfile lockfile_spdx{.id = "spdx",
                                    .title = "SPDX",
                                    .purpose = Purpose::bill,
                                    .hashed = Hashed::some,
                                    .weak_hash = WeakHash::as_good_as_it_gets,
                                    .manifest = ManifestKind::not_searched,
                                    .installer = Installer::other,
                                    .paths = paths,
                                    .claims = claims,
                                    .read = read};

}  // namespace sluice::deps
