// SPDX-License-Identifier: Apache-2.0
//
// JSON in two steps. simdjson finds where every token begins, checks that the text is UTF-8 and that strings end, with
// the widest instructions that the machine has; its interface of documents does not tell where a value stands, and that
// on demand is compiled for the oldest machine. So the grammar is ours, over the places that it found: a token for each
// twenty bytes of a lockfile.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "data/data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <simdjson.h>

namespace sluice {

namespace {

/// Where tokens begin: brackets, braces, colons, commas, and the first byte of each other value.
class Tokens
{
public:
  [[nodiscard]] simdjson::error_code
  find(std::string_view text)
  {
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::max<std::size_t>(text.size(), 64), Data::max_depth, parser_);
    if (error) {
      return error;
    }
    // Before it fails it may have found nothing.
    parser_->n_structural_indexes = 0;
    return parser_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                           simdjson::stage1_mode::regular);
  }
  [[nodiscard]] std::size_t
  size() const
  {
    return parser_->n_structural_indexes;
  }
  [[nodiscard]] std::size_t
  operator[](std::size_t index) const
  {
    return parser_->structural_indexes[index];
  }

private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

constexpr bool
is_white_space(char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// RFC 8259, section 6.
bool
is_number(std::string_view text)
{
  const auto take = [&text](std::string_view any) {
    const bool fits = !text.empty() && is_any_of(text.front(), any);
    text.remove_prefix(fits ? 1 : 0);
    return fits;
  };
  const auto take_digits = [&text] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count != 0;
  };
  take("-");
  if (!take("0") && !take_digits()) {
    return false;
  }
  if (take(".") && !take_digits()) {
    return false;
  }
  if (take("eE")) {
    take("+-");
    if (!take_digits()) {
      return false;
    }
  }
  return text.empty();
}

/// Takes four hexadecimal digits.
std::optional<char32_t>
take_unit(std::string_view& rest)
{
  char32_t unit = 0;
  if (rest.size() < 4) {
    return std::nullopt;
  }
  for (const char c : rest.substr(0, 4)) {
    const int digit = hex_value(c);
    if (digit < 0) {
      return std::nullopt;
    }
    unit = unit * 16 + static_cast<char32_t>(digit);
  }
  rest.remove_prefix(4);
  return unit;
}

/// Takes what follows `\\u`; half of a pair alone is no character.
std::optional<char32_t>
take_character(std::string_view& rest)
{
  const auto first = take_unit(rest);
  if (!first || *first < 0xD800 || *first >= 0xE000) {
    return first;
  }
  if (*first >= 0xDC00 || !rest.starts_with("\\u")) {
    return std::nullopt;
  }
  rest.remove_prefix(2);
  const auto second = take_unit(rest);
  if (!second || *second < 0xDC00 || *second >= 0xE000) {
    return std::nullopt;
  }
  return 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00);
}

/// What is between the quotes, its escapes replaced; nothing if one is wrong.
std::optional<std::string>
unescaped(std::string_view rest)
{
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
  std::string text;
  text.reserve(rest.size());
  for (;;) {
    const std::size_t plain = rest.find('\\');
    text += rest.substr(0, plain);
    if (plain == std::string_view::npos) {
      return text;
    }
    rest.remove_prefix(plain + 1);
    const std::size_t letter = rest.empty() ? std::string_view::npos : letters.find(rest.front());
    const bool is_numbered = !rest.empty() && rest.front() == 'u';
    if (letter == std::string_view::npos && !is_numbered) {
      return std::nullopt;
    }
    rest.remove_prefix(1);
    if (!is_numbered) {
      text += characters[letter];
    } else if (const auto character = take_character(rest)) {
      append_utf8(text, *character);
    } else {
      return std::nullopt;
    }
  }
}

