// SPDX-License-Identifier: Apache-2.0
//
// CycloneDX 1.6 (cyclonedx.org/docs/1.6/json). The project is metadata.component, and what is its own lies within it:
// members are part of it. What others publish are components; "dependencies" has an entry for each one of both, for
// none means that it is not known. Of five scopes CycloneDX has three: peers run, and tools for building do not.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "base/uuid.hpp"
#include "deps/bill/bill.hpp"
#include "deps/bill/fetch_uri.hpp"
#include "deps/bill/licence_text.hpp"
#include "deps/integrity.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

constexpr std::string_view root_reference = "sluice:subject";

std::string_view
scope_name(Scope scope)
{
  switch (scope) {
  case Scope::runtime:
  case Scope::peer:
    return "required";
  case Scope::optional:
    return "optional";
  case Scope::build:
  case Scope::dev:
    return "excluded";
  }
  return "required";
}

Json
property(std::string_view key, std::string_view value)
{
  return {{"name", fmt::format("sluice:{}", key)}, {"value", value}};
}

Json
licences_of(std::string_view written)
{
  const LicenceText licence = licence_text(written);
  switch (licence.kind) {
  case LicenceText::Kind::none:
    break;
  case LicenceText::Kind::id:
    return Json::array({{{"license", {{"id", licence.text}}}}});
  case LicenceText::Kind::expression:
    return Json::array({{{"expression", licence.text}}});
  case LicenceText::Kind::name:
    return Json::array({{{"license", {{"name", licence.text}}}}});
  }
  return Json::array();
}

Json
occurrence(const Bill::Place& place)
{
  Json json{{"location", place.path}};
  if (place.line != 0) {
    json.at("line") = place.line;
  }
  return json;
}

Json
properties_of(const Bill::Component& component, bool has_hashes)
{
  Json all = Json::array();
  for (const auto& [key, value] : statements_of(component)) {
    all.push_back(property(key, value));
  }
  if (!component.package.integrity.empty() && !has_hashes) {
    all.push_back(property("integrity", component.package.integrity));
  }
  return all;
}

void
add_unless_empty(Json& object, std::string_view key, Json list)
{
  if (list.size() != 0) {
    object.at(key) = std::move(list);
  }
}

Json
component_json(const Bill::Component& component)
{
  const Package& package = component.package;
  Json json{{"type", component.is_member() ? "application" : "library"},
            {"bom-ref", component.reference},
            {"name", package.name}};
  if (!package.version.empty()) {
    json.at("version") = package.version;
  }
  json.at("scope") = scope_name(package.scope);
  const std::vector<Hash> hashes = file_hashes(package);
  add_unless_empty(json, "hashes", Json::array_of(hashes, [](const Hash& hash) {
                     return Json{{"alg", shown_algorithm(hash)}, {"content", hash.digest}};
                   }));
  add_unless_empty(json, "licenses", licences_of(package.licence));
  if (!component.purl.empty()) {
    json.at("purl") = component.purl;
  }
  if (const std::string uri = fetch_uri(package); !uri.empty()) {
    json.at("externalReferences") =
        Json::array({{{"type", package.source == Source::git ? "vcs" : "distribution"}, {"url", uri}}});
  }
  add_unless_empty(json, "properties", properties_of(component, !hashes.empty()));
  json.at("evidence") = {{"occurrences", Json::array_of(component.places, occurrence)}};
  return json;
}

/// Those of the project or those of others.
Json
components_json(const Bill& bill, Part part)
{
  Json all = Json::array();
  for (const Bill::Component& component : bill.components) {
    if (component.is_member() == (part == Part::member)) {
      all.push_back(component_json(component));
    }
  }
  return all;
}

Json
subject_json(const Bill& bill)
{
  Json json{{"type", "application"}, {"bom-ref", root_reference}, {"name", bill.subject}};
  add_unless_empty(json, "components", components_json(bill, Part::member));
  return json;
}

Json
metadata_json(const Bill& bill)
{
  Json json = Json::object();
  if (bill.created) {
    json.at("timestamp") = rfc3339(*bill.created);
  }
  json.at("lifecycles") = Json::array({{{"phase", "pre-build"}}});
  json.at("tools") = {
      {"components",
       Json::array({{{"type", "application"}, {"name", "sluice-deps"}, {"version", bill.tool_version}}})}};
  json.at("component") = subject_json(bill);
  add_unless_empty(json, "properties",
                   Json::array_of(bill.gaps, [](const std::string& gap) { return property("gap", gap); }));
  return json;
}

Json
dependency(const Bill& bill, std::string_view reference, const std::vector<Bill::Need>& needs)
{
  return {{"ref", reference}, {"dependsOn", Json::array_of(needs, [&bill](const Bill::Need& need) {
                                 return Json(bill.components[need.to].reference);
                               })}};
}

Json
dependencies_json(const Bill& bill)
{
  Json all = Json::array({dependency(bill, root_reference, bill.root_needs)});
  for (const Bill::Component& component : bill.components) {
    all.push_back(dependency(bill, component.reference, component.needs));
  }
  return all;
}

}  // namespace

std::string
cyclonedx_text(const Bill& bill)
{
  Json document{{"$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"},
                {"bomFormat", "CycloneDX"},
                {"specVersion", "1.6"},
                {"serialNumber", ""},
                {"version", 1},
                {"metadata", metadata_json(bill)},
                {"components", components_json(bill, Part::third_party)},
                {"dependencies", dependencies_json(bill)},
                {"compositions", Json::array({{{"aggregate", bill.gaps.empty() ? "complete" : "incomplete"},
                                               {"assemblies", Json::array({root_reference})}}})}};
  document.at("serialNumber") = "urn:uuid:" + uuid_of(to_hex(sha256(document.dump())));
  return json_text(document);
}

}  // namespace sluice::deps
