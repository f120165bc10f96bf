// SPDX-License-Identifier: Apache-2.0
//
// CycloneDX 1.2 to 1.7 in JSON and XML (cyclonedx.org/docs). Components may lie in components; what they are for the
// registry is told by their package URLs, who needs whom by "dependencies", and what the document describes by
// metadata.component. "scope" is required, optional or excluded: the last is not part of what runs, as a test's
// packages are.
#include "base/text.hpp"
#include "deps/documents.hpp"
#include "deps/sbom.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace sluice::deps {

namespace {

bool
is_known_version(std::string_view version)
{
  return version.size() == 3 && version.starts_with("1.") && version[2] >= '2' && version[2] <= '7';
}

Scope
scope_of(std::string_view said)
{
  return said == "excluded" ? Scope::dev : said == "optional" ? Scope::optional : Scope::runtime;
}

/// npm's and Python's tools write what is for development as a property of their own.
bool
is_development_property(std::string_view name, std::string_view value)
{
  return value == "true"
         && (name == "cdx:npm:package:development" || name == "cdx:composer:package:isDevRequirement"
             || name == "cdx:pnpm:package:development" || name == "cdx:yarn:package:development");
}

constexpr std::string_view own_properties = "sluice:";

void
refuse_version(PackageList& list, std::uint32_t line, std::string_view version)
{
  list.refuse(GapKind::unknown_format, line, fmt::format("CycloneDX {} is not known", printable(version)));
}

/// Several licences are all of them.
std::string_view
all_of(const std::vector<std::string_view>& licences, PackageList& list)
{
  std::string all;
  for (const std::string_view each : licences) {
    const std::string_view licence = spdx_licence(each);
    if (!licence.empty()) {
      all += all.empty() ? "" : " AND ";
      all += licences.size() == 1 ? std::string(licence) : fmt::format("({})", licence);
    }
  }
  return all.empty() ? std::string_view() : list.keep(std::move(all));
}

/// As deep as documents are read, Data::max_depth.
bool
are_components(Value components, PackageList& list)  // NOLINT(misc-no-recursion)
{
  if (!has_shape(components, Data::Kind::list, list) || !have_shape(components, Data::Kind::table, list)) {
    return false;
  }
  return std::all_of(components.begin(), components.end(), [&list](Value each) {
    return are_components(each["components"], list);
  });  // NOLINT(misc-no-recursion)
}

bool
has_known_shape(Value root, PackageList& list)
{
  const Value subject = root["metadata"]["component"];
  const Value needs = root["dependencies"];
  return has_shape(root["metadata"], Data::Kind::table, list) && has_shape(subject, Data::Kind::table, list)
         && are_components(subject["components"], list) && are_components(root["components"], list)
         && has_shape(needs, Data::Kind::list, list) && have_shape(needs, Data::Kind::table, list);
}

class JsonBom
{
public:
  JsonBom(Value root, PackageList& list)
      : list_(list),
        sbom_(list)
  {
    const Value subject = root["metadata"]["component"];
    if (subject) {
      sbom_.add_root(subject["bom-ref"].text());
      note_system(subject);
    }
    for (const Value component : root["components"]) {
      note_system(component);
    }
    for (const Value property : root["metadata"]["properties"]) {
      if (property["name"].text() == "sluice:gap") {
        list_.gap(GapKind::no_data, property.line(), incomplete_bill(property["value"].text()));
      }
    }
    // What lies in the subject is part of what it is made of.
    has_graph_ = root["dependencies"].size() != 0;
    add_all(subject["components"], subject["bom-ref"].text());
    add_all(root["components"], {});
    for (const Value dependency : root["dependencies"]) {
      for (const Value needed : dependency["dependsOn"]) {
        sbom_.need(dependency["ref"].text(), needed.text());
      }
    }
    sbom_.finish();
  }

private:
  void
  note_system(Value component)
  {
    if (component["type"].text() == "operating-system") {
      sbom_.set_system(fmt::format("{}-{}", component["name"].text(), component["version"].scalar()));
    }
  }

  // As deep as documents are read, Data::max_depth.
  void
  add_all(Value components, std::string_view whole)  // NOLINT(misc-no-recursion)
  {
    for (const Value component : components) {
      add(component);
      const std::string_view reference = component["bom-ref"].text();
      if (has_graph_ && !whole.empty() && !reference.empty()) {
        sbom_.contain(whole, reference);
      }
      add_all(component["components"], reference.empty() ? whole : reference);
    }
  }

  void
  add(Value component)
  {
    Sbom::Component said;
    said.reference = component["bom-ref"].text();
    said.name = component["name"].text();
    said.version = component["version"].scalar();
    said.purl = component["purl"].text();
    said.kind = component["type"].text();
    said.scope = scope_of(component["scope"].text());
    said.line = component["name"] ? component["name"].line() : component.line();
    said.licence = licence_of(component["licenses"]);
    const Value hash = component["hashes"].item(0);
    if (hash) {
      said.integrity = list_.keep(fmt::format("{}:{}", hash["alg"].text(), hash["content"].text()));
    }
    for (const Value property : component["properties"]) {
      if (is_development_property(property["name"].text(), property["value"].text())) {
        said.scope = Scope::dev;
      }
      if (const std::string_view name = property["name"].text(); name.starts_with(own_properties)) {
        Sbom::take_statement(said, name.substr(own_properties.size()), property["value"].text());
      }
    }
    sbom_.add(said);
  }

  std::string_view
  licence_of(Value licences)
  {
    std::vector<std::string_view> said;
    for (const Value each : licences) {
      const Value licence = each["license"]["id"] ? each["license"]["id"] : each["license"]["name"];
      said.push_back(each["expression"] ? each["expression"].text() : licence.text());
    }
    return all_of(said, list_);
  }