/// What somebody who looks at the line can do something with. The library's own words are for programmers.
std::string_view
words_of(simdjson::error_code error)
{
  switch (error) {
  case simdjson::UNCLOSED_STRING:
    return "a quoted text is not closed";
  case simdjson::STRING_ERROR:
  case simdjson::UNESCAPED_CHARS:
    return "a quoted text has a character or an escape that none may have";
  case simdjson::NUMBER_ERROR:
    return "a number is none";
  case simdjson::T_ATOM_ERROR:
  case simdjson::F_ATOM_ERROR:
  case simdjson::N_ATOM_ERROR:
    return "a word is none of true, false and null";
  case simdjson::EMPTY:
    return "there is nothing in it";
  case simdjson::UTF8_ERROR:
    return "it is not UTF-8";
  default:
    return "a comma, colon or bracket is missing here, or one is too many";
  }
}

class JsonReader
{
public:
  JsonReader(std::string_view text, DataBuilder& builder)
      : text_(text),
        builder_(builder)
  {}

  std::optional<Defect>
  run()
  {
    if (const auto error = tokens_.find(text_)) {
      // Found by pairing quotes over the whole text: the last line is where an open one shows.
      line_ = error == simdjson::UNCLOSED_STRING ? 1 + static_cast<std::uint32_t>(std::ranges::count(text_, '\n')) : 1;
      return defect(error);
    }
    // A value has at least two tokens, itself and what parts it from the next.
    if (tokens_.size() / 2 > Data::max_nodes) {
      line_ = 1;
      return defect(simdjson::CAPACITY);
    }
    has_escapes_ = text_.find('\\') != std::string_view::npos;
    count_lines(0);
    if (const auto error = read()) {
      // What ends too early does so at its last token.
      line_ = next_ < tokens_.size() ? line_ : token_line_;
      return defect(error);
    }
    return next_ == tokens_.size() ? std::nullopt
                                   : std::optional(Defect{line_, "not JSON: something follows the value"});
  }

private:
  [[nodiscard]] Defect
  defect(simdjson::error_code error) const
  {
    if (error == simdjson::DEPTH_ERROR) {
      return {line_, fmt::format("nested more than {} levels deep", Data::max_depth)};
    }
    if (error == simdjson::CAPACITY) {
      return {line_, "too large"};
    }
    return {line_, fmt::format("not JSON: {}", words_of(error))};
  }

  /// Goes over the blanks from `place` to the next token, which is where all lines end: none is within a token.
  void
  count_lines(std::size_t place)
  {
    const std::size_t end = next_ < tokens_.size() ? tokens_[next_] : text_.size();
    for (; end - place >= 8; place += 8) {
      line_ += newlines_in(place, 8);
    }
    if (place != end) {
      line_ += newlines_in(place, end - place);
    }
  }

