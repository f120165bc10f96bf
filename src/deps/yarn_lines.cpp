// SPDX-License-Identifier: Apache-2.0
#include "deps/yarn_lines.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

/// Reads line by line; every line must be one that Yarn writes.
class YarnLines
{
public:
  YarnLines(std::string_view text, PackageList& list)
      : rest_(text),
        list_(list)
  {}

  tl::expected<std::vector<YarnEntry>, Defect>
  run()
  {
    while (!rest_.empty() && !defect_) {
      ++number_;
      const std::size_t end = rest_.find('\n');
      line_ = rest_.substr(0, end);
      rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
      if (line_.ends_with('\r')) {
        line_.remove_suffix(1);
      }
      read_line();
    }
    end_entry();
    if (defect_) {
      return tl::unexpected(*std::move(defect_));
    }
    return std::move(entries_);
  }

private:
  enum class Block { none, dependencies, optional_dependencies, other };

  void
  fail(std::string_view what)
  {
    defect_ = defect_ ? std::move(defect_) : Defect{number_, fmt::format("not a lockfile of Yarn 1: {}", what)};
  }

  void
  read_line()
  {
    const std::size_t indent = line_.find_first_not_of(' ');
    if (indent == std::string_view::npos || line_[indent] == '#') {
      return;
    }
    line_.remove_prefix(indent);
    if (indent == 0) {
      read_head();
    } else if (entries_.empty()) {
      fail("a line that belongs to no entry");
    } else if (indent == 2) {
      read_property();
    } else if (indent == 4 && block_ != Block::none) {
      read_need();
    } else {
      fail("a line that is indented as none is");
    }
  }

  void
  read_head()
  {
    end_entry();
    YarnEntry& entry = entries_.emplace_back();
    entry.line = number_;
    block_ = Block::none;
    if (!line_.ends_with(':')) {
      fail("the head of an entry does not end in a colon");
      return;
    }
    line_.remove_suffix(1);
    while (!defect_) {
      entry.patterns.push_back(take_text(","));
      if (line_.empty()) {
        break;
      }
      if (!line_.starts_with(", ")) {
        fail("patterns without a comma between them");
      } else {
        line_.remove_prefix(2);
      }
    }
  }

  void
  read_property()
  {
    end_block();
    if (line_.ends_with(':')) {
      line_.remove_suffix(1);
      is_block_empty_ = true;
      block_ = line_ == "dependencies"           ? Block::dependencies
               : line_ == "optionalDependencies" ? Block::optional_dependencies
                                                 : Block::other;
      return;
    }
    block_ = Block::none;
    const std::string_view key = take_text(" ");
    const std::string_view value = take_value();
    YarnEntry& entry = entries_.back();
    if (key == "version") {
      entry.version = value;
    } else if (key == "resolved") {
      entry.resolved = value;
    } else if (key == "integrity") {
      entry.integrity = value;
    }
  }

  void
  read_need()
  {
    is_block_empty_ = false;
    const std::string_view name = take_text(" ");
    const std::string_view range = take_value();
    if (block_ != Block::other) {
      entries_.back().needs.push_back({name, range, block_ == Block::optional_dependencies, number_});
    }
  }

  /// What follows a key and one space, up to the end of the line.
  std::string_view
  take_value()
  {
    if (!line_.starts_with(' ') || line_.size() == 1) {
      fail("a key without a value");
      return {};
    }
    line_.remove_prefix(1);
    // Integrities of several algorithms stand with blanks between, without quotes.
    const std::string_view value = line_.front() == '"' ? take_text("") : std::exchange(line_, {});
    if (!line_.empty()) {
      fail("something behind a value");
    }
    return value;
  }

  /// A text in quotes as JSON has them, or a bare one up to any of `ends`.
  std::string_view
  take_text(std::string_view ends)
  {
    if (!line_.starts_with('"')) {
      const std::size_t end = ends.empty() ? line_.size() : std::min(line_.find_first_of(ends), line_.size());
      const std::string_view text = line_.substr(0, end);
      line_.remove_prefix(end);
      if (text.empty()) {
        fail("a name is missing");
      }
      return text;
    }
    std::size_t end = 1;
    bool has_escape = false;
    while (end < line_.size() && line_[end] != '"') {
      has_escape = has_escape || line_[end] == '\\';
      end += line_[end] == '\\' ? 2 : 1;
    }
    if (end >= line_.size()) {
      fail("a text is not closed");
      return {};
    }
    const std::string_view text = line_.substr(1, end - 1);
    const std::string_view quoted = line_.substr(0, end + 1);
    line_.remove_prefix(end + 1);
    return has_escape ? unescaped(quoted) : text;
  }

  std::string_view
  unescaped(std::string_view quoted)
  {
    const auto json = Json::parse(quoted);
    if (!json || json->text() == nullptr) {
      fail("a text has an escape that JSON does not have");
      return {};
    }
    return list_.keep(*json->text());
  }

  void
  end_block()
  {
    if (is_block_empty_) {
      fail("a block with nothing in it");
    }
  }

  void
  end_entry()
  {
    end_block();
    is_block_empty_ = false;
    if (!entries_.empty() && entries_.back().version.empty()) {
      number_ = defect_ ? number_ : entries_.back().line;
      fail("an entry without a version");
    }
  }

  std::string_view rest_, line_;
  std::uint32_t number_ = 0;
  PackageList& list_;
  Block block_ = Block::none;
  bool is_block_empty_ = false;
  std::vector<YarnEntry> entries_;
  std::optional<Defect> defect_;
};

}  // namespace

tl::expected<std::vector<YarnEntry>, Defect>
read_yarn_lines(std::string_view text, PackageList& list)
{
  return YarnLines(text, list).run();
}

}  // namespace sluice::deps
