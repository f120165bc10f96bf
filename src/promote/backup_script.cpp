// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_script.hpp"

#include "base/text.hpp"
#include "promote/backup_lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace sluice::promote {

namespace {

using Words = std::span<const SqlWord>;

constexpr std::string_view first_line{" PostgreSQL database dump"};
constexpr std::string_view last_line{" PostgreSQL database dump complete"};
constexpr std::size_t statements_per_tick = 1024;

bool
is_at(Words words, std::size_t at, std::string_view keyword)
{
  return at < words.size() && words[at].is(keyword);
}

bool
is_name(const SqlWord& word)
{
  return word.kind == SqlWord::Kind::bare || word.kind == SqlWord::Kind::quoted;
}

std::size_t
find_keyword(Words words, std::string_view keyword, std::size_t from = 0)
{
  while (from < words.size() && !words[from].is(keyword)) {
    ++from;
  }
  return from;
}

/// Of a statement that makes or changes what is not of one database: which, else nothing.
std::optional<std::string>
reach_beyond(Words words)
{
  constexpr std::array<std::string_view, 6> cluster{"database", "role", "user", "group", "tablespace", "system"};
  const bool changes = is_at(words, 0, "create") || is_at(words, 0, "alter") || is_at(words, 0, "drop");
  if (!changes || words.size() < 2 || is_at(words, 2, "mapping")) {
    return std::nullopt;
  }
  const bool is_of_cluster =
      words[1].kind == SqlWord::Kind::bare && std::find(cluster.begin(), cluster.end(), words[1].text) != cluster.end();
  return is_of_cluster ? std::optional(words[0].text + " " + words[1].text) : std::nullopt;
}

class ScriptReader
{
public:
  Result<>
  read_statement(Words words)
  {
    if (words.empty()) {
      return {};
    }
    if (const auto reach = reach_beyond(words)) {
      return fail(ErrorKind::input,
                  "holds `{}`, which reaches beyond the database that it is restored to: make it with pg_dump, without "
                  "--create, and not with pg_dumpall",
                  *reach);
    }
    if (words[0].is("copy") && !is_at(words, find_keyword(words, "from") + 1, "stdin")) {
      return fail(ErrorKind::input, "holds a COPY of a file or a program of the server, which no dump needs");
    }
    if (words[0].is("create") && words.size() > 2) {
      read_create(words);
    }
    read_roles(words);
    return {};
  }

  BackupScript&
  script()
  {
    return script_;
  }

private:
  void
  read_create(Words words)
  {
    const std::size_t at = is_at(words, 2, "if") ? 5 : 2;  // IF NOT EXISTS
    if (at >= words.size() || !is_name(words[at])) {
      return;
    }
    if (words[1].is("schema")) {
      script_.schemas.insert(words[at].text);
      read_role_list(words, find_keyword(words, "authorization", at) + 1);
    } else if (words[1].is("user")) {  // MAPPING FOR
      read_role_list(words, find_keyword(words, "for") + 1);
    } else if (words[1].is("extension")) {
      const std::size_t schema = find_keyword(words, "schema", at + 1) + 1;
      script_.extensions[words[at].text] = schema < words.size() ? words[schema].text : "";
    } else if (words[1].is("policy")) {
      read_role_list(words, find_keyword(words, "to", at) + 1);
    }
  }

  void
  read_roles(Words words)
  {
    const SqlWord& first = words[0];
    if (first.is("alter")) {
      const std::size_t owner = find_keyword(words, "owner");
      if (is_at(words, owner + 1, "to")) {
        read_role_list(words, owner + 2);
      }
    }
    if (first.is("alter") && is_at(words, 1, "default")) {
      read_role_list(words, find_keyword(words, "role") + 1);
    }
    if (first.is("grant") || first.is("revoke") || (first.is("alter") && is_at(words, 1, "default"))) {
      read_role_list(words, find_keyword(words, "to") + 1);
      read_role_list(words, find_keyword(words, "from") + 1);
    }
    if (first.is("set") && is_at(words, 1, "session") && is_at(words, 2, "authorization")) {
      read_role_list(words, 3);
    }
  }

  /// Names parted by commas, from there on.
  void
  read_role_list(Words words, std::size_t at)
  {
    at += is_at(words, at, "group") ? 1U : 0U;
    for (; at < words.size() && words[at].kind != SqlWord::Kind::symbol; at += 2) {
      add_role(words[at]);
      const bool goes_on =
          at + 1 < words.size() && words[at + 1].kind == SqlWord::Kind::symbol && words[at + 1].text == ",";
      if (!goes_on) {
        return;
      }
    }
  }

