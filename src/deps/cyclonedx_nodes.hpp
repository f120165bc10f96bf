// SPDX-License-Identifier: Apache-2.0
//
// CycloneDX has one model and two spellings. A reader is written once, over nodes that are of either.
#pragma once

#include "data/data.hpp"
#include "deps/xml.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace sluice::deps {

/// Whether it is a version from 1.`first` to the last one that is known.
[[nodiscard]] inline bool
is_cyclonedx_version(std::string_view version, char first)
{
  return version.size() == 3 && version.starts_with("1.") && version[2] >= first && version[2] <= '7';
}

/// The version of a document of XML: the end of its namespace, which may have a prefix or none. Empty if there is none.
[[nodiscard]] inline std::string_view
cyclonedx_version_in(std::string_view text)
{
  constexpr std::string_view schema = "cyclonedx.org/schema/bom/";
  const std::size_t at = text.find(schema);
  const std::string_view rest = at == std::string_view::npos ? std::string_view() : text.substr(at + schema.size());
  return rest.substr(0, rest.find_first_of("\"' >"));
}

/// Name and value of a property, or algorithm and sum of a hash.
struct CyclonedxPair
{
  std::string_view first, second;
};

/// The document as JSON has it. What XML has as an element in a list of its kind is an item of a list here.
class CyclonedxJson
{
public:
  explicit CyclonedxJson(Value value)
      : value_(value)
  {}
  explicit operator bool() const { return static_cast<bool>(value_); }
  [[nodiscard]] std::uint32_t
  line() const
  {
    return value_.line();
  }
  [[nodiscard]] CyclonedxJson
  child(std::string_view name) const
  {
    return CyclonedxJson(value_[name]);
  }
  [[nodiscard]] std::string_view
  text(std::string_view name) const
  {
    return value_[name].scalar();
  }
  [[nodiscard]] std::string_view
  attribute(std::string_view name) const
  {
    return value_[name].text();
  }
  template<typename Take>
  void
  each(std::string_view list, std::string_view /*item*/, Take take) const
  {
    for (const Value item : value_[list]) {
      take(CyclonedxJson(item));
    }
  }
  /// The texts of a list of texts.
  template<typename Take>
  void
  each_text(std::string_view list, std::string_view /*item*/, Take take) const
  {
    for (const Value item : value_[list]) {
      take(item.text());
    }
  }
  [[nodiscard]] CyclonedxPair
  property() const
  {
    return {value_["name"].text(), value_["value"].text()};
  }
  [[nodiscard]] CyclonedxPair
  hash() const
  {
    return {value_["alg"].text(), value_["content"].text()};
  }
  template<typename Take>
  void
  each_needed(Take take) const
  {
    for (const Value needed : value_["dependsOn"]) {
      take(needed.text());
    }
  }
  [[nodiscard]] std::vector<std::string_view>
  licences() const
  {
    std::vector<std::string_view> said;
    for (const Value each : value_["licenses"]) {
      const Value licence = each["license"]["id"] ? each["license"]["id"] : each["license"]["name"];
      said.push_back(each["expression"] ? each["expression"].text() : licence.text());
    }
    return said;
  }

private:
  Value value_;
};

/// Likewise as XML has it.
class CyclonedxXml
{
public:
  explicit CyclonedxXml(Element element)
      : element_(element)
  {}
  explicit operator bool() const { return static_cast<bool>(element_); }
  [[nodiscard]] std::uint32_t
  line() const
  {
    return element_.line();
  }
  [[nodiscard]] CyclonedxXml
  child(std::string_view name) const
  {
    return CyclonedxXml(element_.child(name));
  }
  [[nodiscard]] std::string_view
  text(std::string_view name) const
  {
    return element_.child(name).text();
  }
  [[nodiscard]] std::string_view
  attribute(std::string_view name) const
  {
    return element_.attribute(name);
  }
  template<typename Take>
  void
  each(std::string_view list, std::string_view item, Take take) const
  {
    for (const Element each : element_.child(list)) {
      if (each.name() == item) {
        take(CyclonedxXml(each));
      }
    }
  }
  template<typename Take>
  void
  each_text(std::string_view list, std::string_view item, Take take) const
  {
    for (const Element each : element_.child(list)) {
      if (each.name() == item) {
        take(each.text());
      }
    }
  }
  [[nodiscard]] CyclonedxPair
  property() const
  {
    return {element_.attribute("name"), element_.text()};
  }
  [[nodiscard]] CyclonedxPair
  hash() const
  {
    return {element_.attribute("alg"), element_.text()};
  }
  template<typename Take>
  void
  each_needed(Take take) const
  {
    for (const Element needed : element_) {
      take(needed.attribute("ref"));
    }
  }
  [[nodiscard]] std::vector<std::string_view>
  licences() const
  {
    std::vector<std::string_view> said;
    for (const Element each : element_.child("licenses")) {
      const Element licence = each.child("id") ? each.child("id") : each.child("name");
      said.push_back(each.name() == "expression" ? each.text() : licence.text());
    }
    return said;
  }

private:
  Element element_;
};

}  // namespace sluice::deps