  /// Of up to eight bytes, which are looked at together.
  [[nodiscard]] std::uint32_t
  newlines_in(std::size_t place, std::size_t count) const
  {
    if (text_.size() - place < 8) {
      return static_cast<std::uint32_t>(std::ranges::count(text_.substr(place, count), '\n'));
    }
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text_.data() + place, 8);
    // A newline becomes zero, and what is not asked about does not. Every byte of a blank is less than 0x80.
    constexpr std::uint64_t each = 0x0101010101010101U;
    const std::uint64_t others = count == 8 ? 0 : ~std::uint64_t{0} << 8 * count;
    bytes = (bytes ^ each * '\n') | others;
    const std::uint64_t high = ((bytes & each * 0x7F) + each * 0x7F) | bytes;
    std::uint32_t newlines = 0;
    for (std::uint64_t zeros = ~high & each * 0x80; zeros != 0; zeros &= zeros - 1) {
      ++newlines;
    }
    return newlines;
  }

  [[nodiscard]] char
  front() const
  {
    return next_ < tokens_.size() ? text_[tokens_[next_]] : '\0';
  }
  /// Takes a token of one byte.
  bool
  take(char c)
  {
    if (front() != c) {
      return false;
    }
    token_line_ = line_;
    count_lines(tokens_[next_++] + 1);
    return true;
  }
  /// Takes a token with the blanks behind it cut off.
  std::string_view
  take_token()
  {
    token_line_ = line_;
    const std::size_t begin = tokens_[next_++];
    std::size_t end = next_ < tokens_.size() ? tokens_[next_] : text_.size();
    while (end > begin + 1 && is_white_space(text_[end - 1])) {
      --end;
    }
    behind_ = end;
    return text_.substr(begin, end - begin);
  }

  simdjson::error_code
  take_string(std::string_view& content)
  {
    const std::string_view token = take_token();
    if (token.size() < 2 || token.back() != '"') {
      return simdjson::TAPE_ERROR;
    }
    content = token.substr(1, token.size() - 2);
    if (has_escapes_ && content.find('\\') != std::string_view::npos) {
      auto text = unescaped(content);
      if (!text) {
        return simdjson::STRING_ERROR;
      }
      content = builder_.keep(*std::move(text));
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read_scalar()
  {
    if (front() == '"') {
      std::string_view content;
      if (const auto error = take_string(content)) {
        return error;
      }
      builder_.scalar(Data::Kind::text, content, line_);
    } else {
      const std::string_view token = next_ < tokens_.size() ? take_token() : std::string_view();
      if (token == "true" || token == "false") {
        builder_.scalar(Data::Kind::boolean, token, line_);
      } else if (token == "null") {
        builder_.scalar(Data::Kind::null, {}, line_);
      } else if (is_number(token)) {
        builder_.scalar(Data::Kind::number, token, line_);
      } else {
        return simdjson::TAPE_ERROR;
      }
    }
    count_lines(behind_);
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read_key()
  {
    std::string_view key;
    if (front() != '"') {
      return simdjson::TAPE_ERROR;
    }
    if (const auto error = take_string(key)) {
      return error;
    }
    builder_.key(key, line_);
    count_lines(behind_);
    return take(':') ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
  }

  /// Opens a table or list, or takes a value that is neither.
  simdjson::error_code
  read_value()
  {
    const char open = front();
    if (open != '{' && open != '[') {
      return read_scalar();
    }
    if (!builder_.begin(open == '{' ? Data::Kind::table : Data::Kind::list, line_)) {
      return simdjson::DEPTH_ERROR;
    }
    take(open);
    const char close = open == '{' ? '}' : ']';
    if (take(close)) {
      builder_.end();
      return simdjson::SUCCESS;
    }
    closing_.push_back(close);
    return read_member();
  }

  simdjson::error_code
  read_member()
  {
    if (closing_.back() == '}') {
      if (const auto error = read_key()) {
        return error;
      }
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code
  read()
  {
    do {
      const std::size_t depth = closing_.size();
      if (const auto error = read_value()) {
        return error;
      }
      if (closing_.size() > depth) {
        continue;  // its first member comes
      }
      if (const auto error = read_end()) {
        return error;
      }
    } while (!closing_.empty());
    return simdjson::SUCCESS;
  }

  /// What stands behind a value: ends of tables and lists, then a comma and the next key.
  simdjson::error_code
  read_end()
  {
    while (!closing_.empty() && take(closing_.back())) {
      builder_.end();
      closing_.pop_back();
    }
    if (closing_.empty()) {
      return simdjson::SUCCESS;
    }
    return take(',') ? read_member() : simdjson::TAPE_ERROR;
  }

  std::string_view text_;
  DataBuilder& builder_;
  Tokens tokens_;
  std::vector<char> closing_;  ///< of what is open
  std::size_t next_ = 0;       ///< token
  std::size_t behind_ = 0;     ///< the end of the token taken last
  std::uint32_t line_ = 1;
  std::uint32_t token_line_ = 1;  ///< of the token taken last
  bool has_escapes_ = false;
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
