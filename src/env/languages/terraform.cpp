// SPDX-License-Identifier: Apache-2.0
//
// What Terraform gives to functions, containers and apps. Its own variables are set by files and flags as often as by
// `TF_VAR_…`, so that naming one is no read.
#include "base/text.hpp"
#include "env/code/reads.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace sluice::env {

namespace {

using code::Token;

constexpr auto extensions = std::to_array<std::string_view>({".tf", ".hcl"});
constexpr auto words = std::to_array<std::string_view>({"env", "app_settings", "config_vars"});

/// Tables whose keys are variables.
constexpr auto tables = std::to_array<std::string_view>({"environment_variables", "env_vars", "app_settings",
                                                         "config_vars", "secret_environment_variables",
                                                         "build_environment_variables", "environment", "env"});

constexpr auto lines = std::to_array<std::string_view>({"#", "//"});
constexpr auto blocks = std::to_array<code::Delimiters>({{"/*", "*/"}});
constexpr auto quotes = std::to_array<code::Quote>({{.begin = "\"", .end = "\"", .interpolation = "${"}});
constexpr code::Syntax syntax{
    .line_comments = lines,
    .block_comments = blocks,
    .quotes = quotes,
    .name_marks = "_-",
    .here_documents = {"<<", "${", code::HereDocuments::Names::any},
};

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
    const code::Tokens tokens = code::tokens_of(source_.text(), syntax);
    for (const Token& token : tokens.all) {
      take(token);
      before_last_ = std::exchange(last_, token);
    }
    code::tell_fault(tokens, seen_);
  }

private:
  /// call: of a function whose result is a table of variables, `env_vars = merge({ … }, { … })`.
  enum class Inside { other, variables, block, call };

  /// A table of variables, a block `env { name = "X" }`, or an item of a list of such.
  void
  take(const Token& token)
  {
    if (token.kind == Token::Kind::mark && is_any_of(token.text.front(), "{[(")) {
      open();
    } else if (token.kind == Token::Kind::mark && is_any_of(token.text.front(), "}])")) {
      if (!inside_.empty()) {
        inside_.pop_back();
      }
    } else if (token.kind == Token::Kind::mark && token.is("=")) {
      name(last_);
      assigned_ = last_;
    } else if (token.kind == Token::Kind::text && last_.is("=") && inside() == Inside::block
               && (before_last_.text == "name" || before_last_.text == "key")) {
      seen_.give(token.text, token.line);
    } else if (token.kind == Token::Kind::text && last_.text == "resource") {
      resource_ = token.text;
    }
    if (token.kind == Token::Kind::text && last_.is("=") && token.is_whole && inside() == Inside::variables) {
      give(before_last_, std::string(token.text));
      pending_.reset();
    } else if (pending_ && !token.is("=")) {
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
    const bool is_assigned = last_.is("=") || last_.is(":");
    const std::string_view name = is_assigned ? before_last_.text : last_.text;
    const bool is_table = is_table_of_variables(name);
    const bool is_lambda = name == "variables" && inside() == Inside::block;
    const bool is_call = before_last_.is("=") && is_table_of_variables(assigned_.text);
    const bool is_resource = last_.kind == Token::Kind::text && inside_.empty()
                             && std::find(resources.begin(), resources.end(), resource_) != resources.end();
    Inside next = Inside::other;
    if (is_lambda || (is_table && is_assigned) || inside() == Inside::call) {
      next = Inside::variables;
    } else if (is_resource) {
      next = Inside::block;
    } else if (is_call && last_.kind == Token::Kind::name) {
      next = Inside::call;
    } else if (is_table) {
      next = Inside::block;
    } else if (inside() == Inside::variables && (last_.is("[") || last_.is(","))) {
      // `environment = [{ name = "X" }]`
      next = Inside::block;
    }
    inside_.push_back(inside_.size() < max_depth ? next : Inside::other);
  }

  /// A key of a table of variables, whose value is not known yet.
  void
  name(const Token& token)
  {
    if (inside() == Inside::variables && token.kind != Token::Kind::mark && is_environment_name(token.text)) {
      pending_ = token;
    }
  }

  void
  give(const Token& token, std::optional<std::string> literal)
  {
    if (is_environment_name(token.text)) {
      seen_.give(token.text, token.line, std::move(literal));
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
