// SPDX-License-Identifier: Apache-2.0
#include "deps/licence.hpp"

#include "base/text.hpp"
#include "deps/licence_ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

using Kind = LicenceExpression::Kind;

/// Of the GNU licences the name without an end means "only" (spdx.org/licenses, deprecated identifiers).
std::string
with_gnu_end(std::string_view id, bool is_or_later)
{
  for (const std::string_view end : {"-only", "-or-later"}) {
    if (id.ends_with(end)) {
      const std::string base(id.substr(0, id.size() - end.size()));
      return is_or_later ? base + "-or-later" : std::string(id);
    }
  }
  std::string with_end = std::string(id) + (is_or_later ? "-or-later" : "-only");
  if (!spdx_id(with_end).empty()) {
    return with_end;
  }
  return std::string(id) + (is_or_later ? "+" : "");
}

/// Deprecated identifiers that stand for a licence with an exception, in lower case.
constexpr std::array<std::pair<std::string_view, std::pair<std::string_view, std::string_view>>, 9> with_exception{{
    {"ecos-2.0", {"GPL-2.0-or-later", "eCos-exception-2.0"}},
    {"gpl-2.0-with-autoconf-exception", {"GPL-2.0-only", "Autoconf-exception-2.0"}},
    {"gpl-2.0-with-bison-exception", {"GPL-2.0-only", "Bison-exception-2.2"}},
    {"gpl-2.0-with-classpath-exception", {"GPL-2.0-only", "Classpath-exception-2.0"}},
    {"gpl-2.0-with-font-exception", {"GPL-2.0-only", "Font-exception-2.0"}},
    {"gpl-2.0-with-gcc-exception", {"GPL-2.0-only", "GCC-exception-2.0"}},
    {"gpl-3.0-with-autoconf-exception", {"GPL-3.0-only", "Autoconf-exception-3.0"}},
    {"gpl-3.0-with-gcc-exception", {"GPL-3.0-only", "GCC-exception-3.1"}},
    {"wxwindows", {"LGPL-2.0-or-later", "WxWindows-exception-3.1"}},
}};

bool
is_reference_name(std::string_view text, std::string_view prefix)
{
  const auto is_of_id = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; };
  return text.size() > prefix.size() && to_lower(text.substr(0, prefix.size())) == to_lower(prefix)
         && std::all_of(text.begin(), text.end(), is_of_id);
}

/// "LicenseRef-x", "DocumentRef-y:LicenseRef-x".
bool
is_reference(std::string_view text)
{
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos ? is_reference_name(text, "LicenseRef-")
                                         : is_reference_name(text.substr(0, colon), "DocumentRef-")
                                               && is_reference_name(text.substr(colon + 1), "LicenseRef-");
}

LicenceTerm
term_of_id(std::string_view written)
{
  LicenceTerm term{LicenceTerm::Kind::unknown, std::string(written), {}, std::string(written)};
  if (is_reference(written)) {
    term.kind = LicenceTerm::Kind::reference;
    return term;
  }
  const bool has_plus = written.ends_with('+');
  const std::string_view id = spdx_id(written.substr(0, written.size() - (has_plus ? 1 : 0)));
  if (id.empty()) {
    return term;
  }
  term.kind = LicenceTerm::Kind::listed;
  const auto* meant = std::find_if(with_exception.begin(), with_exception.end(),
                                   [lower = to_lower(id)](const auto& each) { return each.first == lower; });
  if (meant != with_exception.end()) {
    term.id = with_gnu_end(meant->second.first, has_plus);
    term.exception = meant->second.second;
  } else {
    term.id = with_gnu_end(id, has_plus);
  }
  return term;
}

enum class Sign { term, all, any, open, close };

/// Reads from left to right. Operators wait until those that bind closer are done (Dijkstra's shunting yard).
class Parser
{
public:
  explicit Parser(std::string_view text)
      : text_(text)
  {}

  Result<LicenceExpression>
  run()
  {
    bool holds = true;
    for (std::size_t at = 0; holds && at < text_.size();) {
      const char character = text_[at];
      if (is_blank(character)) {
        ++at;
      } else if (is_any_of(character, "()/")) {
        holds = take(character == '(' ? Sign::open : character == ')' ? Sign::close : Sign::any);
        ++at;
      } else {
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n()/", at), text_.size());
        holds = take_word(text_.substr(at, end - at));
        at = std::max(end, at + 1);
      }
    }
    if (!holds || !end_term() || expects_term_) {
      return fail(ErrorKind::input, "is no expression of licences");
    }
    while (!waiting_.empty()) {
      if (waiting_.back() == Sign::open) {
        return fail(ErrorKind::input, "has a parenthesis that is not closed");
      }
      reduce();
    }
    return std::move(result_);
  }

private:
  /// Operators are in upper or in lower case, and in no mixture of both (SPDX 3.0, annex B).
  bool
  take_word(std::string_view word)
  {
    if (word == "AND" || word == "and") {
      return take(Sign::all);
    }
    if (word == "OR" || word == "or") {
      return take(Sign::any);
    }
    words_.push_back(word);
    return true;
  }

