// SPDX-License-Identifier: Apache-2.0
#include "credentials/foreign_pattern.hpp"

#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <memory>
#include <string>

namespace sluice::credentials {

namespace {

constexpr std::int64_t max_memory = 1 << 20;

struct Written
{
  std::string_view expression;
  std::string_view flags;
};

/// `/expression/flags` where it is written so.
Written
written(std::string_view text)
{
  const std::size_t end = text.rfind('/');
  if (!text.starts_with('/') || end == 0) {
    return {text, {}};
  }
  const std::string_view flags = text.substr(end + 1);
  return flags.find_first_not_of("dgimsuvy") == std::string_view::npos ? Written{text.substr(1, end - 1), flags}
                                                                       : Written{text, {}};
}

std::unique_ptr<RE2>
compiled(std::string_view text)
{
  const Written parts = written(text);
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  options.set_case_sensitive(parts.flags.find('i') == std::string_view::npos);
  std::string expression = parts.flags.find('s') == std::string_view::npos ? "" : "(?s)";
  expression += parts.flags.find('m') == std::string_view::npos ? "" : "(?m)";
  expression += parts.expression;
  auto pattern = std::make_unique<RE2>(expression, options);
  const bool is_fit = pattern->ok() && pattern->ProgramSize() <= max_foreign_instructions;
  return is_fit ? std::move(pattern) : nullptr;
}

}  // namespace

std::optional<bool>
finds(std::string_view expression, std::string_view text)
{
  // A schema's expression is asked of many values in a row, and compiling it costs more than the search.
  thread_local std::string last;
  thread_local std::unique_ptr<RE2> pattern;
  if (pattern == nullptr || last != expression) {
    last = expression;
    pattern = compiled(expression);
  }
  if (pattern == nullptr || text.size() > max_foreign_text) {
    return std::nullopt;
  }
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern);
}

}  // namespace sluice::credentials
