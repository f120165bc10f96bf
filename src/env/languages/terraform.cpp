// SPDX-License-Identifier: Apache-2.0
//
// What Terraform gives to functions, containers and apps. Its own variables are set by files and flags as often as by
// `TF_VAR_…`, so that naming one is no read.
#include "base/text.hpp"
#include "env/language.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".tf", ".hcl"});
constexpr auto words = std::to_array<std::string_view>({"env", "app_settings", "config_vars"});

/// Tables whose keys are variables.
constexpr auto tables = std::to_array<std::string_view>({"environment_variables", "env_vars", "app_settings",
                                                         "config_vars", "secret_environment_variables",
                                                         "build_environment_variables", "environment", "env"});

/// Resources that are a variable, or several.
constexpr auto resources = std::to_array<std::string_view>(
    {"vercel_project_environment_variable", "vercel_project_environment_variables", "netlify_environment_variable"});

/// `env_vars`, `shared_environment_variables`
bool
is_table_of_variables(std::string_view name)
{
  return std::find(tables.begin(), tables.end(), name) != tables.end() || name.ends_with("_environment_variables")
         || name.ends_with("_env_vars");
}

bool
has(std::string_view path)
{
  return has_extension(path, extensions);
}

struct Token
{
  enum class Kind { word, text, sign } kind = Kind::sign;
  std::string_view content;  ///< of a text without its quotes
  std::size_t at = 0;
  bool is_plain = true;  ///< nothing is replaced in a text
};

class Lexer
{
public:
  explicit Lexer(std::string_view text)
      : text_(text)
  {}

  std::optional<Token>
  next()
  {
    skip();
    if (at_ >= text_.size()) {
      return std::nullopt;
    }
    const std::size_t begin = at_;
    if (text_[at_] == '"') {
      return string();
    }
    if (text_.substr(at_).starts_with("<<")) {
      document();
      return Token{Token::Kind::text, {}, begin, false};
    }
    if (is_of_word(text_[at_])) {
      while (at_ < text_.size() && is_of_word(text_[at_])) {
        ++at_;
      }
      return Token{Token::Kind::word, text_.substr(begin, at_ - begin), begin};
    }
    ++at_;
    return Token{Token::Kind::sign, text_.substr(begin, 1), begin};
  }

  /// Where a text or comment begins that does not end.
  [[nodiscard]] std::optional<std::size_t>
  fault() const
  {
    return fault_;
  }

private:
  static bool
  is_of_word(char c)
  {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
  }

