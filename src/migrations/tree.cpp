// SPDX-License-Identifier: Apache-2.0
#include "migrations/tree.hpp"

#include <nlohmann/json.hpp>

namespace sluice::migrations {

namespace {

using nlohmann::json;

const json&
json_at(const void* node)
{
  static const json nothing;
  return node == nullptr ? nothing : *static_cast<const json*>(node);
}

}  // namespace

Node
Node::operator[](const char* member) const
{
  const json& json = json_at(json_);
  if (!json.is_object()) {
    return {};
  }
  const auto found = json.find(member);
  return found == json.end() ? Node() : Node(&*found);
}

bool
Node::is_object() const
{
  return json_at(json_).is_object();
}

std::vector<Node>
Node::items() const
{
  std::vector<Node> nodes;
  const json& json = json_at(json_);
  if (json.is_structured()) {
    nodes.reserve(json.size());
    for (const auto& value : json) {
      nodes.push_back(Node(&value));
    }
  }
  return nodes;
}

std::string
Node::text(const char* member) const
{
  const json& value = json_at((*this)[member].json_);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool
Node::is_true(const char* member) const
{
  const json& value = json_at((*this)[member].json_);
  return value.is_boolean() && value.get<bool>();
}

long
Node::number(const char* member) const
{
  const json& value = json_at((*this)[member].json_);
  return value.is_number_integer() ? value.get<long>() : 0;
}

Tree::Tree(std::string_view text)
    : json_(std::make_shared<json>(json::parse(text, nullptr, false)))
{}

Node
Tree::root() const
{
  const auto* root = static_cast<const json*>(json_.get());
  return root->is_discarded() ? Node() : Node(root);
}

}  // namespace sluice::migrations
