// SPDX-License-Identifier: Apache-2.0
//
// compose-go finds references with a regular expression whose braces reach to the last `}` of the line, and then counts
// braces to find the one that closes. Here the same is done from left to right: what stands behind the closing brace is
// read on as the text that it is.
#include "env/compose_template.hpp"

#include "base/text.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Defaults within defaults; what is deeper is refused.
constexpr int max_depth = 100;
constexpr const char* no_reference = "a value has a ${ that begins no reference";
constexpr const char* too_deep = "references stand too deep within each other";
constexpr const char* is_missing = "a value that a reference requires is missing";

/// What a `${…}` consists of.
struct Braces
{
  std::string_view name = {};
  std::string_view sign = {};
  std::string_view word = {};
  std::size_t end = 0;  ///< behind the closing brace
};

/// The sign at the front: one of `-+?`, perhaps with a colon in front.
std::string_view
sign_at(std::string_view text)
{
  const std::size_t length = text.starts_with(':') ? 2 : 1;
  return text.size() >= length && is_any_of(text[length - 1], "-+?") ? text.substr(0, length) : std::string_view();
}

/// Behind the brace that closes the one at `at`, before `end`; `end` if none does. What follows an opening brace at
/// once is not looked at.
std::size_t
closing_end(std::string_view text, std::size_t at, std::size_t end)
{
  std::size_t open = 0;
  for (std::size_t i = at; i < end; ++i) {
    if (text[i] == '}' && --open == 0) {
      return i + 1;
    }
    if (text[i] == '{') {
      ++open;
      ++i;
    }
  }
  return end;
}

/// The line that was looked at last: where it ends, and its last closing brace.
struct Line
{
  const char* end = nullptr;
  const char* last = nullptr;

  /// Behind the last `}` of the line that `from` of `text` is on; nothing if it has none there. A line is searched
  /// once, however many references it has.
  std::optional<std::size_t>
  last_brace(std::string_view text, std::size_t from)
  {
    const char* begin = text.data() + from;
    if (end == nullptr || begin > end) {
      const std::size_t size = std::min(text.find('\n', from), text.size());
      const std::size_t brace = text.substr(0, size).rfind('}');
      end = text.data() + size;
      last = brace == std::string_view::npos ? nullptr : text.data() + brace;
    }
    return last != nullptr && last >= begin ? std::optional(static_cast<std::size_t>(last - text.data()) + 1)
                                            : std::nullopt;
  }
};

class Template
{
public:
  explicit Template(const Entries& entries)
      : entries_(entries)
  {}

  std::string
  expand(std::string_view text, int depth)
  {
    std::string out;
    Line line;
    while (expansion_.refusal == nullptr) {
      const std::size_t dollar = text.find('$');
      out += text.substr(0, dollar);
      if (dollar == std::string_view::npos) {
        break;
      }
      text.remove_prefix(dollar);
      text.remove_prefix(take(text, depth, line, out));
      expansion_.refusal = out.size() > max_value_bytes + size_ ? too_large : expansion_.refusal;
    }
    return out;
  }

  Expansion
  whole(std::string_view text)
  {
    size_ = text.size();
    expansion_.value = expand(text, 0);
    return std::move(expansion_);
  }

private:
  /// Adds what the dollar sign at the front comes to; how much of the text that took.
  std::size_t
  take(std::string_view text, int depth, Line& line, std::string& out)
  {
    const char next = text.size() > 1 ? text[1] : '\0';
    if (next == '$') {
      out += '$';
      return 2;
    }
    if (next == '{') {
      return take_braces(text, depth, line, out);
    }
    const std::size_t end = begins_name(next) ? end_of_name(text, 1) : 1;
    out += end == 1 ? "$" : value_of(text.substr(1, end - 1)).value_or("");
    return end;
  }

  std::size_t
  take_braces(std::string_view text, int depth, Line& line, std::string& out)
  {
    const auto braces = read_braces(text, line);
    if (!braces || depth > max_depth) {
      expansion_.refusal = braces ? too_deep : no_reference;
      return text.size();
    }
    out += resolve(*braces, depth);
    return braces->end;
  }

  static std::optional<Braces>
  read_braces(std::string_view text, Line& line)
  {
    const std::size_t name = 2;
    const std::size_t end = end_of_name(text, name);
    Braces braces{.name = text.substr(name, end - name)};
    if (end == name || end == text.size()) {
      return std::nullopt;
    }
    if (text[end] == '}') {
      braces.end = end + 1;
      return braces;
    }
    braces.sign = sign_at(text.substr(end));
    const std::size_t word = end + braces.sign.size();
    const auto last = line.last_brace(text, word);
    if (braces.sign.empty() || !last) {
      return std::nullopt;
    }
    braces.end = closing_end(text, 1, *last);
    braces.word = text.substr(word, braces.end - 1 - word);
    return braces;
  }

  std::string
  resolve(const Braces& braces, int depth)
  {
    std::optional<std::string> value = value_of(braces.name);
    if (braces.sign.empty()) {
      return value.value_or("");
    }
    const bool is_set = value && (!braces.sign.starts_with(':') || !value->empty());
    const char kind = braces.sign.back();
    if (kind == '?' && !is_set) {
      expansion_.refusal = is_missing;
      return {};
    }
    // Without its condition `+` gives the variable itself, which then is empty or missing.
    const bool takes_word = kind == '+' ? is_set : kind == '-' && !is_set;
    return takes_word ? expand(braces.word, depth + 1) : value.value_or("");
  }

  std::optional<std::string>
  value_of(std::string_view name)
  {
    expansion_.expands = true;
    if (const std::string* outside = entries_.outside(name)) {
      return *outside;
    }
    const Entry* entry = entries_.in_file(name);
    return entry == nullptr ? std::nullopt : entry->value;
  }

  const Entries& entries_;
  std::size_t size_ = 0;
  Expansion expansion_;
};

}  // namespace

Expansion
expand_compose(std::string_view value, const Entries& entries)
{
  return Template(entries).whole(value);
}

}  // namespace sluice::env