  void
  skip()
  {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (is_blank(rest.front())) {
        ++at_;
      } else if (rest.starts_with('#') || rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        fault_ = end == std::string_view::npos && !fault_ ? std::optional(at_) : fault_;
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        break;
      }
    }
  }

  /// With what `${…}` in it holds, where quotes are of inner texts.
  Token
  string()
  {
    const std::size_t begin = at_++;
    int open = 0;
    bool is_plain = true;
    while (at_ < text_.size() && (open > 0 || text_[at_] != '"')) {
      const std::string_view rest = text_.substr(at_);
      const bool is_escaped = rest.starts_with("$${") || rest.starts_with("%%{");
      if (!is_escaped && (rest.starts_with("${") || rest.starts_with("%{"))) {
        is_plain = false;
        ++open;
      }
      open -= open > 0 && rest.front() == '}' ? 1 : 0;
      at_ += is_escaped ? 3 : rest.front() == '\\' || rest.starts_with("${") || rest.starts_with("%{") ? 2 : 1;
    }
    if (at_ >= text_.size()) {
      fault_ = fault_.value_or(begin);
      at_ = text_.size();
    }
    const Token token{Token::Kind::text, text_.substr(begin + 1, at_ - begin - 1), begin, is_plain};
    at_ = std::min(at_ + 1, text_.size());
    return token;
  }

  void
  document()
  {
    at_ = std::min(text_.find_first_not_of("<-", at_), text_.size());
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view delimiter = trim(text_.substr(at_, end - at_));
    for (at_ = end; at_ < text_.size();) {
      const std::size_t begin = at_ + 1;
      const std::size_t line_end = std::min(text_.find('\n', std::min(begin, text_.size())), text_.size());
      at_ = line_end;
      if (begin >= text_.size() || trim(text_.substr(begin, line_end - begin)) == delimiter) {
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::size_t> fault_;
};

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen)
  {}

  void
  look()
  {
    Lexer lexer(source_.text());
    while (auto token = lexer.next()) {
      take(*token);
      before_last_ = std::exchange(last_, *token);
    }
    if (lexer.fault()) {
      seen_.gap(source_.position(*lexer.fault()).line, "a text or comment is not closed");
    }
  }

private:
  /// call: of a function whose result is a table of variables, `env_vars = merge({ … }, { … })`.
  enum class Inside { other, variables, block, call };

  /// A table of variables, a block `env { name = "X" }`, or an item of a list of such.
  void
  take(const Token& token)
  {
    if (token.kind == Token::Kind::sign && is_any_of(token.content.front(), "{[(")) {
      open();
    } else if (token.kind == Token::Kind::sign && is_any_of(token.content.front(), "}])")) {
      if (!inside_.empty()) {
        inside_.pop_back();
      }
    } else if (token.kind == Token::Kind::sign && token.content == "=") {
      name(last_);
      assigned_ = last_;
    } else if (token.kind == Token::Kind::text && last_.content == "=" && inside() == Inside::block
               && (before_last_.content == "name" || before_last_.content == "key")) {
      seen_.give(token.content, source_.position(token.at).line);
    } else if (token.kind == Token::Kind::text && last_.content == "resource") {
      resource_ = token.content;
    }
    if (token.kind == Token::Kind::text && last_.content == "=" && token.is_plain && inside() == Inside::variables) {
      give(before_last_, std::string(token.content));
      pending_.reset();
    } else if (pending_ && token.content != "=") {
      give(*pending_, std::nullopt);
      pending_.reset();
    }
  }

  [[nodiscard]] Inside
  inside() const
  {
    return inside_.empty() ? Inside::other : inside_.back();
  }

  void
  open()
  {
    const bool is_assigned = last_.content == "=" || last_.content == ":";
    const std::string_view name = is_assigned ? before_last_.content : last_.content;
    const bool is_table = is_table_of_variables(name);
    const bool is_lambda = name == "variables" && inside() == Inside::block;
    const bool is_call = before_last_.content == "=" && is_table_of_variables(assigned_.content);
    const bool is_resource = last_.kind == Token::Kind::text && inside_.empty()
                             && std::find(resources.begin(), resources.end(), resource_) != resources.end();
    Inside next = Inside::other;
    if (is_lambda || (is_table && is_assigned) || inside() == Inside::call) {
      next = Inside::variables;
    } else if (is_resource) {
      next = Inside::block;
    } else if (is_call && last_.kind == Token::Kind::word) {
      next = Inside::call;
    } else if (is_table) {
      next = Inside::block;
    } else if (inside() == Inside::variables && (last_.content == "[" || last_.content == ",")) {
      // `environment = [{ name = "X" }]`
      next = Inside::block;
    }
    inside_.push_back(inside_.size() < max_depth ? next : Inside::other);
  }

  /// A key of a table of variables, whose value is not known yet.
  void
  name(const Token& token)
  {
    if (inside() == Inside::variables && token.kind != Token::Kind::sign && is_environment_name(token.content)) {
      pending_ = token;
    }
  }

  void
  give(const Token& token, std::optional<std::string> literal)
  {
    if (is_environment_name(token.content)) {
      seen_.give(token.content, source_.position(token.at).line, std::move(literal));
    }
  }

  static constexpr std::size_t max_depth = 1000;

  const gate::SourceText& source_;
  Sightings& seen_;
  Token last_;
  Token before_last_;
  Token assigned_;  ///< in front of the last `=`
  std::string_view resource_;
  std::optional<Token> pending_;
  std::vector<Inside> inside_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  Reader(source, seen).look();
}

}  // namespace

extern const Language language_terraform{
    .id = "terraform", .title = "Terraform", .has = has, .words = words, .look = look};

}  // namespace sluice::env
