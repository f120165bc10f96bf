// SPDX-License-Identifier: Apache-2.0
//
// CycloneDX 1.2 to 1.7 in JSON and XML (cyclonedx.org/docs). Components may lie in components; what they are for the
// registry is told by their package URLs, who needs whom by "dependencies", and what the document describes by
// metadata.component. "scope" is required, optional or excluded: the last is not part of what runs, as a test's
// packages are.
#include "base/text.hpp"
#include "deps/cyclonedx_nodes.hpp"
#include "deps/reading.hpp"
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
  return is_cyclonedx_version(version, '2');
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

constexpr std::string_view what_version = "CycloneDX version";

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
    return has_shape(each["properties"], Data::Kind::list, list)
           && have_shape(each["properties"], Data::Kind::table, list) && are_components(each["components"], list);
  });  // NOLINT(misc-no-recursion)
}

bool
has_known_shape(Value root, PackageList& list)
{
  const Value subject = root["metadata"]["component"];
  const Value needs = root["dependencies"];
  return has_shape(root["metadata"], Data::Kind::table, list) && has_shape(subject, Data::Kind::table, list)
         && are_components(subject["components"], list) && are_components(root["components"], list)
         && has_shape(needs, Data::Kind::list, list) && have_shape(needs, Data::Kind::table, list)
         && std::all_of(needs.begin(), needs.end(),
                        [&list](Value each) { return has_shape(each["dependsOn"], Data::Kind::list, list); });
}

template<typename Node> class BomReader
{
public:
  explicit BomReader(PackageList& list)
      : list_(list),
        sbom_(list)
  {}

  void
  read(Node root)
  {
    const Node metadata = root.child("metadata");
    const Node subject = metadata.child("component");
    if (subject) {
      sbom_.add_root(subject.attribute("bom-ref"));
      note_system(subject);
    }
    root.each("components", "component", [this](Node component) { note_system(component); });
    tell_gaps(root, metadata);
    // What lies in the subject is part of what it is made of.
    root.each("dependencies", "dependency", [this](Node) { has_graph_ = true; });
    add_all(subject, subject.attribute("bom-ref"));
    add_all(root, {});
    root.each("dependencies", "dependency", [this](Node dependency) {
      const std::string_view from = dependency.attribute("ref");
      dependency.each_needed([&](std::string_view needed) { sbom_.need(from, needed); });
    });
    sbom_.finish();
  }

private:
  void
  note_system(Node component)
  {
    if (component.attribute("type") == "operating-system") {
      sbom_.set_system(fmt::format("{}-{}", component.text("name"), component.text("version")));
    }
  }

  /// What a bill of our own says that it lacks, or else that another tool says so ("compositions").
  void
  tell_gaps(Node root, Node metadata)
  {
    bool is_told = false;
    metadata.each("properties", "property", [&](Node each) {
      if (const CyclonedxPair property = each.property(); property.first == "sluice:gap") {
        list_.gap(GapKind::no_data, each.line(), incomplete_bill(property.second));
        is_told = true;
      }
    });
    root.each("compositions", "composition", [&](Node composition) {
      const std::string_view aggregate = composition.text("aggregate");
      if (!is_told && aggregate.starts_with("incomplete")) {
        list_.gap(GapKind::no_data, composition.line(),
                  incomplete_bill(fmt::format("its maker calls it {}", aggregate)),
                  "Have the tool that makes the document list everything");
        is_told = true;
      }
    });
  }

  // As deep as documents are read, Data::max_depth and Xml::max_depth.
  void
  add_all(Node parent, std::string_view whole)  // NOLINT(misc-no-recursion)
  {
    parent.each("components", "component", [&](Node component) {  // NOLINT(misc-no-recursion)
      add(component);
      const std::string_view reference = component.attribute("bom-ref");
      if (has_graph_ && !whole.empty() && !reference.empty()) {
        sbom_.contain(whole, reference);
      }
      add_all(component, reference.empty() ? whole : reference);
    });
  }

  void
  add(Node component)
  {
    Sbom::Component said;
    said.reference = component.attribute("bom-ref");
    said.name = component.text("name");
    said.version = component.text("version");
    said.purl = component.text("purl");
    said.kind = component.attribute("type");
    said.scope = scope_of(component.text("scope"));
    said.line = component.child("name") ? component.child("name").line() : component.line();
    said.licence = all_of(component.licences(), list_);
    component.each("hashes", "hash", [&](Node each) {
      if (const CyclonedxPair hash = each.hash(); said.integrity.empty()) {
        said.integrity = list_.keep(fmt::format("{}:{}", hash.first, hash.second));
      }
    });
    component.each("properties", "property", [&said](Node each) {
      const CyclonedxPair property = each.property();
      if (is_development_property(property.first, property.second)) {
        said.scope = Scope::dev;
      }
      if (property.first.starts_with(own_properties)) {
        Sbom::take_statement(said, property.first.substr(own_properties.size()), property.second);
      }
    });
    sbom_.add(said);
  }

  PackageList& list_;
  Sbom sbom_;
  bool has_graph_ = false;  ///< else all that is known is what is there
};

