// SPDX-License-Identifier: Apache-2.0
//
// JSON in one pass, for a lockfile is read once and most of its bytes are in texts and in blanks before them: both are
// gone over many bytes at a time. What is wrong with a document is looked for once it is known that something is.
#include "base/byte_scan.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "data/data.hpp"
#include "data/json_text.hpp"

#include <algorithm>
#include <optional>

namespace sluice {

namespace {

class JsonReader
{
public:
  JsonReader(std::string_view text, DataBuilder& builder)
      : at_(text.data()),
        end_(text.data() + text.size()),
        text_(text),
        builder_(builder)
  {}

  std::optional<Defect>
  run()
  {
    skip_blanks();
    JsonError error = read();
    if (error == JsonError::none && (scan_.has_others() && !is_utf8(text_))) {
      error = JsonError::encoding;
    }
    if (error != JsonError::none) {
      return defect(error);
    }
    if (at_ == end_) {
      return std::nullopt;
    }
    const JsonError of_bytes = json_error_of_bytes(text_);
    return of_bytes != JsonError::none ? defect(of_bytes) : Defect{line_, "not JSON: something follows the value"};
  }

private:
  [[nodiscard]] Defect
  defect(JsonError error) const
  {
    if (error != JsonError::size) {
      const JsonError of_bytes = json_error_of_bytes(text_);
      if (of_bytes == JsonError::unclosed) {
        // Known at the end alone, which is where an open one shows.
        return {1 + static_cast<std::uint32_t>(std::ranges::count(text_, '\n')), words_of(of_bytes)};
      }
      if (of_bytes != JsonError::none) {
        return {1, words_of(of_bytes)};
      }
    }
    if (error == JsonError::size) {
      return {1, words_of(error)};
    }
    // What ends too early does so at its last token.
    return {at_ == end_ ? token_line_ : line_, words_of(error)};
  }

  void
  skip_blanks()
  {
    const char* at = at_;
    while (at != end_ && static_cast<unsigned char>(*at) <= ' ') {
      if (*at == '\n') {
        ++line_;
        at = behind_spaces(at + 1, end_);
      } else if (*at == ' ' || *at == '\r' || *at == '\t') {
        ++at;
      } else {
        break;
      }
    }
    at_ = at;
  }

  [[nodiscard]] char
  front() const
  {
    return at_ == end_ ? '\0' : *at_;
  }
  /// Takes a token of one byte.
  bool
  take(char c)
  {
    if (at_ == end_ || *at_ != c) {
      return false;
    }
    token_line_ = line_;
    ++at_;
    skip_blanks();
    return true;
  }

  /// Takes a text, not the blanks behind it.
  JsonError
  take_string(std::string_view& content)
  {
    token_line_ = line_;
    const char* const begin = ++at_;
    bool has_escapes = false;
    for (at_ = scan_.special(at_, end_); at_ != end_ && *at_ == '\\'; at_ = scan_.special(at_, end_)) {
      has_escapes = true;
      at_ += end_ - at_ < 2 ? 1 : 2;
    }
    if (at_ == end_ || *at_ != '"') {
      return JsonError::text;
    }
    content = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    if (has_escapes) {
      auto text = json_unescaped(content);
      if (!text) {
        return JsonError::text;
      }
      content = builder_.keep(*std::move(text));
    }
    return JsonError::none;
  }

