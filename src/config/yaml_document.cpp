// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_document.hpp"

#include "base/text.hpp"
#include "config/values.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

namespace sluice::config {

namespace {

constexpr std::size_t max_bytes = 1U << 20U;
constexpr std::size_t max_depth = 64;
constexpr std::size_t max_nodes = 100'000;

Position
position_of(const YAML::Mark& mark)
{
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

/// Thrown only from inside yaml-cpp's callbacks, which have no other way to stop it; caught in parse_yaml.
struct Stop
{
  Position where;
  std::string what;
};

std::size_t
count_nodes(const YamlNode& node)
{
  std::size_t count = 1;
  for (const YamlNode& item : node.items) {
    count += count_nodes(item);
  }
  for (const auto& [key, value] : node.entries) {
    count += 1 + count_nodes(value);
  }
  return count;
}

/// Builds the tree from yaml-cpp's events, which carry marks and, unlike its own tree, keep duplicate keys.
class Builder : public YAML::EventHandler
{
public:
  void
  OnDocumentStart(const YAML::Mark& /*mark*/) override
  {}
  void
  OnDocumentEnd() override
  {}
  void
  OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
  {
    YamlNode node;
    node.where = position_of(mark);
    add(std::move(node), anchor);
  }
  void
  OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
  {
    YamlNode node;
    node.kind = YamlKind::scalar;
    node.where = position_of(mark);
    node.scalar = value;
    node.quoted = tag == "!";
    if (!node.quoted && (value == "~" || value == "null" || value.empty())) {
      node.kind = YamlKind::null;
    }
    add(std::move(node), anchor);
  }
  void
  OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
  {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
      throw Stop{position_of(mark), "this alias names an anchor that is not complete"};
    }
    YamlNode copy = found->second;
    copy.where = position_of(mark);
    spend(copy.where, count_nodes(copy));
    add(std::move(copy), 0);
  }
  void
  OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override
  {
    open(mark, YamlKind::sequence, anchor);
  }
  void
  OnSequenceEnd() override
  {
    close();
  }
  void
  OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
             YAML::EmitterStyle::value /*style*/) override
  {
    open(mark, YamlKind::mapping, anchor);
  }
  void
  OnMapEnd() override
  {
    close();
  }

  [[nodiscard]] YamlNode
  take()
  {
    return std::move(root_);
  }

private:
  struct Open
  {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlNode> key;
  };

  void
  spend(Position where, std::size_t nodes)
  {
    nodes_ += nodes;
    if (nodes_ > max_nodes) {
      throw Stop{where, fmt::format("holds more than {} values", with_thousands(max_nodes))};
    }
  }

  void
  open(const YAML::Mark& mark, YamlKind kind, YAML::anchor_t anchor)
  {
    if (stack_.size() >= max_depth) {
      throw Stop{position_of(mark), fmt::format("is nested more than {} levels deep", max_depth)};
    }
    Open level;
    level.node.kind = kind;
    level.node.where = position_of(mark);
    level.anchor = anchor;
    stack_.push_back(std::move(level));
  }

  void
  close()
  {
    Open level = std::move(stack_.back());
    stack_.pop_back();
    add(std::move(level.node), level.anchor);
  }

  void
  add(YamlNode node, YAML::anchor_t anchor)
  {
    spend(node.where, 1);
    if (anchor != 0) {
      anchored_[anchor] = node;
    }
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == YamlKind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      require_key(parent.node, node);
      parent.key = std::move(node);
    } else {
      // A value that is left out is where the next thing begins, by yaml-cpp's account.
      if (node.kind == YamlKind::null && node.where.line != parent.key->where.line) {
        node.where = parent.key->where;
      }
      parent.node.entries.emplace_back(std::move(*parent.key), std::move(node));
      parent.key.reset();
    }
  }

  static void
  require_key(const YamlNode& mapping, const YamlNode& key)
  {
    if (key.kind != YamlKind::scalar) {
      throw Stop{key.where, "a key must be plain text"};
    }
    if (mapping.find(key.scalar) != nullptr) {
      throw Stop{key.where, fmt::format("{} is given twice", in_quotes(key.scalar))};
    }
  }

  YamlNode root_;
  std::vector<Open> stack_;
  std::unordered_map<YAML::anchor_t, YamlNode> anchored_;
  std::size_t nodes_ = 0;
};

Failure
failed_at(std::string_view file, Position where, std::string_view what)
{
  return fail(ErrorKind::config, "{}: {}", place(file, where), what);
}

}  // namespace

const YamlNode*
YamlNode::find(std::string_view key) const
{
  for (const auto& [name, value] : entries) {
    if (name.scalar == key) {
      return &value;
    }
  }
  return nullptr;
}

bool
says_the_same(const YamlNode& a, const YamlNode& b)
{
  const auto same_entry = [](const YamlEntry& x, const YamlEntry& y) {
    return x.first.scalar == y.first.scalar && says_the_same(x.second, y.second);
  };
  return a.kind == b.kind && a.scalar == b.scalar
         && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), says_the_same)
         && std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same_entry);
}

std::string
place(std::string_view file, Position where)
{
  return fmt::format("{}:{}:{}", file, where.line, where.column);
}

Result<YamlNode>
parse_yaml(std::string_view text, std::string_view file)
{
  if (text.size() > max_bytes) {
    return fail(ErrorKind::config, "{}: is larger than 1 MiB", file);
  }
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder;
    if (!parser.HandleNextDocument(builder)) {
      return YamlNode{};
    }
    YamlNode root = builder.take();
    Builder second;
    if (parser.HandleNextDocument(second)) {
      return failed_at(file, second.take().where, "a second document starts here; there must be one");
    }
    return root;
  } catch (const Stop& stop) {
    return failed_at(file, stop.where, stop.what);
  } catch (const YAML::Exception& exception) {
    return failed_at(file, position_of(exception.mark), ellipsis(printable(exception.msg), 200));
  }
}

}  // namespace sluice::config
