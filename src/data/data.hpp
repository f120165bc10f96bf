// SPDX-License-Identifier: Apache-2.0
//
// A document of JSON, YAML or TOML as lockfiles need it: values with their lines. One shape for the three, so that a
// reader of a format is about packages and not about syntax.
//
// The nodes lie in one array in the order of the text, each knowing where the one behind its children is: a document of
// a megabyte is read with a handful of allocations, and a walk over it is a walk over memory. Texts are views into the
// document, or into what is kept beside it where they were written with escapes.
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

/// Why a text is not what its format says, and where.
struct Defect
{
  std::uint32_t line = 0;  ///< from 1; 0: not known
  std::string what;        ///< a clause: "not JSON: an object is not closed"
};

class Value;

class Data
{
public:
  enum class Kind : std::uint8_t { null, boolean, number, text, list, table };

  /// Nested deeper than any lockfile is.
  static constexpr std::size_t max_depth = 64;
  static constexpr std::size_t max_nodes = 32'000'000;

  /// Two to a cache line: a document is as large as its text, or larger.
  struct Node
  {
    const char* key_data = nullptr;
    const char* text_data = nullptr;
    std::uint32_t key_size = 0;
    std::uint32_t text_size = 0;
    std::uint32_t line = 0;  ///< of the key, or of the value where there is none
    Kind kind : 3 = Kind::null;
    std::uint32_t end : 29 = 0;  ///< index of the node behind it and its children

    void
    ends_at(std::uint32_t index)
    {
      end = index & ((1U << 29U) - 1);
    }

    /// Of a member of a table.
    [[nodiscard]] std::string_view
    key() const
    {
      return {key_data, key_size};
    }
    /// Of a text its content, of a number or boolean as it is written.
    [[nodiscard]] std::string_view
    text() const
    {
      return {text_data, text_size};
    }
  };
  static_assert(max_nodes < (1U << 29U));

  Data() = default;
  Data(Data&&) = default;
  Data& operator=(Data&&) = default;

  [[nodiscard]] Value root() const;
  /// Lines at which a key stands that its table has already, at most ten. The last one counts, as in the tools.
  [[nodiscard]] const std::vector<std::uint32_t>&
  duplicates() const
  {
    return duplicates_;
  }

private:
  friend class DataBuilder;
  friend class Value;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> duplicates_;
  std::deque<std::string> texts_;
  std::shared_ptr<const void> owner_;
};

/// A value in a document, or none. Cheap to copy; must not outlive the document. Asking a value that is not there, or
/// is of another kind, gives nothing, so that a chain never fails.
class Value
{
public:
  class Iterator;

  Value() = default;

  explicit operator bool() const { return node_ != nullptr; }
  [[nodiscard]] Data::Kind
  kind() const
  {
    return node_ == nullptr ? Data::Kind::null : node_->kind;
  }
  [[nodiscard]] bool
  is_table() const
  {
    return kind() == Data::Kind::table;
  }
  [[nodiscard]] bool
  is_list() const
  {
    return kind() == Data::Kind::list;
  }
  [[nodiscard]] bool
  is_text() const
  {
    return kind() == Data::Kind::text;
  }
  /// Of a text; empty of anything else.
  [[nodiscard]] std::string_view
  text() const
  {
    return is_text() ? node_->text() : std::string_view();
  }
  /// Of a text, a number or a boolean as it is written; empty of anything else.
  [[nodiscard]] std::string_view
  scalar() const
  {
    return node_ == nullptr || is_table() || is_list() ? std::string_view() : node_->text();
  }
  [[nodiscard]] bool
  is_true() const
  {
    return kind() == Data::Kind::boolean && node_->text() == "true";
  }
  [[nodiscard]] std::string_view
  key() const
  {
    return node_ == nullptr ? std::string_view() : node_->key();
  }
  [[nodiscard]] std::uint32_t
  line() const
  {
    return node_ == nullptr ? 0 : node_->line;
  }
  /// The member of a table; the last of several.
  [[nodiscard]] Value operator[](std::string_view key) const;
  /// The item of a list.
  [[nodiscard]] Value item(std::size_t index) const;
  /// How many items or members.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;

private:
  friend class Data;
  friend class Iterator;
  Value(const Data* data, const Data::Node* node)
      : data_(data),
        node_(node)
  {}
  const Data* data_ = nullptr;
  const Data::Node* node_ = nullptr;
};

