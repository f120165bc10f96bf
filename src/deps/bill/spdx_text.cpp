// SPDX-License-Identifier: Apache-2.0
//
// SPDX 2.3 (spdx.github.io/spdx-spec/v2.3) in JSON. The document describes one package, the project, and relationships
// say who needs whom and what for. A time is required: where there is none the first second of 1970 stands for it.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "deps/bill/bill.hpp"
#include "deps/bill/fetch_uri.hpp"
#include "deps/bill/licence_text.hpp"
#include "deps/integrity.hpp"

#include <fmt/format.h>

#include <map>

namespace sluice::deps {

namespace {

constexpr std::string_view document_id = "SPDXRef-DOCUMENT";
constexpr std::string_view root_id = "SPDXRef-Subject";
constexpr std::string_view nothing = "NOASSERTION";

/// Letters, digits, dots and hyphens are all that an identifier may have; the digest keeps apart what they make alike.
std::string
id_of(const Bill::Component& component)
{
  constexpr std::size_t most = 64;
  std::string id = "SPDXRef-Package-";
  for (const char c : component.package.name.substr(0, most)) {
    id += is_letter(c) || is_digit(c) || c == '.' ? c : '-';
  }
  return fmt::format("{}-{}", id, to_hex(sha256(component.reference)).substr(0, 16));
}

class SpdxWriter
{
public:
  explicit SpdxWriter(const Bill& bill)
      : bill_(bill),
        created_(rfc3339(bill.created.value_or(std::chrono::sys_seconds()))),
        tool_(fmt::format("Tool: sluice-deps-{}", bill.tool_version))
  {
    for (const Bill::Component& component : bill.components) {
      ids_.push_back(id_of(component));
    }
  }

  std::string
  text()
  {
    Json packages = Json::array({subject()});
    for (std::size_t i = 0; i < bill_.components.size(); ++i) {
      packages.push_back(package_json(bill_.components[i], ids_[i]));
    }
    Json document{{"spdxVersion", "SPDX-2.3"},
                  {"dataLicense", "CC0-1.0"},
                  {"SPDXID", document_id},
                  {"name", bill_.subject.empty() ? "project" : bill_.subject},
                  {"documentNamespace", ""},
                  {"creationInfo", {{"created", created_}, {"creators", Json::array({tool_})}}},
                  {"documentDescribes", Json::array({root_id})},
                  {"packages", std::move(packages)},
                  {"relationships", relationships()}};
    if (!licences_.empty()) {
      document.at("hasExtractedLicensingInfos") = Json::array_of(licences_, [](const auto& licence) {
        return Json{{"licenseId", licence.first}, {"extractedText", licence.second}, {"name", licence.second}};
      });
    }
    if (!bill_.gaps.empty()) {
      document.at("comment") = "This document is incomplete: parts of the lockfiles could not be read.";
      document.at("annotations") =
          Json::array_of(bill_.gaps, [this](const std::string& gap) { return annotation("gap", gap); });
    }
    document.at("documentNamespace") =
        fmt::format("https://spdx.org/spdxdocs/sluice-deps-{}", to_hex(sha256(document.dump())));
    return json_text(document);
  }

private:
  [[nodiscard]] Json
  annotation(std::string_view key, std::string_view value) const
  {
    return {{"annotationDate", created_},
            {"annotationType", "OTHER"},
            {"annotator", tool_},
            {"comment", fmt::format("sluice:{}={}", key, value)}};
  }

  [[nodiscard]] Json
  subject() const
  {
    return {{"name", bill_.subject.empty() ? "project" : bill_.subject},
            {"SPDXID", root_id},
            {"downloadLocation", nothing},
            {"filesAnalyzed", false},
            {"primaryPackagePurpose", "APPLICATION"},
            {"licenseConcluded", nothing},
            {"licenseDeclared", nothing},
            {"copyrightText", nothing}};
  }

  /// What is not of the SPDX list gets an identifier of the document's own.
  std::string
  licence(std::string_view written)
  {
    LicenceText licence = licence_text(written);
    if (licence.kind == LicenceText::Kind::none) {
      return std::string(nothing);
    }
    if (licence.kind != LicenceText::Kind::name) {
      return std::move(licence.text);
    }
    std::string id = fmt::format("LicenseRef-sluice-{}", to_hex(sha256(licence.text)).substr(0, 16));
    licences_.emplace(id, std::move(licence.text));
    return id;
  }

