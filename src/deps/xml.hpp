// SPDX-License-Identifier: Apache-2.0
//
// A document of XML as lockfiles and manifests need it: elements with their lines, attributes and texts. Names are
// local ones: no format that is read here has two elements that differ by their namespace alone. Entities that a
// document declares itself are refused, for they can lead anywhere and grow without end.
#pragma once

#include "data/data.hpp"

namespace sluice::deps {

class Element;

class Xml
{
public:
  static constexpr std::size_t max_depth = 64;
  static constexpr std::size_t max_tags = 16'000'000;

  Xml() = default;
  Xml(Xml&&) = default;
  Xml& operator=(Xml&&) = default;

  [[nodiscard]] Element root() const;

private:
  friend class Element;
  friend class XmlReader;

  struct Attribute
  {
    std::string_view name, value;
  };
  struct Node
  {
    std::string_view name, text;
    std::uint32_t line = 0;
    std::uint32_t end = 0;  ///< index of the node behind it and its children
    std::uint32_t first_attribute = 0, attributes = 0;
  };

  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::deque<std::string> texts_;
  std::shared_ptr<const void> owner_;
};

/// An element, or none. Cheap to copy; must not outlive the document. Asking one that is not there gives nothing.
class Element
{
public:
  class Iterator;

  Element() = default;

  explicit operator bool() const { return node_ != nullptr; }
  /// The same for each copy of an element, and for no other while the document is there.
  [[nodiscard]] const void*
  identity() const
  {
    return node_;
  }
  /// Without its namespace's prefix.
  [[nodiscard]] std::string_view
  name() const
  {
    return node_ == nullptr ? std::string_view() : node_->name;
  }
  [[nodiscard]] std::uint32_t
  line() const
  {
    return node_ == nullptr ? 0 : node_->line;
  }
  /// What stands in it beside other elements, without blanks around.
  [[nodiscard]] std::string_view
  text() const
  {
    return node_ == nullptr ? std::string_view() : node_->text;
  }
  /// Empty if there is none of this local name.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  /// Of a name in lower case, however it is spelt.
  [[nodiscard]] std::string_view attribute_in_any_case(std::string_view lower) const;
  /// The first of this name.
  [[nodiscard]] Element child(std::string_view name) const;
  /// How many elements it holds of this name.
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;

private:
  friend class Xml;
  Element(const Xml* xml, const Xml::Node* node)
      : xml_(xml),
        node_(node)
  {}
  const Xml* xml_ = nullptr;
  const Xml::Node* node_ = nullptr;
};

/// The elements within an element, in their order.
class Element::Iterator
{
public:
  Iterator(const Xml* xml, const Xml::Node* node)
      : xml_(xml),
        node_(node)
  {}
  Element
  operator*() const
  {
    return {xml_, node_};
  }
  Iterator&
  operator++()
  {
    node_ = xml_->nodes_.data() + node_->end;
    return *this;
  }
  bool
  operator==(const Iterator& other) const
  {
    return node_ == other.node_;
  }

private:
  const Xml* xml_;
  const Xml::Node* node_;
};

/// The text is copied; the document stands by itself.
[[nodiscard]] tl::expected<Xml, Defect> read_xml(std::string_view text);

}  // namespace sluice::deps