  /// Takes what has no quotes.
  std::string_view
  take_word()
  {
    token_line_ = line_;
    const char* const begin = at_;
    while (at_ != end_ && !is_any_of(*at_, " \t\r\n\f\x1A,:[]{}")) {
      ++at_;
    }
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  JsonError
  read_scalar()
  {
    if (front() == '"') {
      std::string_view content;
      if (const auto error = take_string(content); error != JsonError::none) {
        return error;
      }
      builder_.scalar(Data::Kind::text, content, line_);
    } else {
      const std::string_view word = at_ == end_ ? std::string_view() : take_word();
      if (word == "true" || word == "false") {
        builder_.scalar(Data::Kind::boolean, word, line_);
      } else if (word == "null") {
        builder_.scalar(Data::Kind::null, {}, line_);
      } else if (is_json_number(word)) {
        builder_.scalar(Data::Kind::number, word, line_);
      } else {
        return JsonError::grammar;
      }
    }
    skip_blanks();
    return builder_.has_room() ? JsonError::none : JsonError::size;
  }

  JsonError
  read_key()
  {
    std::string_view key;
    if (front() != '"') {
      return JsonError::grammar;
    }
    if (const auto error = take_string(key); error != JsonError::none) {
      return error;
    }
    builder_.key(key, line_);
    skip_blanks();
    return take(':') ? JsonError::none : JsonError::grammar;
  }

  /// Opens a table or list, or takes a value that is neither.
  JsonError
  read_value()
  {
    const char open = front();
    if (open != '{' && open != '[') {
      return read_scalar();
    }
    if (!builder_.begin(open == '{' ? Data::Kind::table : Data::Kind::list, line_)) {
      return builder_.has_room() ? JsonError::depth : JsonError::size;
    }
    take(open);
    const char close = open == '{' ? '}' : ']';
    if (take(close)) {
      builder_.end();
      return JsonError::none;
    }
    closing_.push_back(close);
    return read_member();
  }

  JsonError
  read_member()
  {
    return closing_.back() == '}' ? read_key() : JsonError::none;
  }

  JsonError
  read()
  {
    do {
      const std::size_t depth = closing_.size();
      if (const auto error = read_value(); error != JsonError::none) {
        return error;
      }
      if (closing_.size() > depth) {
        continue;  // its first member comes
      }
      if (const auto error = read_end(); error != JsonError::none) {
        return error;
      }
    } while (!closing_.empty());
    return JsonError::none;
  }

  /// What stands behind a value: ends of tables and lists, then a comma and the next key.
  JsonError
  read_end()
  {
    while (!closing_.empty() && take(closing_.back())) {
      builder_.end();
      closing_.pop_back();
    }
    if (closing_.empty()) {
      return JsonError::none;
    }
    return take(',') ? read_member() : JsonError::grammar;
  }

  const char* at_;
  const char* end_;
  std::string_view text_;
  DataBuilder& builder_;
  ByteScan<'"', '\\'> scan_;
  std::string closing_;  ///< of what is open
  std::uint32_t line_ = 1;
  std::uint32_t token_line_ = 1;  ///< of the token taken last
};

/// Comments become blanks and commas before a closing bracket too, so that every line stays where it is.
std::string
without_comments(std::string_view text)
{
  std::string out(text);
  std::size_t comma = std::string::npos;
  for (std::size_t i = 0; i < out.size();) {
    if (out[i] == '"') {
      comma = std::string::npos;
      for (++i; i < out.size() && out[i] != '"'; ++i) {
        i += out[i] == '\\' ? 1U : 0U;
      }
      ++i;
    } else if (out.compare(i, 2, "//") == 0 || out.compare(i, 2, "/*") == 0) {
      const bool is_line = out[i + 1] == '/';
      const std::size_t close = is_line ? out.find('\n', i) : out.find("*/", i + 2);
      const std::size_t end = close == std::string::npos ? out.size() : close + (is_line ? 0 : 2);
      for (; i < end; ++i) {
        out[i] = out[i] == '\n' ? '\n' : ' ';
      }
    } else {
      if ((out[i] == '}' || out[i] == ']') && comma != std::string::npos) {
        out[comma] = ' ';
      }
      if (out[i] == ',') {
        comma = i;
      } else if (out[i] != ' ' && out[i] != '\t' && out[i] != '\r' && out[i] != '\n') {
        comma = std::string::npos;
      }
      ++i;
    }
  }
  return out;
}

}  // namespace

tl::expected<Data, Defect>
read_json_data(std::string_view text, JsonDialect dialect)
{
  DataBuilder builder(text.size());
  if (dialect == JsonDialect::with_comments) {
    text = builder.keep(without_comments(text));
  }
  if (auto defect = JsonReader(text, builder).run()) {
    return tl::unexpected(*std::move(defect));
  }
  return builder.finish();
}

}  // namespace sluice
