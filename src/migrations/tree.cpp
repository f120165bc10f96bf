// SPDX-License-Identifier: Apache-2.0
#include "migrations/tree.hpp"

#include "base/json.hpp"

#include <limits>

namespace sluice::migrations {

namespace {

const Json&
json_at(const void* node)
{
  static const Json nothing;
  return node == nullptr ? nothing : *static_cast<const Json*>(node);
}

/// The text is the parser's own, which bounds what it reads.
std::shared_ptr<const Json>
parsed(std::string_view text)
{
  constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
  auto json = Json::parse(text, {.depth = any, .bytes = any});
  return json ? std::make_shared<const Json>(*std::move(json)) : nullptr;
}

}  // namespace

Node
Node::operator[](const char* member) const
{
  const Json* found = json_at(json_).find(member);
  return found == nullptr ? Node() : Node(found);
}

bool
Node::is_object() const
{
  return json_at(json_).is_object();
}

std::vector<Node>
Node::items() const
{
  const Json& json = json_at(json_);
  std::vector<Node> nodes;
  nodes.reserve(json.size());
  for (const Json& item : json.items()) {
    nodes.push_back(Node(&item));
  }
  for (const Json::Member& member : json.members()) {
    nodes.push_back(Node(&member.value));
  }
  return nodes;
}

std::string
Node::text(const char* member) const
{
  const std::string* text = json_at(json_)[member].text();
  return text == nullptr ? std::string() : *text;
}

bool
Node::is_true(const char* member) const
{
  return json_at(json_)[member].boolean().value_or(false);
}

long
Node::number(const char* member) const
{
  return json_at(json_)[member].integer().value_or(0);
}

Tree::Tree(std::string_view text)
    : json_(parsed(text))
{}

Node
Tree::root() const
{
  return json_ == nullptr ? Node() : Node(json_.get());
}

}  // namespace sluice::migrations