  bool
  take(Sign sign)
  {
    if (sign == Sign::open) {
      waiting_.push_back(sign);
      return words_.empty() && expects_term_;
    }
    if (!end_term() || expects_term_) {
      return false;
    }
    while (!waiting_.empty() && waiting_.back() != Sign::open && (sign != Sign::all || waiting_.back() == Sign::all)) {
      reduce();
    }
    if (sign != Sign::close) {
      waiting_.push_back(sign);
      expects_term_ = true;
      return true;
    }
    const bool was_open = !waiting_.empty();
    if (was_open) {
      waiting_.pop_back();
    }
    return was_open;
  }

  void
  reduce()
  {
    result_.steps.push_back({waiting_.back() == Sign::all ? Kind::all : Kind::any, {}});
    waiting_.pop_back();
  }

  /// Makes a term of the words that have come.
  bool
  end_term()
  {
    if (words_.empty()) {
      return true;
    }
    if (!expects_term_) {
      return false;
    }
    const auto with = std::find_if(words_.begin(), words_.end(),
                                   [](std::string_view word) { return word == "WITH" || word == "with"; });
    const char* begin = words_.front().data();
    const std::string_view last = words_.back();
    const std::string_view written(begin, static_cast<std::size_t>(last.data() + last.size() - begin));
    if (with == words_.end()) {
      add(term_of(written), written);
    } else if (with == words_.begin() || words_.end() - with != 2) {
      return false;
    } else {
      const std::string_view bare(begin, static_cast<std::size_t>((with - 1)->data() + (with - 1)->size() - begin));
      LicenceTerm term = term_of(bare);
      const std::string_view exception = spdx_exception(last);
      // What is added may also take away ("WITH Commons-Clause"): what nobody knows makes the whole unknown.
      if (exception.empty() || !term.exception.empty()) {
        term = {LicenceTerm::Kind::unknown, std::string(written), {}, {}};
      } else {
        term.exception = exception;
      }
      add(std::move(term), written);
    }
    return true;
  }

  void
  add(LicenceTerm term, std::string_view written)
  {
    term.written = written;
    result_.steps.push_back({Kind::term, std::move(term)});
    words_.clear();
    expects_term_ = false;
  }

  LicenceTerm
  term_of(std::string_view written)
  {
    LicenceTerm term = term_of_id(written);
    if (term.kind == LicenceTerm::Kind::unknown) {
      if (const std::string_view meant = licence_of_name(written); !meant.empty()) {
        term = term_of_id(meant);
        result_.read_as.push_back(fmt::format("\"{}\" as {}", printable(written), term.text()));
      }
    }
    return term;
  }

  std::string_view text_;
  LicenceExpression result_;
  std::vector<std::string_view> words_;  ///< of the licence that is being read
  std::vector<Sign> waiting_;
  bool expects_term_ = true;
};

/// What is written where there is no licence to name.
std::string_view
said_instead(std::string_view text)
{
  const std::string lower = to_lower(text);
  if (lower == "unlicensed" || lower == "proprietary") {
    return "says that nobody else may use it";
  }
  if (lower.starts_with("see license") || lower.starts_with("see licence") || lower == "file license"
      || lower == "file licence") {
    return "leads to a file that is not in a lockfile";
  }
  return lower == "none" || lower == "noassertion" ? "says that nobody knows" : "";
}

}  // namespace

std::string
LicenceTerm::text() const
{
  return exception.empty() ? id : fmt::format("{} WITH {}", id, exception);
}

Result<LicenceExpression>
parse_licence(std::string_view text)
{
  text = trim(text);
  if (text.empty()) {
    return fail(ErrorKind::input, "is empty");
  }
  if (text.size() > max_licence_bytes) {
    return fail(ErrorKind::input, "is longer than {} bytes", max_licence_bytes);
  }
  if (const std::string_view said = said_instead(text); !said.empty()) {
    return fail(ErrorKind::input, "{}", said);
  }
  // Some names have words of the grammar in them: "GNU General Public License v2.0 or later".
  if (const std::string_view meant = spdx_id(text).empty() ? licence_of_name(text) : ""; !meant.empty()) {
    LicenceExpression expression;
    LicenceTerm term = term_of_id(meant);
    term.written = text;
    expression.read_as.push_back(fmt::format("\"{}\" as {}", printable(text), term.text()));
    expression.steps.push_back({Kind::term, std::move(term)});
    return expression;
  }
  return Parser(text).run();
}

}  // namespace sluice::deps
