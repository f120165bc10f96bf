// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// A value of libpg_query's JSON, or none. The JSON leaves out whatever is zero, false or empty, so that an absent
/// member is an answer: access never fails. Valid as long as its `Tree` is.
class Node
{
public:
  Node() = default;

  [[nodiscard]] explicit operator bool() const { return json_ != nullptr; }
  [[nodiscard]] Node operator[](const char* member) const;
  [[nodiscard]] bool is_object() const;
  /// Elements of an array, or the values of an object.
  [[nodiscard]] std::vector<Node> items() const;

  [[nodiscard]] std::string text(const char* member) const;
  [[nodiscard]] bool is_true(const char* member) const;
  [[nodiscard]] long number(const char* member) const;

private:
  friend class Tree;
  explicit Node(const void* json)
      : json_(json)
  {}
  const void* json_ = nullptr;
};

/// A parsed JSON text.
class Tree
{
public:
  explicit Tree(std::string_view text);
  /// No node if the text is not JSON.
  [[nodiscard]] Node root() const;

private:
  std::shared_ptr<const void> json_;
};

}  // namespace sluice::migrations
