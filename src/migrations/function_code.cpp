// SPDX-License-Identifier: Apache-2.0
#include "migrations/function_code.hpp"

#include "base/text.hpp"
#include "migrations/clauses.hpp"
#include "migrations/effects.hpp"
#include "migrations/function_effects.hpp"
#include "migrations/lexer.hpp"
#include "migrations/parse_tree.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace sluice::migrations {

namespace {

/// Commands that are never looked into.
constexpr std::array harmful_words = std::to_array<std::string_view>(
    {"alter", "drop", "truncate", "lock", "grant", "revoke", "copy", "vacuum", "cluster", "reindex", "execute", "call",
     "refresh", "create", "discard", "reassign"});
/// What the session does from then on depends on these, wherever they are set.
constexpr std::array harmful_settings = std::to_array<std::string_view>({"search_path", "session_replication_role"});

class CodeReader
{
public:
  explicit CodeReader(std::string_view text)
      : text_(text),
        tokens_(tokens_of(text))
  {}

  Code
  read()
  {
    Code code;
    code.calls = calls();
    const auto has_effect = [](const QualifiedName& name) {
      return effect_of_function(name) != nullptr || runs_text(name);
    };
    code.may_harm = std::any_of(code.calls.begin(), code.calls.end(), has_effect) || has_harmful_command();
    return code;
  }

private:
  /// In lower case; nothing if it is not a word or past the end.
  [[nodiscard]] std::string
  word(std::size_t token) const
  {
    return token < tokens_.size() && tokens_[token].kind == TokenKind::word ? to_lower(tokens_[token].where.of(text_))
                                                                            : "";
  }
  [[nodiscard]] bool
  is_symbol(std::size_t token, char symbol) const
  {
    return token < tokens_.size() && tokens_[token].kind == TokenKind::symbol
           && text_[tokens_[token].where.begin] == symbol;
  }

  /// An identifier as the server folds it, "" if it is none.
  [[nodiscard]] std::string
  identifier(std::size_t token) const
  {
    if (token >= tokens_.size() || tokens_[token].kind != TokenKind::quoted_identifier) {
      return word(token);
    }
    const std::string_view quoted = tokens_[token].where.of(text_);
    std::string name;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
      name += quoted[i];
      i += quoted[i] == '"' ? 1U : 0U;
    }
    return name;
  }

