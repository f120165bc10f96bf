// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "credentials/guesses.hpp"
#include "credentials/matcher.hpp"
#include "credentials/redactor.hpp"
#include "credentials/rule_file.hpp"
#include "credentials/template.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::credentials {
namespace {

std::string
made(std::string_view text, Checksum checksum = Checksum::none)
{
  return expand_template(text, "redactor", checksum);
}

std::string
shown(std::string_view text, TextKind kind = TextKind::prose)
{
  return redactor().redacted(text, kind);
}

TEST_CASE("a credential is hidden in every kind of text")
{
  const std::string token = made("ghp_{{base62:30}}{{checksum}}", Checksum::github);
  const std::string hidden = "ghp_" + token.substr(4, 2) + "…(40 characters)";
  for (const TextKind kind : {TextKind::prose, TextKind::line, TextKind::name, TextKind::run}) {
    CHECK(shown("a/" + token + ".txt", kind) == "a/" + hidden + ".txt");
    CHECK(shown(shown("a/" + token + ".txt", kind), kind) == "a/" + hidden + ".txt");
  }
}

TEST_CASE("a piece of a text is found again where it went, with the whole of what hides it")
{
  const std::string token = made("ghp_{{base62:30}}{{checksum}}", Checksum::github);
  const std::string other = made("x ghp_{{base62:30}}{{checksum}}", Checksum::github).substr(2);
  const std::string text = "a " + token + " b " + other + " c";
  struct Row
  {
    Span piece;
    std::string expected;
  };
  const std::string hidden = "ghp_" + other.substr(4, 2) + "…(40 characters)";
  for (const Row& row : {Row{{45, 85}, hidden}, Row{{50, 60}, hidden}, Row{{50, 87}, hidden + " c"},
                         Row{{85, 87}, " c"}, Row{{0, 1}, "a"}, Row{{43, 44}, "b"}, Row{{0, 0}, ""}}) {
    CAPTURE(row.piece.begin);
    Span piece = row.piece;
    const std::string line = redactor().redacted(text, TextKind::line, piece);
    CHECK(piece.of(line) == row.expected);
    Span again = piece;
    CHECK(redactor().redacted(line, TextKind::line, again) == line);
    CHECK(again == piece);
  }
}

TEST_CASE("what stands in the place of a secret is no secret")
{
  for (const char* text : {"curl -u deploy:…(16 characters) -T app.tgz https://host/x", "TOKEN=ghp_aB…(40 characters)",
                           "ftp://ci:…(8 to 15 characters)@host/x", "x = \"…(1,234 characters)\""}) {
    CHECK(shown(text) == text);
    CHECK(shown(text, TextKind::line) == text);
  }
  CHECK(shown("curl -u deploy:" + made("{{base62:16}}") + "…(nothing) x").find(made("{{base62:16}}"))
        == std::string::npos);
}

TEST_CASE("a mark excuses nothing that stands beside it")
{
  const std::string value = made("{{base62:20}}");
  const std::string token = made("ghp_{{base62:30}}{{checksum}}", Checksum::github);
  struct Row
  {
    std::string text;
    std::string secret;
  };
  const Row rows[]{
      {R"x(password="…(9 characters)RealValue99")x", "RealValue99"},
      {R"x(password="RealValue99…(9 characters)")x", "RealValue99"},
      {R"x(password="Real…(9 characters)Value99")x", "Value99"},
      {R"x(client_secret = "…(8 to 15 characters))x" + value + "\"", value},
      {"x=…(9 characters)" + value, value},
      {"x=ghp_aB…(40 characters)" + value, value},
      {"x=…(" + value + " characters)", value},
      {"https://u:…(9 characters)" + value + "@host/x", value},
      {"https://u:" + value + "…(9 characters)@host/x", value},
      {"ghp_…(9 characters)" + token.substr(4), token.substr(8)},
      {token.substr(0, 20) + "…(9 characters)" + token.substr(20), token.substr(20)},
      {"x…(9 characters)" + token, token.substr(8)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string once = shown(row.text, TextKind::line);
    CHECK(once.find(row.secret) == std::string::npos);
    CHECK(shown(once, TextKind::line) == once);
  }
  CHECK(shown("see ghp_…(9 characters)" + token.substr(4)).find(token.substr(8)) == std::string::npos);
}

TEST_CASE("a variable is no secret, and a secret that begins like one is")
{
  for (const char* variable : {"${TOKEN}", "${db.password}", "$TOKEN", "${{ secrets.DB_PASSWORD }}",
                               "{{ db_password }}", "{{.Values.password}}", "****", "$1"}) {
    const std::string url = fmt::format("ftp://ci:{}@host/x", variable);
    CHECK(shown(url) == url);
  }
  for (const char* secret : {"$uperS3cret99", "$ecretword", "{{hunter2", "{{hunter2}}x", "${TOKEN}hunter2",
                             "${TOKEN:-hunter2}", "****hunter2", "hunter2****", "$TOKENhunter2", "{{}}hunter2"}) {
    CAPTURE(secret);
    CHECK(shown(fmt::format("ftp://ci:{}@host/x", secret)).find(secret) == std::string::npos);
    CHECK(shown(fmt::format("https://ci:{}@host/x", secret)).find(secret) == std::string::npos);
    CHECK(shown(fmt::format("db_password: \"{}\"", secret), TextKind::line).find(secret) == std::string::npos);
  }
}

TEST_CASE("names are not hidden for looking random")
{
  for (const char* text :
       {"{{base62:20}}/{{hex:40}}.json", "key={{base62:12}}.txt", "Ada {{base62:16}} <a@example.org>"}) {
    const std::string name = made(text);
    CHECK(shown(name, TextKind::name) == name);
  }
}

TEST_CASE("of a line what is assigned or quoted is hidden if it looks random")
{
  const std::string value = made("{{base62:20}}");
  CHECK(shown("login x=" + value + " y", TextKind::line) == "login x=…(20 characters) y");
  CHECK(shown("  pin: " + value, TextKind::line) == "  pin: …(20 characters)");
  CHECK(shown("f(a := '" + value + "', \"" + value + "\")", TextKind::line)
        == "f(a := '…(20 characters)', \"…(20 characters)\")");
  CHECK(shown("x=" + value) == "x=" + value);
  for (const char* line : {"ALTER TABLE orders ALTER COLUMN note TYPE varchar(255) USING note::varchar(255);",
                           "const url: string = 'https://example.com/very/long-path_42/index.html?page=12';",
                           "image: registry.example.com/team/some-service:2026.11.26-rc1",
                           "user = process.env.DATABASE_USER_2 ?? 'customer_shipping_address_line_2'",
                           "see: 2026-11-26T12:00:00Z, 1a2b3c4", "https://host/?se=2031-01-01T00%3A00%3A00Z&sp=rl"}) {
    CHECK(shown(line, TextKind::line) == line);
  }
}

TEST_CASE("a password in a URL is hidden whatever the scheme is, and a user that is a token")
{
  CHECK(shown("cannot reach ftp://ci:hunter2@host/x") == "cannot reach ftp://ci:…(fewer than 8 characters)@host/x");
  CHECK(shown("https://abcdefgh@host/x") == "https://…(8 to 15 characters)@host/x");
  CHECK(shown("ssh://git@host/x and https://host/@scope/x") == "ssh://git@host/x and https://host/@scope/x");
  CHECK(shown("https://ci:${TOKEN}@host/x") == "https://ci:${TOKEN}@host/x");
}

TEST_CASE("a password in a URL ends at the last @, whatever is in it")
{
  for (const char* password : {"pa/ss", "pa?ss", "pa#ss", "pa<ss", "pa>ss", "p@ss", "p@/ss", "pa'ss", "pa\"ss", "pa`ss",
                               "12/ss", "pa:ss", "pa//ss", "pa\\ss", "pa[ss]", "$pa/ss"}) {
    CAPTURE(password);
    for (const TextKind kind : {TextKind::prose, TextKind::line, TextKind::run}) {
      const std::string once = shown(fmt::format("see ftp://ci:{}@host/x, a@b", password), kind);
      CHECK(once.find("ss") == std::string::npos);
      CHECK(once.find("@host/x, a@b") != std::string::npos);
      CHECK(shown(once, kind) == once);
    }
  }
  for (const char* text : {"http://host:4873/@scope/x", "http://host:80 a@b", "http://host:80\"a@b", "a://b:/c",
                           "https://host:8443/x", "{\"a\":\"https://host:80\",\"b\":\"x@y\"}"}) {
    CHECK(shown(text) == text);
  }
  CHECK(shown("http://host:80/x@y", TextKind::name) == "http://host:80/x@y");
}

TEST_CASE("of a line what stands where secrets do is hidden")
{
  const std::string opaque = made("{{base62:20}}");
  struct Row
  {
    std::string before;
    std::string secret;
    std::string after;
  };
  const Row rows[]{
      {"Authorization: Bearer ", opaque, ""},
      {"Authorization: Bearer ", "kq7zWp", ""},
      {"-H 'Authorization: token ", opaque, "' https://host"},
      {"x-header: Custom ", opaque, ""},
      {"deploy --password ", "xyz", " --host a"},
      {"deploy --password=", "xyz", " --host a"},
      {"deploy --api-key '", "correct horse", "'"},
      {"machine host login ada password ", "xyzzy", ""},
      {"password ", "xyzzy", ""},
      {"login(\"ada\", \"", "hunter2", "\")"},
      {"client.connect('db', '", opaque, "')"},
      {"setPassword('", "hunter2", "')"},
      {"send(\"", opaque, "\")"},
      {"x = ", "kQzRtYvWpLmNbXcD", ""},
      {"x = '", "kqzrtyvwplmnbxcd", "'"},
      {"x: ", "xK9mQ2pZ", ""},
      {"PASSWORD=", "correcthorse", ""},
      {"password: ", "correcthorse", ""},
      {"password = '", "a,b;c d", "'"},
      {"ALTER ROLE ada PASSWORD '", "abc", "';"},
      {"\"client_secret\": \"", "simple", "\","},
      {"config['db_passwd'] = \"", "letmein", "\""},
  };
  for (const Row& row : rows) {
    const std::string text = row.before + row.secret + row.after;
    CAPTURE(text);
    const std::string once = shown(text, TextKind::line);
    CHECK(once.find(row.secret) == std::string::npos);
    CHECK(once.starts_with(row.before));
    CHECK(once.ends_with(row.after));
    CHECK(shown(once, TextKind::line) == once);
  }
  for (const char* line :
       {"password = user.password_hash", "token::text", "ALTER TABLE users ADD COLUMN password text;",
        "password: string;", "UPDATE t SET token = NEW.token WHERE id = $1", "-- password reset for all",
        "if (token == other_token) {", "const password = await read(prompt)", "token: null,",
        "x = getUserNameById(customerIdentifier)", "author: Ada", "secret = \"${SECRET}\"",
        "SET search_path = public, extensions;", "getToken(\"users/read\")"}) {
    CHECK(shown(line, TextKind::line) == line);
  }
}

TEST_CASE("of a line a word that looks random is hidden wherever it stands")
{
  const std::string token = made("ghp_{{base62:30}}{{checksum}}", Checksum::github);
  for (const char* kind : {"{{hex:16}}", "{{hex:32}}", "{{hex:40}}", "{{base62:20}}", "{{base62:32}}",
                           "{{alnum-lower:24}}", "{{base62:22}}-{{base62:20}}"}) {
    const std::string value = made(kind);
    for (const std::string& text :
         {"TOKEN=" + token + " " + value, "ada," + token + "," + value + ",x", "\"ada\",\"" + value + "\",\"x\"",
          "ada;" + value + ";x", "ada\t" + value, "drop table shop; -- " + value, value, "(" + value + ")",
          "a|" + value + "|b", "# " + value + ".", "<b>" + value + "</b>", "see " + value + "=="}) {
      CAPTURE(text);
      const std::string once = shown(text, TextKind::line);
      CHECK(once.find(value) == std::string::npos);
      CHECK(shown(once, TextKind::line) == once);
    }
  }
  for (const char* line :
       {"call(getUserById2AndOrder3Items(convertBase64ToUTF8String, ISO8859ToWindows1252))",
        "CREATE INDEX orders_customer_id_4f3a9b2c_fk ON orders (customer_shipping_address_line_2);",
        "ALTER TABLE shop ADD CONSTRAINT orders_customer_id_4f3a9b2c_fk_customers_id FOREIGN KEY (id)",
        "x86_64-unknown-linux-gnu utf8mb4_0900_ai_ci 2026-11-26T12:00:00Z debian-bookworm-20261103-slim",
        "ECDHE-RSA-AES256-GCM-SHA384 TLS_AES_256_GCM_SHA384 sha256WithRSAEncryption jdbc-postgresql-42.7.3",
        "drop table if exists public.rs_20260101_0001_a, node_modules/left-pad/1.3.0",
        "internationalizationConfigurationFactoryBean.createUserV2Request", "--------------------------------",
        "12345678901234567890123456789012", "supercalifragilisticexpialidocious"}) {
    CHECK(shown(line, TextKind::line) == line);
  }
}

TEST_CASE("what is guessed costs a bounded number of bytes for each byte, whatever the text")
{
  constexpr std::size_t size = 1U << 16U;
  constexpr std::uint64_t most_per_byte = 2000;
  for (const char* piece : {"=",         "://",        "a=",
                            ":\"",       "://a:",      "://a:b@",
                            "password=", "password ",  "=\"",
                            "(",         "ghp_",       "a@",
                            "://$A",     "://a:\"",    "login(\"",
                            "Bearer ",   "x=kQ9zRtYv", "…(9 characters)=",
                            "aA1=",      "aA1",        "k3x9q7w2m8z4v6n1 "}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() < size) {
      text += piece;
    }
    const PrefixFilter prefixes(rules());
    Guesses guesses(rules(), prefixes);
    std::vector<Hidden> hidden;
    guesses.hide_users(text, TextKind::line, hidden);
    guesses.hide_fragments(text, hidden);
    guesses.hide_values(text, hidden);
    CHECK(guesses.work() >= text.size());
    CHECK(guesses.work() < text.size() * most_per_byte);
  }
}