  void
  add_role(const SqlWord& word)
  {
    constexpr std::array<std::string_view, 5> everybody{"public", "current_user", "session_user", "current_role",
                                                        "default"};
    const bool is_no_name =
        word.kind == SqlWord::Kind::bare && std::find(everybody.begin(), everybody.end(), word.text) != everybody.end();
    // Names with this beginning are the server's own.
    if (!is_no_name && !word.text.empty() && !word.text.starts_with("pg_")) {
      script_.roles.insert(word.text);
    }
  }

  BackupScript script_;
};

/// psql obeys no other command between \restrict and \unrestrict with the same key, so that nothing in between matters
/// as long as it cannot know the key: https://www.postgresql.org/docs/current/app-psql.html
class Restriction
{
public:
  Result<>
  read(std::string_view command, bool is_before_statements, std::size_t line)
  {
    const std::vector<std::string_view> words = split(trim(command), ' ');
    const bool has_key = words.size() == 2 && !words[1].empty();
    if (words[0] == "\\restrict" && has_key && is_before_statements && key_.empty()) {
      key_ = words[1];
      return {};
    }
    if (words[0] == "\\unrestrict" && has_key && words[1] == key_ && !is_over_) {
      is_over_ = true;
      return {};
    }
    if (words[0] == "\\connect" || words[0] == "\\c") {
      return fail(
          ErrorKind::input,
          "holds `\\connect` in line {}, which leads to another database: make it with pg_dump, without --create",
          line);
    }
    return fail(ErrorKind::input,
                "holds psql's command `{}` in line {}, which no dump needs and which may run a program",
                ellipsis(printable(words[0]), 20), line);
  }

  /// That nothing comes behind its end, and that its key is nowhere else.
  [[nodiscard]] bool
  is_kept(std::string_view script) const
  {
    const std::size_t first = script.find(key_);
    const std::size_t second = first == std::string_view::npos ? first : script.find(key_, first + 1);
    return second != std::string_view::npos && script.find(key_, second + 1) == std::string_view::npos;
  }

  [[nodiscard]] const std::string&
  key() const
  {
    return key_;
  }
  [[nodiscard]] bool
  is_over() const
  {
    return is_over_;
  }

private:
  std::string key_;
  bool is_over_ = false;
};

/// A dump of pg_dump's says in a last line that it is whole; only then does a cut between two statements show.
Result<>
check_end(const SqlLexer& lexer, bool is_of_pg_dump, const Restriction& restriction, std::string_view script)
{
  if (is_of_pg_dump && lexer.last_comment() != last_line) {
    return fail(ErrorKind::input, "is cut off: pg_dump's last line is not there");
  }
  if (!restriction.key().empty() && (!restriction.is_over() || !restriction.is_kept(script))) {
    return fail(ErrorKind::input, "does not keep the key of its \\restrict to its beginning and its end");
  }
  return {};
}

}  // namespace

Result<BackupScript>
read_backup_script(std::string_view script, const std::function<bool()>& tick)
{
  SqlLexer lexer(script);
  ScriptReader reader;
  Restriction restriction;
  const bool is_of_pg_dump = script.substr(0, 256).find("--" + std::string(first_line)) != std::string_view::npos;
  std::size_t statements = 0;
  while (true) {
    const SqlLexer::Piece piece = lexer.next();
    if (piece == SqlLexer::Piece::end) {
      break;
    }
    if (piece == SqlLexer::Piece::cut_off) {
      return fail(ErrorKind::input, "is cut off: it ends in line {}, within a statement or its data", lexer.line());
    }
    if (piece == SqlLexer::Piece::command) {
      TRY(restriction.read(lexer.command(), statements == 0, lexer.line()));
      continue;
    }
    if (restriction.is_over()) {
      return fail(ErrorKind::input, "holds statements behind its \\unrestrict");
    }
    TRY(reader.read_statement(lexer.words()));
    if (++statements % statements_per_tick == 0 && tick && !tick()) {
      return fail(ErrorKind::unavailable, "was not read to its end, for the promotion was stopped");
    }
  }
  TRY(check_end(lexer, is_of_pg_dump, restriction, script));
  reader.script().restrict_key = restriction.key();
  return std::move(reader.script());
}

}  // namespace sluice::promote
