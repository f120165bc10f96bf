// SPDX-License-Identifier: Apache-2.0
//
// The one place that sees nlohmann's header, which costs a compiler more than the rest of a file of ours. Its lexer and
// parser are used, which check UTF-8 and do not recurse; its value is not, which sorts members or looks them up in
// quadratic time, and takes a repeated key without a word.
#include "base/json_events.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sluice {

namespace {

using Sax = nlohmann::json_sax<nlohmann::json>;

class SaxReader final : public Sax
{
public:
  SaxReader(std::string_view text, std::size_t deepest, JsonEvents& events)
      : text_(text),
        deepest_(deepest),
        events_(events)
  {}

  [[nodiscard]] Result<>
  finish() &&
  {
    return problem_.empty() ? Result<>() : fail(ErrorKind::input, "{}", problem_);
  }

  bool
  null() override
  {
    return events_.null();
  }
  bool
  boolean(bool value) override
  {
    return events_.boolean(value);
  }
  bool
  number_integer(number_integer_t value) override
  {
    return value < 0 ? events_.negative(value) : events_.natural(static_cast<std::uint64_t>(value));
  }
  bool
  number_unsigned(number_unsigned_t value) override
  {
    return events_.natural(value);
  }
  bool
  number_float(number_float_t value, const string_t& /*text*/) override
  {
    return events_.real(value);
  }
  bool
  string(string_t& value) override
  {
    return events_.text(value);
  }
  bool
  binary(binary_t& /*value*/) override
  {
    return false;
  }
  bool
  start_object(std::size_t /*elements*/) override
  {
    return deepen() && events_.begin_object();
  }
  bool
  key(string_t& name) override
  {
    return events_.key(name);
  }
  bool
  end_object() override
  {
    --depth_;
    return events_.end_object();
  }
  bool
  start_array(std::size_t /*elements*/) override
  {
    return deepen() && events_.begin_array();
  }
  bool
  end_array() override
  {
    --depth_;
    return events_.end_array();
  }
  bool
  parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& /*why*/) override
  {
    // The parser's own words quote the text; its place is enough.
    return refuse(position);
  }
  /// `position` is counted from 1.
  bool
  refuse(std::size_t position)
  {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t newline = before.rfind('\n');
    const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
    problem_ = fmt::format("not JSON (line {}, column {})", line, column);
    return false;
  }

private:
  bool
  deepen()
  {
    if (++depth_ > deepest_) {
      problem_ = fmt::format("nested more than {} levels deep", deepest_);
      return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t deepest_;
  JsonEvents& events_;
  std::size_t depth_ = 0;
  std::string problem_;
};

}  // namespace

Result<>
read_json(std::string_view text, const JsonLimits& limits, JsonEvents& events)
{
  if (text.size() > limits.bytes) {
    return fail(ErrorKind::input, "more than {} bytes of JSON", limits.bytes);
  }
  SaxReader reader(text, limits.depth, events);
  // The parser takes a zero byte for the end of the text, whatever follows.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    reader.refuse(zero + 1);
  } else {
    nlohmann::json::sax_parse(text, &reader);
  }
  return std::move(reader).finish();
}

}  // namespace sluice