TEST_CASE("a token that was cut is hidden by how it begins")
{
  const std::string token = made("ghp_{{base62:30}}{{checksum}}", Checksum::github);
  const std::string cut = shown("syntax error at or near \"" + token.substr(0, 30) + "…\"");
  CHECK(cut.find(token.substr(8, 12)) == std::string::npos);
  CHECK(shown("x: \"postgres://app:correcthorse…\" is no number")
        == "x: \"postgres://app:…(8 to 15 characters)…\" is no number");
  CHECK(shown("no answer from http://host:80…") == "no answer from http://host:80…");
}

TEST_CASE("the database is loaded once, and not for a text that can hold no credential")
{
  const RuleRedactor own;
  for (const char* text : {"", "12 commits that HEAD has and main has not", "1a2b3c4d..5e6f7a8b", "whole history",
                           "sluice-secrets --base 1a2b3c4d --head 5e6f7a8b", "pull request 12 of owner/name",
                           "refs/heads/feature/abc-1234-mend-it", "5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f",
                           "4 migrations, 12 statements"}) {
    CAPTURE(text);
    CHECK_FALSE(may_hold_credential(text));
    CHECK(own.redacted(text, TextKind::run) == text);
  }
  CHECK(own.loads() == 0);
  CHECK(own.redacted("a line of prose", TextKind::prose) == "a line of prose");
  CHECK(own.redacted("another line of prose", TextKind::prose) == "another line of prose");
  CHECK(own.loads() == 1);
}

TEST_CASE("a text with a credential of any kind is looked at")
{
  const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  const auto files = read_rule_files(test::source_directory() / "src" / "credentials" / "rules").value();
  for (const RuleFile& rule : files) {
    for (const std::string& example : rule.examples) {
      const std::string text = expand_template(example, rule.id, rule.checksum);
      for (const Match& match : worker.match(text).found) {
        CAPTURE(rule.id);
        CHECK(may_hold_credential(match.whole.of(text)));
      }
    }
  }
}

TEST_CASE("where rules cannot be had nothing is shown")
{
  static constexpr Rule broken{.meta = {.id = "x"}, .pattern = "x", .candidate = "(("};
  const RuleRedactor without(std::span(&broken, 1), {});
  CHECK(without.redacted("any text at all", TextKind::prose).find("any text") == std::string::npos);
  CHECK(without.loads() == 1);
}

}  // namespace
}  // namespace sluice::credentials