/// Whether an element holds a list of its kind once, or none, and no text where elements must be: a walk over it would
/// find nothing where there was something. As deep as documents are read, Xml::max_depth.
bool
has_list(Element parent, std::string_view name, PackageList& list)  // NOLINT(misc-no-recursion)
{
  const Element found = parent.child(name);
  if (parent.count(name) > 1 || !found.text().empty()) {
    list.refuse(GapKind::unparsable, found.line(),
                parent.count(name) > 1 ? fmt::format("<{}> stands twice in one element", name)
                                       : fmt::format("<{}> has text where elements must be", name));
    return false;
  }
  for (const Element each : found) {  // NOLINT(misc-no-recursion)
    if (name == "components" && each.name() == "component"
        && (!has_list(each, "properties", list) || !has_list(each, name, list))) {
      return false;
    }
  }
  return true;
}

bool
has_known_shape(Element root, PackageList& list)
{
  if (!root.text().empty()) {
    list.refuse(GapKind::unparsable, root.line(), "<bom> has text where elements must be");
    return false;
  }
  return has_list(root, "metadata", list) && has_list(root.child("metadata"), "component", list)
         && has_list(root.child("metadata").child("component"), "components", list)
         && has_list(root, "components", list) && has_list(root, "dependencies", list);
}

void
read_xml_bom(const LockText& file, PackageList& list)
{
  const auto xml = xml_document(file, list, "bom");
  if (xml == nullptr) {
    return;
  }
  const std::string_view version = cyclonedx_version_in(file.text);
  if (!is_known_version(version)) {
    list.refuse(GapKind::unknown_format, xml->root().line(), version_why(version, what_version));
  } else if (has_known_shape(xml->root(), list)) {
    BomReader<CyclonedxXml>(list).read(CyclonedxXml(xml->root()));
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
    refuse_version(list, root["specVersion"], what_version);
    return;
  }
  if (root["bomFormat"].text() != "CycloneDX") {
    list.refuse(GapKind::unknown_format, root["bomFormat"].line(), "its bomFormat is not CycloneDX");
    return;
  }
  if (has_known_shape(root, list)) {
    BomReader<CyclonedxJson>(list).read(CyclonedxJson(root));
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

extern const Lockfile lockfile_cyclonedx{.id = "cyclonedx",
                                         .title = "CycloneDX",
                                         .purpose = Purpose::bill,
                                         .hashed = Hashed::some,
                                         .weak_hash = WeakHash::as_good_as_it_gets,
                                         .manifest = ManifestKind::not_searched,
                                         .installer = Installer::other,
                                         .paths = paths,
                                         .claims = claims,
                                         .read = read};

}  // namespace sluice::deps