  /// What stands before a parenthesis, and what stands behind a point: `row.name` is a call of name(row) as well.
  [[nodiscard]] std::vector<QualifiedName>
  calls() const
  {
    std::set<QualifiedName> names;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool is_dotted = i >= 2 && is_symbol(i - 1, '.');
      const bool is_call = is_symbol(i + 1, '(');
      if ((!is_dotted && !is_call) || is_table(is_dotted ? i - 2 : i, is_call)) {
        continue;
      }
      if (std::string name = identifier(i); !name.empty()) {
        names.insert({is_dotted && is_call ? identifier(i - 2) : "", std::move(name)});
      }
    }
    return {names.begin(), names.end()};
  }

  /// Of the first token of a name: INTO t (a, b), AS t (a int), FROM s.t.
  [[nodiscard]] bool
  is_table(std::size_t first, bool has_parenthesis) const
  {
    const std::string before = first > 0 ? word(first - 1) : "";
    constexpr std::array<std::string_view, 5> relations{"from", "join", "update", "only", "using"};
    return before == "into" || before == "as" || (!has_parenthesis && has(relations, before));
  }

  [[nodiscard]] bool
  has_harmful_command() const
  {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is_obscure(i)) {
        return true;
      }
      const std::string command = word(i);
      if (command.empty() || (i > 0 && is_symbol(i - 1, '.'))) {
        continue;
      }
      const bool is_import = command == "import" && word(i + 1) == "foreign";
      const bool is_load = command == "load" && i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::string;
      if (has(harmful_words, command) || (command == "do" && !is_on_conflict(i)) || writes_catalog(i) || is_import
          || is_load) {
        return true;
      }
      const bool changes_rows = command == "update" || command == "delete" || command == "merge";
      if (changes_rows && !is_row_lock(i) && !is_symbol(i + 1, '(')) {
        const std::size_t end = end_of_command(i);
        if (!is_harmless(i, end)) {
          return true;
        }
        i = end - 1;  // what is inside has been judged with it
      } else if (command == "do") {
        ++i;
      }
    }
    return false;
  }

  /// A name that is written in escapes, a quote without an end, and settings that change what all else means.
  [[nodiscard]] bool
  is_obscure(std::size_t token) const
  {
    const Token& each = tokens_[token];
    const std::string_view spelling = each.where.of(text_);
    const bool is_escaped = each.kind == TokenKind::quoted_identifier && !spelling.starts_with('"');
    if (is_escaped || each.kind == TokenKind::unterminated) {
      return true;
    }
    const bool can_be_setting = each.kind != TokenKind::symbol;
    return can_be_setting && std::any_of(harmful_settings.begin(), harmful_settings.end(), [&](std::string_view name) {
             return to_lower(spelling).find(name) != std::string::npos;
           });
  }

  /// ON CONFLICT … DO NOTHING, or DO UPDATE of the rows that were to be inserted.
  [[nodiscard]] bool
  is_on_conflict(std::size_t token) const
  {
    return word(token + 1) == "nothing" || word(token + 1) == "update";
  }
  [[nodiscard]] bool
  is_row_lock(std::size_t token) const
  {
    const std::string before = token > 0 ? word(token - 1) : "";
    return before == "for" || before == "key";
  }
  [[nodiscard]] bool
  writes_catalog(std::size_t token) const
  {
    const std::string table = identifier(token + 2);
    return word(token) == "insert" && word(token + 1) == "into" && (table.starts_with("pg_") || table == "cron");
  }

  /// Behind its last token: a semicolon, LOOP, RETURNING or the parenthesis that it stands in.
  [[nodiscard]] std::size_t
  end_of_command(std::size_t begin) const
  {
    std::size_t depth = 0;
    for (std::size_t i = begin; i < tokens_.size(); ++i) {
      depth += is_symbol(i, '(') ? 1U : 0U;
      if (is_symbol(i, ')') && depth-- == 0) {
        return i;
      }
      if (depth == 0 && i > begin && (is_symbol(i, ';') || word(i) == "returning" || word(i) == "loop")) {
        return i;
      }
    }
    return tokens_.size();
  }

  /// Of tokens, for comments in it may be what the parser is slow at.
  [[nodiscard]] std::string
  without_comments(std::size_t begin, std::size_t end) const
  {
    std::string command;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && tokens_[i].where.begin != tokens_[i - 1].where.end) {
        command += '\n';
      }
      command += tokens_[i].where.of(text_);
    }
    return command;
  }

  [[nodiscard]] bool
  is_harmless(std::size_t begin, std::size_t end) const
  {
    const auto first = tokens_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = tokens_.begin() + static_cast<std::ptrdiff_t>(end);
    if (std::any_of(first, last, [](const Token& each) { return each.kind == TokenKind::unterminated; })) {
      return false;
    }
    const std::string command = without_comments(begin, end);
    const ParseTree parsed = parse_tree(command);
    if (!parsed.error.empty()) {
      return false;
    }
    const Tree tree(parsed.json);
    const std::vector<Node> statements = tree.root()["stmts"].items();
    const Node statement = statements.size() == 1 ? statements.front()["stmt"] : Node();
    for (const char* kind : {"UpdateStmt", "DeleteStmt", "MergeStmt"}) {
      if (statement[kind].is_object()) {
        return deeds_of(kind, statement[kind]).effects.empty();
      }
    }
    return false;
  }

  template<typename List>
  static bool
  has(const List& list, std::string_view name)
  {
    return std::find(list.begin(), list.end(), name) != list.end();
  }

  std::string_view text_;
  std::vector<Token> tokens_;
};

/// BEGIN ATOMIC … END and RETURN, which the parser reads.
Code
code_of_tree(Node body)
{
  const Deeds deeds = deeds_of("ReturnStmt", body);
  return {!deeds.effects.empty() || !deeds.runs_text.empty() || deeds.hides_path, deeds.calls};
}

std::string
signature_of(Node node)
{
  std::string types;
  for (const Node each : node["parameters"].items()) {
    const Node parameter = each["FunctionParameter"];
    const std::string mode = parameter.text("mode");
    if (mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_TABLE") {
      types += text_of(type_of(parameter["argType"])) + ",";
    }
  }
  return types;
}

}  // namespace

Code
code_of(std::string_view text)
{
  return CodeReader(text).read();
}

CreateFunction
create_function(Node node)
{
  CreateFunction result{name_of(node["funcname"]), signature_of(node)};
  std::string language = "sql";
  std::string body;
  for (const Node option : node["options"].items()) {
    const Node element = option["DefElem"];
    if (element.text("defname") == "volatility") {
      result.is_volatile = element["arg"]["String"].text("sval") == "volatile";
    } else if (element.text("defname") == "language") {
      language = to_lower(element["arg"]["String"].text("sval"));
    } else if (element.text("defname") == "as") {
      const std::vector<std::string> parts = strings_of(element["arg"]["List"]["items"]);
      body = parts.empty() ? "" : parts.front();
    }
  }
  if (language == "sql" || language == "plpgsql") {
    result.code = node["sql_body"].is_object() ? code_of_tree(node["sql_body"]) : code_of(body);
  } else {
    result.code.may_harm = true;
  }
  return result;
}

}  // namespace sluice::migrations
