// SPDX-License-Identifier: Apache-2.0
#include "data/yaml_flow.hpp"

#include <fmt/format.h>

#include <string_view>

namespace sluice::yaml {

namespace {

class FlowReader
{
public:
  FlowReader(Cursor& cursor, DataBuilder& builder)
      : cursor_(cursor),
        builder_(builder)
  {}

  std::optional<Stop>
  run()
  {
    // What stopped it has been noted.
    static_cast<void>(read_flow());
    return std::move(stop_);
  }

private:
  bool
  defect(std::string what)
  {
    stop_ = Stop{Stop::Kind::defect, cursor_.line(), std::move(what)};
    return false;
  }
  bool
  beyond()
  {
    stop_ = Stop{Stop::Kind::beyond, cursor_.line(), {}};
    return false;
  }
  bool
  read_quoted()
  {
    const std::uint32_t line = cursor_.line();
    auto text = yaml::read_quoted(cursor_, builder_);
    if (!text) {
      stop_ = std::move(text).error();
      return false;
    }
    builder_.scalar(Data::Kind::text, *text, line);
    return true;
  }

  bool
  read_flow()
  {
    const bool is_table = cursor_.peek() == '{';
    const char close = is_table ? '}' : ']';
    if (!builder_.begin(is_table ? Data::Kind::table : Data::Kind::list, cursor_.line())) {
      return defect(fmt::format("nested more than {} levels deep", Data::max_depth));
    }
    cursor_.advance(1);
    while (true) {
      if (!skip_in_flow()) {
        return false;
      }
      if (cursor_.peek() == close) {
        cursor_.advance(1);
        builder_.end();
        return true;
      }
      if (!(is_table ? read_flow_member() : read_flow_value()) || !skip_in_flow()) {
        return false;
      }
      if (cursor_.peek() == ',') {
        cursor_.advance(1);
      } else if (cursor_.peek() != close) {
        return defect("a comma is missing in a list or mapping");
      }
    }
  }

  bool
  read_flow_member()
  {
    const std::uint32_t line = cursor_.line();
    std::string_view key;
    bool was_quoted = false;
    if (cursor_.peek() == '"' || cursor_.peek() == '\'') {
      auto text = yaml::read_quoted(cursor_, builder_);
      if (!text) {
        stop_ = std::move(text).error();
        return false;
      }
      key = *text;
      was_quoted = true;
    } else {
      if (is_special(cursor_.peek()) || is_indicator(cursor_, '?')) {
        return beyond();
      }
      const std::string_view rest = cursor_.rest_of_line();
      key = rest.substr(0, length_of_plain(rest, Within::flow));
      if (key.empty() || !may_begin_plain(cursor_)) {
        return defect("a key is expected");
      }
      if (key == "<<") {
        return beyond();
      }
      cursor_.advance(key.size());
    }
    builder_.key(key, line);
    if (!skip_in_flow()) {
      return false;
    }
    if (cursor_.peek() != ':') {
      // A key alone has no value; a plain one might go on in the next line.
      if (!was_quoted && cursor_.line() != line) {
        return beyond();
      }
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    }
    cursor_.advance(1);
    if (!skip_in_flow()) {
      return false;
    }
    if (cursor_.peek() == ',' || cursor_.peek() == '}') {
      builder_.scalar(Data::Kind::null, {}, line);
      return true;
    }
    return read_flow_value();
  }

  bool
  read_flow_value()
  {
    const char first = cursor_.peek();
    const std::uint32_t line = cursor_.line();
    bool is_read = false;
    if (first == '{' || first == '[') {
      is_read = read_flow();
    } else if (first == '"' || first == '\'') {
      is_read = read_quoted();
    } else if (first == '&' || first == '*' || first == '!' || is_indicator(cursor_, '?')) {
      return beyond();
    } else {
      if (!may_begin_plain(cursor_)) {
        return defect("a text begins with a character that none can begin with");
      }
      const std::string_view rest = cursor_.rest_of_line();
      const std::string_view text = rest.substr(0, length_of_plain(rest, Within::flow));
      builder_.scalar(kind_of_plain(text), text, line);
      cursor_.advance(text.size());
      is_read = true;
    }
    if (!is_read || !skip_in_flow()) {
      return false;
    }
    const char next = cursor_.peek();
    // [a: b] is a mapping of one pair, and a plain text may go on in the next line: both are rare.
    return next == ',' || next == ']' || next == '}' || beyond();
  }

  bool
  skip_in_flow()
  {
    cursor_.skip_blanks();
    while (!cursor_.at_end() && cursor_.is_rest_empty()) {
      cursor_.next_line();
      if (cursor_.is_document_end()) {
        return defect("a list or mapping is not closed");
      }
      cursor_.skip_blanks();
    }
    return !cursor_.at_end() || defect("a list or mapping is not closed");
  }

  Cursor& cursor_;
  DataBuilder& builder_;
  std::optional<Stop> stop_;
};

}  // namespace

std::optional<Stop>
read_flow(Cursor& cursor, DataBuilder& builder)
{
  return FlowReader(cursor, builder).run();
}

}  // namespace sluice::yaml