/// Items of a list, members of a table in their order.
class Value::Iterator
{
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Value;
  using difference_type = std::ptrdiff_t;
  using pointer = const Value*;
  using reference = Value;

  Iterator(const Data* data, const Data::Node* node)
      : data_(data),
        node_(node)
  {}
  Value
  operator*() const
  {
    return {data_, node_};
  }
  Iterator&
  operator++()
  {
    node_ = data_->nodes_.data() + node_->end;
    return *this;
  }
  bool
  operator==(const Iterator& other) const
  {
    return node_ == other.node_;
  }

private:
  const Data* data_;
  const Data::Node* node_;
};

/// Makes a document, in the order of its text.
class DataBuilder
{
public:
  /// Makes room for a document of so many bytes: lockfiles have a value for each 24 of them.
  explicit DataBuilder(std::size_t bytes = 0) { data_.nodes_.reserve(bytes / 24); }
  void
  scalar(Data::Kind kind, std::string_view text, std::uint32_t line)
  {
    add(kind, text, line);
  }
  /// Errors: false if it is nested too deep or too large.
  [[nodiscard]] bool begin(Data::Kind kind, std::uint32_t line);
  void end();
  [[nodiscard]] bool
  has_room() const
  {
    return data_.nodes_.size() < Data::max_nodes;
  }
  /// The key of the value that comes next.
  void
  key(std::string_view key, std::uint32_t line)
  {
    key_ = key;
    key_line_ = line;
  }
  std::string_view keep(std::string text);
  void keep(std::shared_ptr<const void> owner);
  /// The document, once every list and table has ended.
  [[nodiscard]] Data finish();

private:
  std::uint32_t
  add(Data::Kind kind, std::string_view text, std::uint32_t line)
  {
    const auto index = static_cast<std::uint32_t>(data_.nodes_.size());
    Data::Node& node = data_.nodes_.emplace_back();
    node.key_data = key_.data();
    node.key_size = static_cast<std::uint32_t>(key_.size());
    node.text_data = text.data();
    node.text_size = static_cast<std::uint32_t>(text.size());
    node.line = key_line_ != 0 ? key_line_ : line;
    node.ends_at(index + 1);
    node.kind = kind;
    key_ = {};
    key_line_ = 0;
    return index;
  }
  void find_duplicates();
  void compare_keys(std::uint32_t table, std::size_t members);
  void note_duplicate(std::uint32_t index);

  Data data_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> slots_;  ///< kept for their room
  std::string_view key_;
  std::uint32_t key_line_ = 0;
};

/// JSON as RFC 8259 has it, or with comments and trailing commas (JSONC: bun, deno, tsconfig).
enum class JsonDialect { strict, with_comments };
/// `text`, of this reader and the next two, is UTF-8 without a byte order mark and must outlive the document.
[[nodiscard]] tl::expected<Data, Defect> read_json_data(std::string_view text,
                                                        JsonDialect dialect = JsonDialect::strict);

/// Every document of a YAML stream. Scalars are texts, except plain ones that are null, true, false or numbers in YAML
/// 1.2's core schema.
[[nodiscard]] tl::expected<std::vector<Data>, Defect> read_yaml_data(std::string_view text);

/// TOML 1.0. Dates are texts.
[[nodiscard]] tl::expected<Data, Defect> read_toml_data(std::string_view text);

}  // namespace sluice