  /// SPDX's own validator takes no other hosts for any.
  static std::string
  download_location(const Package& package)
  {
    const std::string uri = fetch_uri(package);
    return has_domain(uri) ? uri : std::string(nothing);
  }

  /// "package-lock.json:12, web/yarn.lock:3"
  static std::string
  source_info(const Bill::Component& component)
  {
    std::string text = "named in ";
    for (std::size_t i = 0; i < component.places.size(); ++i) {
      const Bill::Place& place = component.places[i];
      text.append(i == 0 ? "" : ", ").append(place.path);
      text += place.line == 0 ? "" : fmt::format(":{}", place.line);
    }
    return text;
  }

  Json
  package_json(const Bill::Component& component, std::string_view id)
  {
    const Package& package = component.package;
    Json json{{"name", package.name.empty() ? nothing : package.name}, {"SPDXID", id}};
    if (!package.version.empty()) {
      json.at("versionInfo") = package.version;
    }
    json.at("downloadLocation") = download_location(package);
    json.at("filesAnalyzed") = false;
    json.at("primaryPackagePurpose") = component.is_member() ? "APPLICATION" : "LIBRARY";
    json.at("licenseConcluded") = nothing;
    json.at("licenseDeclared") = licence(package.licence);
    json.at("copyrightText") = nothing;
    json.at("sourceInfo") = source_info(component);
    add_hashes(package, json);
    if (!component.purl.empty()) {
      json.at("externalRefs") = Json::array({{{"referenceCategory", "PACKAGE-MANAGER"},
                                              {"referenceType", "purl"},
                                              {"referenceLocator", component.purl}}});
    }
    add_annotations(component, json);
    return json;
  }

  static void
  add_hashes(const Package& package, Json& json)
  {
    Json sums = Json::array_of(file_hashes(package), [](const Hash& hash) {
      return Json{{"algorithm", replace_all(shown_algorithm(hash), "-", "")}, {"checksumValue", hash.digest}};
    });
    if (sums.size() != 0) {
      json.at("checksums") = std::move(sums);
    }
  }

  void
  add_annotations(const Bill::Component& component, Json& json) const
  {
    Json all = Json::array();
    for (const auto& [key, value] : statements_of(component)) {
      all.push_back(annotation(key, value));
    }
    if (!component.package.integrity.empty() && json.find("checksums") == nullptr) {
      all.push_back(annotation("integrity", component.package.integrity));
    }
    if (all.size() != 0) {
      json.at("annotations") = std::move(all);
    }
  }

  static Json
  relationship(std::string_view from, std::string_view type, std::string_view to)
  {
    return {{"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
  }

  /// There is none for peers: they run with what asks for them. Which they are is told of the package.
  static Json
  needed(std::string_view from, const Bill::Need& need, std::string_view to)
  {
    switch (need.scope) {
    case Scope::runtime:
    case Scope::peer:
      return relationship(from, "DEPENDS_ON", to);
    case Scope::optional:
      return relationship(to, "OPTIONAL_DEPENDENCY_OF", from);
    case Scope::build:
      return relationship(to, "BUILD_DEPENDENCY_OF", from);
    case Scope::dev:
      return relationship(to, "DEV_DEPENDENCY_OF", from);
    }
    return relationship(from, "DEPENDS_ON", to);
  }

  [[nodiscard]] Json
  relationships() const
  {
    Json all = Json::array({relationship(document_id, "DESCRIBES", root_id)});
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (bill_.components[i].is_member()) {
        all.push_back(relationship(root_id, "CONTAINS", ids_[i]));
      }
    }
    for (const Bill::Need& need : bill_.root_needs) {
      all.push_back(needed(root_id, need, ids_[need.to]));
    }
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      for (const Bill::Need& need : bill_.components[i].needs) {
        all.push_back(needed(ids_[i], need, ids_[need.to]));
      }
    }
    return all;
  }

  const Bill& bill_;
  std::string created_, tool_;
  std::vector<std::string> ids_;
  std::map<std::string, std::string> licences_;
};

}  // namespace

std::string
spdx_text(const Bill& bill)
{
  return SpdxWriter(bill).text();
}

}  // namespace sluice::deps
