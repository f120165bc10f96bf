// SPDX-License-Identifier: Apache-2.0
#include "data/yaml_scalars.hpp"

#include "base/hash.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace sluice::yaml {

namespace {

bool
is_blank(char character)
{
  return character == ' ' || character == '\t';
}

std::string_view
without_blanks_behind(std::string_view text)
{
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

/// The characters that may end a plain scalar; those of a flow collection always do, within one.
constexpr std::uint8_t may_end = 1, ends_flow = 2;
constexpr std::array<std::uint8_t, 256> plain_marks = [] {
  std::array<std::uint8_t, 256> marks{};
  marks['#'] = marks[':'] = may_end;
  for (const char character : {',', '[', ']', '{', '}'}) {
    marks[static_cast<std::uint8_t>(character)] = ends_flow;
  }
  return marks;
}();

/// A set of characters that is asked about for every scalar.
constexpr std::array<bool, 256>
table_of(std::string_view characters)
{
  std::array<bool, 256> table{};
  for (const char character : characters) {
    table[static_cast<std::uint8_t>(character)] = true;
  }
  return table;
}

/// The character of an escape of one letter (chapter 5.7).
std::optional<std::uint32_t>
escaped(char letter)
{
  constexpr std::string_view letters = "0abtnvfre\"/\\NL_P \t";
  constexpr std::array<std::uint32_t, 18> characters{0,   7,   8,    9,    10,     11,   12,     13,  27,
                                                     '"', '/', '\\', 0x85, 0x2028, 0xA0, 0x2029, ' ', '\t'};
  const std::size_t at = letters.find(letter);
  return at == std::string_view::npos ? std::nullopt : std::optional(characters[at]);
}

std::size_t
digits_of_escape(char letter)
{
  switch (letter) {
  case 'x':
    return 2;
  case 'u':
    return 4;
  case 'U':
    return 8;
  default:
    return 0;
  }
}

/// Appends what the escape at the front of `rest` (a backslash) stands for; returns its length, 0 if it is none.
std::size_t
take_escape(std::string_view rest, std::string& out)
{
  if (rest.size() < 2) {
    return 0;
  }
  if (const auto character = escaped(rest[1])) {
    append_utf8(out, static_cast<char32_t>(*character));
    return 2;
  }
  const std::size_t digits = digits_of_escape(rest[1]);
  if (digits == 0 || rest.size() < 2 + digits) {
    return 0;
  }
  std::uint32_t character = 0;
  for (const char digit : rest.substr(2, digits)) {
    const int value = hex_value(digit);
    if (value < 0 || character > 0x10FFFU) {
      return 0;
    }
    character = character * 16 + static_cast<std::uint32_t>(value);
  }
  if (character > 0x10FFFF || (character >= 0xD800 && character < 0xE000)) {
    return 0;
  }
  append_utf8(out, static_cast<char32_t>(character));
  return 2 + digits;
}

/// Reads the parts of a quoted scalar that goes over several lines or has escapes.
class QuotedReader
{
public:
  QuotedReader(Cursor& cursor, char quote)
      : cursor_(cursor),
        quote_(quote),
        begin_(cursor.line())
  {}

  tl::expected<std::string, Stop>
  run()
  {
    while (true) {
      if (cursor_.at_end() || (cursor_.column() == 0 && cursor_.is_document_end())) {
        return tl::unexpected(Stop{Stop::Kind::defect, begin_, "a quoted text is not closed"});
      }
      const char next = cursor_.peek();
      if (next == '\n' || (next == '\r' && cursor_.peek(1) == '\n')) {
        fold();
      } else if (next == quote_ && quote_ == '\'' && cursor_.peek(1) == '\'') {
        out_ += '\'';
        cursor_.advance(2);
        kept_ = out_.size();
      } else if (next == quote_) {
        cursor_.advance(1);
        return std::move(out_);
      } else if (next == '\\' && quote_ == '"') {
        if (!escape()) {
          return tl::unexpected(Stop{Stop::Kind::defect, cursor_.line(), "an escape is not one of YAML's"});
        }
      } else {
        out_ += next;
        cursor_.advance(1);
      }
    }
  }

private:
  bool
  escape()
  {
    if (cursor_.peek(1) == '\n' || (cursor_.peek(1) == '\r' && cursor_.peek(2) == '\n')) {
      // The line goes on at the first character of the next one.
      cursor_.next_line();
      cursor_.skip_blanks();
      kept_ = out_.size();
      return true;
    }
    const std::size_t length = take_escape(cursor_.rest_of_line(), out_);
    cursor_.advance(length);
    kept_ = out_.size();
    return length != 0;
  }

  /// A line end is a blank, and each empty line behind it a line end (chapter 6.5); blanks around do not count.
  void
  fold()
  {
    while (out_.size() > kept_ && is_blank(out_.back())) {
      out_.pop_back();
    }
    std::size_t empty = 0;
    while (true) {
      cursor_.next_line();
      if (cursor_.at_end() || cursor_.is_document_end()) {
        break;
      }
      cursor_.skip_blanks();
      if (cursor_.peek() != '\n' && !(cursor_.peek() == '\r' && cursor_.peek(1) == '\n')) {
        break;
      }
      ++empty;
    }
    out_.append(empty == 0 ? 1 : empty, empty == 0 ? ' ' : '\n');
    kept_ = out_.size();
  }

  Cursor& cursor_;
  char quote_;
  std::uint32_t begin_;
  std::string out_;
  std::size_t kept_ = 0;  ///< blanks before this are meant
};

/// The header of a block scalar.
struct BlockHeader
{
  bool is_folded = false;
  char chomping = ' ';                ///< '-' strips, '+' keeps
  std::optional<std::size_t> indent;  ///< relative to the parent
};

std::optional<BlockHeader>
block_header(Cursor& cursor)
{
  BlockHeader header;
  header.is_folded = cursor.peek() == '>';
  cursor.advance(1);
  for (int i = 0; i < 2; ++i) {
    const char next = cursor.peek();
    if (next == '-' || next == '+') {
      header.chomping = next;
      cursor.advance(1);
    } else if (next >= '1' && next <= '9') {
      header.indent = static_cast<std::size_t>(next - '0');
      cursor.advance(1);
    }
  }
  return cursor.is_rest_empty() ? std::optional(header) : std::nullopt;
}

/// Joins the lines of a block scalar (chapter 8.1.3). Folding spares lines that begin with a blank, and the line ends
/// beside them.
class BlockLines
{
public:
  explicit BlockLines(bool is_folded)
      : is_folded_(is_folded)
  {}

  void
  add_empty()
  {
    ++ends_;
  }

  /// `ends` is whether the line has an end, as the last one of a text may not.
  void
  add(std::string_view line, bool ends)
  {
    const bool is_more = !line.empty() && is_blank(line.front());
    if (is_folded_ && is_begun_ && !is_more && !was_more_) {
      text_.append(ends_ == 1 ? 1 : ends_ - 1, ends_ == 1 ? ' ' : '\n');
    } else {
      text_.append(ends_, '\n');
    }
    text_ += line;
    ends_ = ends ? 1 : 0;
    is_begun_ = true;
    was_more_ = is_more;
  }

  [[nodiscard]] std::string
  chomped(char how)
  {
    if (how == '+') {
      text_.append(ends_, '\n');
    } else if (how == ' ' && is_begun_ && ends_ > 0) {
      text_ += '\n';
    }
    return std::move(text_);
  }

private:
  bool is_folded_;
  bool is_begun_ = false;
  bool was_more_ = false;
  std::size_t ends_ = 0;  ///< line ends since the last line that was not empty
  std::string text_;
};

}  // namespace

std::string_view
Cursor::rest_of_line() const
{
  if (line_end_ == std::string_view::npos) {
    line_end_ = std::min(text_.find('\n', at_), text_.size());
  }
  std::string_view rest = text_.substr(at_, line_end_ - at_);
  if (rest.ends_with('\r')) {
    rest.remove_suffix(1);
  }
  return rest;
}

void
Cursor::next_line()
{
  const std::size_t end =
      line_end_ == std::string_view::npos ? std::min(text_.find('\n', at_), text_.size()) : line_end_;
  line_ += end == text_.size() ? 0 : 1;
  at_ = end == text_.size() ? end : end + 1;
  line_begin_ = at_;
  line_end_ = std::string_view::npos;
}

bool
Cursor::is_rest_empty_behind_blanks() const
{
  std::size_t begin = at_;
  while (begin < text_.size() && is_blank(text_[begin])) {
    ++begin;
  }
  if (begin < text_.size() && text_[begin] > '#') {
    return false;
  }
  const std::string_view rest = rest_of_line();
  const std::size_t content = rest.find_first_not_of(" \t");
  // A comment needs a blank before it, or the beginning of a line.
  return content == std::string_view::npos
         || (rest[content] == '#' && (content > 0 || at_ == line_begin_ || is_blank(text_[at_ - 1])));
}

bool
Cursor::is_document_end() const
{
  if (at_end()) {
    return true;
  }
  if (at_ != line_begin_ || (text_[at_] != '-' && text_[at_] != '.')) {
    return false;
  }
  const std::string_view start = text_.substr(at_, 3);
  const char behind = peek(3);
  return (start == "---" || start == "...") && (behind == '\0' || behind == '\n' || behind == '\r' || is_blank(behind));
}

tl::expected<std::string_view, Stop>
read_quoted(Cursor& cursor, DataBuilder& builder)
{
  const char quote = cursor.peek();
  cursor.advance(1);
  // Nearly all are plain text on one line: then a view will do.
  const std::string_view rest = cursor.rest_of_line();
  const std::size_t close = rest.find(quote);
  if (close != std::string_view::npos) {
    const bool is_plain =
        quote == '"' ? std::memchr(rest.data(), '\\', close) == nullptr : rest.substr(close + 1, 1) != "'";
    if (is_plain) {
      cursor.advance(close + 1);
      return rest.substr(0, close);
    }
  }
  auto text = QuotedReader(cursor, quote).run();
  if (!text) {
    return tl::unexpected(std::move(text).error());
  }
  return builder.keep(*std::move(text));
}

tl::expected<std::string_view, Stop>
read_block(Cursor& cursor, std::ptrdiff_t parent, DataBuilder& builder)
{
  const std::uint32_t line = cursor.line();
  const auto header = block_header(cursor);
  if (!header) {
    return tl::unexpected(Stop{Stop::Kind::defect, line, "the header of a block text is wrong"});
  }
  cursor.next_line();
  const auto least = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parent + 1, 1));
  std::optional<std::size_t> indent;
  if (header->indent) {
    indent = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parent, 0)) + *header->indent;
  }
  BlockLines lines(header->is_folded);
  std::size_t widest_empty = 0;
  while (!cursor.at_end()) {
    const std::string_view whole = cursor.rest_of_line();
    const std::size_t spaces = std::min(whole.find_first_not_of(' '), whole.size());
    if (spaces == whole.size() && (!indent || spaces <= *indent)) {
      widest_empty = std::max(widest_empty, indent ? std::size_t{0} : spaces);
      lines.add_empty();
      cursor.next_line();
      continue;
    }
    if (spaces < (indent ? *indent : least) || (spaces == 0 && cursor.is_document_end())) {
      break;
    }
    // Blank lines in front of the text must not be wider than it (YAML 1.2.2, 8.1.1.1); parsers differ on those that
    // are.
    if (widest_empty > spaces) {
      return tl::unexpected(Stop{Stop::Kind::beyond, line, {}});
    }
    if (!indent) {
      indent = spaces;
    }
    const std::uint32_t line_before = cursor.line();
    cursor.next_line();
    lines.add(whole.substr(*indent), cursor.line() != line_before);
  }
  return builder.keep(lines.chomped(header->chomping));
}

