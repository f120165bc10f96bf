// SPDX-License-Identifier: Apache-2.0
//
// pugixml parses without recursion and tells where an element begins; what it lets pass is looked for here: a second
// root, text beside the root, and NUL, at which it takes a document for ended.
#include "deps/xml.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

namespace sluice::deps {

namespace {

/// Without its prefix; of a name that is nothing but one, the name.
std::string_view
local(std::string_view name)
{
  const std::string_view rest = name.substr(name.find(':') + 1);
  return rest.empty() ? name : rest;
}

}  // namespace

/// What somebody who looks at the line can do something with.
std::string_view
words_of(pugi::xml_parse_status status)
{
  switch (status) {
  case pugi::status_end_element_mismatch:
    return "an element is not closed, or another than the last one that was opened is";
  case pugi::status_bad_start_element:
  case pugi::status_bad_end_element:
  case pugi::status_bad_attribute:
  case pugi::status_unrecognized_tag:
    return "a tag is not written as one";
  case pugi::status_bad_comment:
    return "a comment is not closed";
  case pugi::status_bad_cdata:
    return "a CDATA section is not closed";
  case pugi::status_bad_doctype:
  case pugi::status_bad_pi:
    return "a declaration is not closed";
  case pugi::status_no_document_element:
    return "there is no element in it";
  default:
    return "it cannot be read here";
  }
}

class XmlReader
{
public:
  XmlReader(std::string_view text, Xml& xml)
      : text_(text),
        xml_(xml),
        parsed_(std::make_shared<pugi::xml_document>())
  {}

  std::optional<Defect>
  run()
  {
    if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
      return Defect{line_at(nul), "not XML: it has a NUL character"};
    }
    if (static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '<')) > Xml::max_tags) {
      return Defect{0, fmt::format("it has more than {} tags", Xml::max_tags)};
    }
    const pugi::xml_parse_result result = parsed_->load_buffer(
        text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
    if (!result) {
      return Defect{line_at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0))),
                    fmt::format("not XML: {}", words_of(result.status))};
    }
    xml_.owner_ = parsed_;
    return read_document();
  }

private:
  /// Of places that never go back.
  std::uint32_t
  line_at(std::size_t offset)
  {
    offset = std::min(offset, text_.size());
    if (offset > counted_) {
      const auto from = text_.begin() + static_cast<std::ptrdiff_t>(counted_);
      line_ += static_cast<std::uint32_t>(std::count(from, text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
      counted_ = offset;
    }
    return line_;
  }

  std::optional<Defect>
  read_document()
  {
    bool has_root = false;
    for (const pugi::xml_node node : *parsed_) {
      if (node.type() == pugi::node_doctype && std::string_view(node.value()).find("<!ENTITY") != std::string::npos) {
        return Defect{line_, "it declares entities"};
      }
      if (node.type() == pugi::node_element) {
        if (has_root) {
          return Defect{line_of(node), "not XML: a second element follows the root"};
        }
        has_root = true;
        if (auto defect = read(node, 1)) {
          return defect;
        }
      }
    }
    const std::size_t end = text_.find_last_not_of(" \t\r\n");
    const bool is_closed = end != std::string_view::npos && text_[end] == '>';
    return is_closed ? std::nullopt : std::optional(Defect{line_at(text_.size()), "not XML: text follows the root"});
  }

  std::uint32_t
  line_of(pugi::xml_node node)
  {
    return line_at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0)));
  }

  // Its depth is bounded by Xml::max_depth.
  std::optional<Defect>
  read(pugi::xml_node element, std::size_t depth)  // NOLINT(misc-no-recursion)
  {
    const std::uint32_t line = line_of(element);
    if (depth > Xml::max_depth) {
      return Defect{line, fmt::format("nested more than {} levels deep", Xml::max_depth)};
    }
    const std::size_t index = xml_.nodes_.size();
    xml_.nodes_.push_back(
        {local(element.name()), text_of(element), line, 0, static_cast<std::uint32_t>(xml_.attributes_.size()), 0});
    for (const pugi::xml_attribute attribute : element.attributes()) {
      xml_.attributes_.push_back({local(attribute.name()), attribute.value()});
      ++xml_.nodes_[index].attributes;
    }
    for (const pugi::xml_node child : element) {
      if (child.type() == pugi::node_element) {
        if (auto defect = read(child, depth + 1)) {
          return defect;
        }
      }
    }
    xml_.nodes_[index].end = static_cast<std::uint32_t>(xml_.nodes_.size());
    return std::nullopt;
  }

  /// Comments may part a text in several.
  std::string_view
  text_of(pugi::xml_node element)
  {
    std::string_view first;
    std::string* all = nullptr;
    for (const pugi::xml_node child : element) {
      if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) {
        continue;
      }
      if (first.empty()) {
        first = child.value();
      } else {
        all = all == nullptr ? &xml_.texts_.emplace_back(first) : all;
        all->append(child.value());
      }
    }
    return trim(all == nullptr ? first : std::string_view(*all));
  }

  std::string_view text_;
  Xml& xml_;
  std::shared_ptr<pugi::xml_document> parsed_;
  std::size_t counted_ = 0;
  std::uint32_t line_ = 1;
};

Element
Xml::root() const
{
  return nodes_.empty() ? Element() : Element(this, nodes_.data());
}

std::string_view
Element::attribute(std::string_view name) const
{
  if (node_ != nullptr) {
    for (std::uint32_t i = 0; i < node_->attributes; ++i) {
      const Xml::Attribute& attribute = xml_->attributes_[node_->first_attribute + i];
      if (attribute.name == name) {
        return trim(attribute.value);
      }
    }
  }
  return {};
}

std::string_view
Element::attribute_in_any_case(std::string_view lower) const
{
  for (std::uint32_t i = 0; node_ != nullptr && i < node_->attributes; ++i) {
    const Xml::Attribute& attribute = xml_->attributes_[node_->first_attribute + i];
    if (attribute.name.size() == lower.size() && to_lower(attribute.name) == lower) {
      return trim(attribute.value);
    }
  }
  return {};
}

Element
Element::child(std::string_view name) const
{
  for (const Element each : *this) {
    if (each.name() == name) {
      return each;
    }
  }
  return {};
}

std::size_t
Element::count(std::string_view name) const
{
  std::size_t count = 0;
  for (const Element each : *this) {
    count += each.name() == name ? 1U : 0U;
  }
  return count;
}

Element::Iterator
Element::begin() const
{
  return node_ == nullptr ? end() : Iterator(xml_, node_ + 1);
}

Element::Iterator
Element::end() const
{
  return node_ == nullptr ? Iterator(nullptr, nullptr) : Iterator(xml_, xml_->nodes_.data() + node_->end);
}

tl::expected<Xml, Defect>
read_xml(std::string_view text)
{
  Xml xml;
  if (auto defect = XmlReader(text, xml).run()) {
    return tl::unexpected(*std::move(defect));
  }
  return xml;
}

}  // namespace sluice::deps
