// SPDX-License-Identifier: Apache-2.0
#include "deps/vex.hpp"

#include "base/text.hpp"
#include "deps/vex_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// Why a product is not affected (OpenVEX, "Status Justifications").
constexpr std::array justifications = std::to_array<std::string_view>(
    {"component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
     "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist"});

constexpr std::string_view no_format = "it is no VEX document: neither OpenVEX, nor CSAF, nor CycloneDX";

bool
has_url(const VexName& name)
{
  return !name->purls.empty();
}

bool
is_usable(const VexProduct& product)
{
  return product.parts == nullptr || product.parts->empty()
             ? has_url(product.self)
             : std::any_of(product.parts->begin(), product.parts->end(), has_url);
}

void
read_xml_vex(std::string_view text, VexReading& reading)
{
  if (const auto xml = read_xml(text); !xml) {
    reading.refuse(GapKind::unparsable, xml.error().line, xml.error().what);
  } else if (xml->root().name() != "bom") {
    reading.refuse(GapKind::unknown_format, 1, std::string(no_format));
  } else {
    reading.set_format("CycloneDX");
    read_cyclonedx_vex(xml->root(), text, reading);
  }
}

/// By what each format alone has at its root.
void
read_json_vex(std::string_view text, VexReading& reading)
{
  const auto data = read_json_data(text);
  if (!data) {
    reading.refuse(GapKind::unparsable, data.error().line, data.error().what);
    return;
  }
  const Value root = data->root();
  if (!data->duplicates().empty()) {
    reading.refuse(GapKind::unparsable, data->duplicates().front(),
                   "a key is there twice, and what counts is not told");
  } else if (root["@context"].is_text()) {
    reading.set_format("OpenVEX");
    read_open_vex(root, reading);
  } else if (root["bomFormat"].is_text()) {
    reading.set_format("CycloneDX");
    read_cyclonedx_vex(root, reading);
  } else if (root["document"]["csaf_version"]) {
    reading.set_format("CSAF");
    read_csaf_vex(root, reading);
  } else {
    reading.refuse(GapKind::unknown_format, 1, std::string(no_format));
  }
}

}  // namespace

void
VexReading::gap(GapKind kind, std::uint32_t line, std::string why)
{
  std::string subject = line == 0 ? document_.path : fmt::format("{}:{}", document_.path, line);
  document_.gaps.push_back(
      {kind, std::move(subject), std::move(why), "Mend the document; what it says does not count until then"});
}

void
VexReading::refuse(GapKind kind, std::uint32_t line, std::string why)
{
  if (!is_refused_) {
    gap(kind, line, std::move(why));
  }
  is_refused_ = true;
}

void
VexReading::tell(std::string notice)
{
  document_.notices.push_back(fmt::format("{}: {}", printable(document_.path), notice));
}

void
VexReading::add(VexStatement statement)
{
  std::erase_if(statement.products, [](const VexProduct& product) { return !is_usable(product); });
  if (statement.products.empty()) {
    without_product_.push_back(statement.line);
  } else if (!is_refused_) {
    document_.statements.push_back(std::move(statement));
  }
}

VexDocument
VexReading::finish()
{
  if (is_refused_) {
    document_.statements.clear();
  } else if (!without_product_.empty()) {
    tell(fmt::format("{} no product that has a package URL, and so does not count, the first at line {}",
                     counted(without_product_.size(), "statement names", "statements name"), without_product_.front()));
  }
  return std::move(document_);
}

VexName
vex_name(std::initializer_list<std::string_view> names)
{
  VexComponent component;
  for (const std::string_view name : names) {
    component.id = component.id.empty() ? std::string(name) : component.id;
    if (auto purl = name.starts_with("pkg:") ? parse_purl(name) : fail(ErrorKind::input, "no package URL")) {
      component.purls.push_back(*std::move(purl));
    }
  }
  return std::make_shared<const VexComponent>(std::move(component));
}

bool
is_vex_justification(std::string_view text)
{
  return std::find(justifications.begin(), justifications.end(), text) != justifications.end();
}

std::string
vex_reason(std::initializer_list<std::string_view> parts)
{
  std::vector<std::string> said;
  for (const std::string_view part : parts) {
    if (!trim(part).empty()) {
      said.emplace_back(ellipsis(trim(part), 300));
    }
  }
  return join(said, ": ");
}

VexDocument
read_vex(std::string path, std::string_view text)
{
  VexReading reading(std::move(path));
  if (trim(text.substr(0, 4096)).starts_with('<')) {
    read_xml_vex(text, reading);
  } else {
    read_json_vex(text, reading);
  }
  return reading.finish();
}

}  // namespace sluice::deps