  PackageList& list_;
  Sbom sbom_;
  bool has_graph_ = false;  ///< else all that is known is what is there
};

class XmlBom
{
public:
  XmlBom(Element root, PackageList& list)
      : list_(list),
        sbom_(list)
  {
    const Element subject = root.child("metadata").child("component");
    if (subject) {
      sbom_.add_root(subject.attribute("bom-ref"));
      note_system(subject);
    }
    for (const Element component : root.child("components")) {
      note_system(component);
    }
    has_graph_ = static_cast<bool>(root.child("dependencies"));
    add_all(subject.child("components"), subject.attribute("bom-ref"));
    add_all(root.child("components"), {});
    for (const Element dependency : root.child("dependencies")) {
      for (const Element needed : dependency) {
        sbom_.need(dependency.attribute("ref"), needed.attribute("ref"));
      }
    }
    sbom_.finish();
  }

private:
  void
  note_system(Element component)
  {
    if (component.attribute("type") == "operating-system") {
      sbom_.set_system(fmt::format("{}-{}", component.child("name").text(), component.child("version").text()));
    }
  }

  // As deep as documents are read, Xml::max_depth.
  void
  add_all(Element components, std::string_view whole)  // NOLINT(misc-no-recursion)
  {
    for (const Element component : components) {
      if (component.name() != "component") {
        continue;
      }
      add(component);
      const std::string_view reference = component.attribute("bom-ref");
      if (has_graph_ && !whole.empty() && !reference.empty()) {
        sbom_.contain(whole, reference);
      }
      add_all(component.child("components"), reference.empty() ? whole : reference);
    }
  }

  void
  add(Element component)
  {
    Sbom::Component said;
    said.reference = component.attribute("bom-ref");
    said.name = component.child("name").text();
    said.version = component.child("version").text();
    said.purl = component.child("purl").text();
    said.kind = component.attribute("type");
    said.scope = scope_of(component.child("scope").text());
    said.line = component.child("name") ? component.child("name").line() : component.line();
    said.licence = licence_of(component.child("licenses"));
    if (const Element hash = component.child("hashes").child("hash")) {
      said.integrity = list_.keep(fmt::format("{}:{}", hash.attribute("alg"), hash.text()));
    }
    for (const Element property : component.child("properties")) {
      if (is_development_property(property.attribute("name"), property.text())) {
        said.scope = Scope::dev;
      }
    }
    sbom_.add(said);
  }

  std::string_view
  licence_of(Element licences)
  {
    std::vector<std::string_view> said;
    for (const Element each : licences) {
      const Element licence = each.child("id") ? each.child("id") : each.child("name");
      said.push_back(each.name() == "expression" ? each.text() : licence.text());
    }
    return all_of(said, list_);
  }

  PackageList& list_;
  Sbom sbom_;
  bool has_graph_ = false;
};

void
read_xml_bom(const LockText& file, PackageList& list)
{
  auto read = read_xml(file.text);
  if (!read) {
    list.refuse(GapKind::unparsable, read.error().line, std::move(read.error().what));
    return;
  }
  const auto xml = std::make_shared<const Xml>(*std::move(read));
  list.keep(xml);
  // The version is the end of the namespace, which may have a prefix or none.
  constexpr std::string_view schema = "cyclonedx.org/schema/bom/";
  const std::size_t at = std::min(file.text.find(schema), file.text.size() - schema.size());
  const std::string_view rest = file.text.substr(at + schema.size());
  const std::string_view version = rest.substr(0, rest.find_first_of("\"' >"));
  if (xml->root().name() != "bom") {
    list.refuse(GapKind::unknown_format, xml->root().line(), "its root is not <bom>");
  } else if (!is_known_version(version)) {
    refuse_version(list, xml->root().line(), version);
  } else {
    XmlBom(xml->root(), list);
  }
}

void
read(const LockText& file, PackageList& list)
{
  if (trim(file.text.substr(0, 4096)).starts_with('<')) {
    read_xml_bom(file, list);
    return;
  }
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  if (!is_known_version(root["specVersion"].scalar())) {
    refuse_version(list, root["specVersion"].line(), root["specVersion"].scalar());
    return;
  }
  if (root["bomFormat"].text() != "CycloneDX") {
    list.refuse(GapKind::unknown_format, root["bomFormat"].line(), "its bomFormat is not CycloneDX");
    return;
  }
  if (has_known_shape(root, list)) {
    JsonBom(root, list);
  }
}

constexpr std::array paths = std::to_array<std::string_view>(
    {"*.cdx.json", "*.cdx.xml", "bom.json", "bom.xml", "*-bom.json", "*-bom.xml", "*_bom.json", "sbom*.json",
     "sbom*.xml", "*sbom.json", "*sbom.xml", "*.bom.json", "*.bom.xml", "*cyclonedx*.json", "*cyclonedx*.xml"});

/// By name where it says it, else by what every document says of itself.
bool
claims(std::string_view path, std::string_view text)
{
  if (path.ends_with(".cdx.json") || path.ends_with(".cdx.xml")) {
    return true;
  }
  return text.find("cyclonedx.org/schema/bom") != std::string_view::npos
         || (text.find("\"bomFormat\"") != std::string_view::npos && text.find("CycloneDX") != std::string_view::npos);
}

}  // namespace

extern const Lockfile lockfile_cyclonedx{
    .id = "cyclonedx", .title = "CycloneDX", .paths = paths, .claims = claims, .read = read};

}  // namespace sluice::deps