Data::Kind
kind_of_plain(std::string_view text)
{
  static constexpr auto beginnings = table_of("~nNtTfF-+.0123456789");
  if (!text.empty() && !beginnings[static_cast<std::uint8_t>(text.front())]) {
    return Data::Kind::text;
  }
  constexpr std::array<std::string_view, 5> nulls{"", "~", "null", "Null", "NULL"};
  constexpr std::array<std::string_view, 6> booleans{"true", "True", "TRUE", "false", "False", "FALSE"};
  const auto is_one_of = [text](const auto& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  if (is_one_of(nulls)) {
    return Data::Kind::null;
  }
  if (is_one_of(booleans)) {
    return Data::Kind::boolean;
  }
  const char first = text.front();
  if (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9')) {
    return Data::Kind::text;
  }
  constexpr std::array<std::string_view, 9> words{".inf", ".Inf", ".INF", "-.inf", "+.inf",
                                                  ".nan", ".NaN", ".NAN", "-.Inf"};
  if (is_one_of(words)) {
    return Data::Kind::number;
  }
  const bool is_octal = text.starts_with("0o") && text.size() > 2;
  const bool is_hexadecimal = text.starts_with("0x") && text.size() > 2;
  if (is_octal || is_hexadecimal) {
    const std::string_view digits = is_octal ? "01234567" : "0123456789abcdefABCDEF";
    return text.substr(2).find_first_not_of(digits) == std::string_view::npos ? Data::Kind::number : Data::Kind::text;
  }
  const std::string_view unsigned_text = text.substr(first == '-' || first == '+' ? 1 : 0);
  const std::size_t exponent = unsigned_text.find_first_of("eE");
  const std::string_view mantissa = unsigned_text.substr(0, exponent);
  const bool has_digit = mantissa.find_first_of("0123456789") != std::string_view::npos;
  const bool is_decimal = has_digit && mantissa.find_first_not_of("0123456789.") == std::string_view::npos
                          && std::count(mantissa.begin(), mantissa.end(), '.') <= 1;
  if (exponent == std::string_view::npos) {
    return is_decimal ? Data::Kind::number : Data::Kind::text;
  }
  std::string_view power = unsigned_text.substr(exponent + 1);
  power.remove_prefix(power.starts_with('-') || power.starts_with('+') ? 1 : 0);
  const bool is_power = !power.empty() && power.find_first_not_of("0123456789") == std::string_view::npos;
  return is_decimal && is_power ? Data::Kind::number : Data::Kind::text;
}

std::size_t
length_of_plain(std::string_view line, Within within)
{
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::uint8_t mark = plain_marks[static_cast<std::uint8_t>(line[i])];
    if (mark == 0) {
      continue;
    }
    bool ends = mark == ends_flow && within == Within::flow;
    if (line[i] == '#') {
      ends = i > 0 && is_blank(line[i - 1]);
    } else if (line[i] == ':') {
      const char next = i + 1 < line.size() ? line[i + 1] : ' ';
      ends = is_blank(next) || (within == Within::flow && plain_marks[static_cast<std::uint8_t>(next)] == ends_flow);
    }
    if (ends) {
      return without_blanks_behind(line.substr(0, i)).size();
    }
  }
  return without_blanks_behind(line).size();
}

bool
may_begin_plain(const Cursor& cursor)
{
  const char first = cursor.peek();
  if (first == '-' || first == '?' || first == ':') {
    return !is_indicator(cursor, first);
  }
  static constexpr auto indicators = table_of(",[]{}#&*!|>'\"%@`");
  return !indicators[static_cast<std::uint8_t>(first)];
}

}  // namespace sluice::yaml
