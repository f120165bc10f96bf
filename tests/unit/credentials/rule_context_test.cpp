// SPDX-License-Identifier: Apache-2.0
//
// What silences a credential stands in its own expression: its name, its host, its command. The same word anywhere else
// on the line does not. Every rule with a `deny-context` has a row.
#include "base/text.hpp"
#include "credentials/matcher.hpp"
#include "credentials/template.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::credentials {
namespace {

struct ContextCase
{
  std::string_view rule;
  std::string_view real;    ///< a template that fires wherever it stands in a line
  std::string_view word;    ///< what would silence it inside of its own expression
  std::string_view silent;  ///< the same credential with the word inside
};

constexpr std::array<ContextCase, 17> inline_cases{{
    {"amqp-connection-url", "amqps://shop:{{base62:24}}@hawk.acme.io/shop", "localhost",
     "amqps://shop:{{base62:24}}@localhost/shop"},
    {"basic-auth-url", "https://ci:{{base62:20}}@pypi.acme.io/simple", "proxy",
     "https://ci:{{base62:20}}@proxy:8080/simple"},
    {"basic-auth-url", "https://ci:{{base62:20}}@test.acme.io/simple", "example.com",
     "https://ci:{{base62:20}}@pypi.example.com/simple"},
    {"basic-auth-url", "https://ci:{{base62:20}}@a.b.c.d.e.f.test.acme.io/simple", "localhost",
     "https://ci:{{base62:20}}@a.b.c.test/simple"},
    {"curl-user-password", "curl -fsS -u deploy:{{base62:16}} https://nexus.acme.io/raw/", "http://localhost:80/",
     "curl -fsS -u deploy:{{base62:16}} http://localhost:80/raw"},
    {"curl-user-password", "curl -u deploy:{{base62:16}} -x localhost:3128 https://nexus.acme.io/raw/", "127.0.0.1",
     "curl http://127.0.0.1:9200/_cat -u deploy:{{base62:16}}"},
    {"curl-user-password", "curl -u localhost:{{base62:16}} -H 'Origin: http://localhost' https://nexus.acme.io/raw/",
     "example.com", "curl -sS -u deploy:{{base62:16}} -X POST -H 'Accept: text' example.com/raw"},
    {"generic-quoted-credential", "api_key = \"{{base62:30}}7a\"", "md5", "api_key_md5 = \"{{base62:30}}7a\""},
    {"generic-quoted-credential", "\"client_secret\":\"{{base62:38}}7a\"", "integrity",
     "\"integrity_secret\":\"{{base62:38}}7a\""},
    {"generic-quoted-credential", "\"auth_token\":\"{{base62:38}}7a\"", "csrf", "\"csrf_token\":\"{{base62:38}}7a\""},
    {"mongodb-connection-url", "mongodb+srv://app:{{base62:16}}@c0.ab1cd.mongodb.net/shop", "cluster.mongodb.net",
     "mongodb+srv://app:{{base62:16}}@cluster.mongodb.net/shop"},
    {"mongodb-connection-url", "mongodb://app:{{base62:16}}@localhost:27017,db.acme.io:27017/shop", "localhost",
     "mongodb://app:{{base62:16}}@localhost:27017,localhost:27018/shop"},
    {"mysql-connection-url", "mysql://shop:{{base62:16}}@db1.acme.internal:3306/shop", "db_host",
     "mysql://shop:{{base62:16}}@db_host:3306/shop"},
    {"postgresql-connection-url", "postgres://app:{{base62:16}}@db.acme.internal:5432/shop", "localhost",
     "postgres://app:{{base62:16}}@localhost:5432/shop"},
    {"postgresql-connection-url", "postgres://app:{{base62:16}}@host.acme.internal/shop", "example.org",
     "postgres://app:{{base62:16}}@db.example.org/shop"},
    {"postgresql-connection-url", "postgres://app:{{base62:16}}@localhost@db.acme.internal/shop", "127.0.0.1",
     "postgres://app:{{base62:16}}@127.0.0.1/shop"},
    {"redis-connection-url", "rediss://default:{{base62:32}}@cat.upstash.io:6379", "localhost",
     "rediss://default:{{base62:32}}@localhost:6379"},
}};

/// Formats that begin with the line, so that only what follows can be a neighbour.
constexpr std::array<ContextCase, 4> line_cases{{
    {"generic-environment-credential", "API_TOKEN=k9{{base62:30}}", "checksum", "API_TOKEN_CHECKSUM=k9{{base62:30}}"},
    {"generic-environment-credential", "export SIGNING_KEY=k9{{base62:30}}", "public_key",
     "export PUBLIC_KEY_SECRET=k9{{base62:30}}"},
    {"generic-environment-credential", "  - SESSION_SECRET: k9{{base62:30}}", "fingerprint",
     "  - FINGERPRINT_SECRET: k9{{base62:30}}"},
    {"pgpass-password", "db.acme.internal:5432:shop:shop_rw:{{base62:16}}", "localhost",
     "localhost:5432:shop:shop_rw:{{base62:16}}"},
}};

struct Fixture
{
  Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();

  /// How many credentials of the rule there are in a text.
  std::size_t
  count(std::string_view rule, std::string_view text)
  {
    const auto found = worker.match(text).found;
    return static_cast<std::size_t>(std::count_if(
        found.begin(), found.end(), [rule](const Match& match) { return rules()[match.rule].meta.id == rule; }));
  }
};

std::string
expanded(std::string_view text)
{
  return expand_template(text, "context", Checksum::none);
}

TEST_CASE_FIXTURE(Fixture, "a word outside of a credential's own expression does not silence it")
{
  for (const ContextCase& each : inline_cases) {
    const std::string real = expanded(each.real);
    const std::array<std::string, 10> lines{
        real,
        fmt::format("{} {}", each.word, real),
        fmt::format("{} {}", real, each.word),
        fmt::format("{} # {}", real, each.word),
        fmt::format("{} // {} test example", real, each.word),
        fmt::format("/* {} */ {}", each.word, real),
        fmt::format("var {}1=\"{}\";{};var b=\"{}\";", "a", each.word, real, each.word),
        fmt::format("f(\"{}\");{};g('{}')", each.word, real, each.word),
        fmt::format("{{\"{}\":\"{}\",\"b\":1}};{};{{\"c\":\"{}\"}}", each.word, each.word, real, each.word),
        fmt::format("{} |{}| {} | {} |", std::string(600, 'a'), each.word, real, each.word),
    };
    for (const std::string& line : lines) {
      CHECK_MESSAGE(count(each.rule, line) == 1, fmt::format("{} in: {}", each.rule, line));
      CHECK_MESSAGE(count(each.rule, "first\n" + line + "\nlast " + std::string(each.word)) == 1,
                    fmt::format("{} in lines around: {}", each.rule, line));
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "what follows an assignment on its line does not silence it")
{
  for (const ContextCase& each : line_cases) {
    const std::string real = expanded(each.real);
    CHECK_MESSAGE(count(each.rule, real) == 1, real);
    CHECK_MESSAGE(count(each.rule, fmt::format("# {}\n{}\n# {}\n", each.word, real, each.word)) == 1, real);
    if (each.rule != "generic-environment-credential") {
      continue;  // that file has no comments behind a value
    }
    for (const std::string_view tail : {" # production", "  # example", "\t// test", " ; checksum", " \\", " && make",
                                        " OTHER_KEY=1", " /* public_key */", " -- fingerprint", "\r"}) {
      const std::string line = real + std::string(tail);
      CHECK_MESSAGE(count(each.rule, line) == 1, fmt::format("{}", line));
      CHECK_MESSAGE(count(each.rule, line + "\nNEXT=1\n") == 1, fmt::format("before another: {}", line));
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "the same word inside of it does")
{
  const auto check = [this](const ContextCase& each) {
    const std::string silent = expanded(each.silent);
    CHECK_MESSAGE(count(each.rule, silent) == 0, fmt::format("{} in: {}", each.rule, silent));
  };
  std::for_each(inline_cases.begin(), inline_cases.end(), check);
  std::for_each(line_cases.begin(), line_cases.end(), check);
}

TEST_CASE("every rule with a context has its case")
{
  std::set<std::string_view> tested;
  for (const ContextCase& each : inline_cases) {
    tested.insert(each.rule);
  }
  for (const ContextCase& each : line_cases) {
    tested.insert(each.rule);
  }
  for (const Rule& rule : rules()) {
    CHECK_MESSAGE((rule.deny_context.empty() || tested.contains(rule.meta.id)), rule.meta.id);
  }
}

TEST_CASE_FIXTURE(Fixture, "two credentials on a line are judged each by itself")
{
  const std::string local = expanded("postgres://app:{{base62:16}}@localhost:5432/shop");
  const std::string real = expanded("postgres://app:{{base62:20}}@db.acme.internal/shop");
  CHECK(count("postgresql-connection-url", local + "," + real) == 1);
  CHECK(count("postgresql-connection-url", real + "," + local) == 1);
  const std::string command = expanded("curl -u deploy:{{base62:16}} ");
  CHECK(count("curl-user-password", command + "http://localhost/ && " + command + "https://nexus.acme.io/") == 1);
  CHECK(count("curl-user-password", "`" + command + "http://localhost/` or `" + command + "https://nexus.acme.io/`")
        == 1);
  CHECK(count("curl-user-password", "curl http://localhost/ then curl " + command.substr(5) + "https://nexus.acme.io/")
        == 1);
  const std::string hash = expanded("\"md5_token\":\"{{base62:30}}7a\"");
  const std::string key = expanded("\"api_key\":\"{{base62:31}}7a\"");
  CHECK(count("generic-quoted-credential", "{" + hash + "," + key + "}") == 1);
  CHECK(count("generic-quoted-credential", "{" + key + "," + hash + "}") == 1);
}

TEST_CASE_FIXTURE(Fixture, "comments in a manifest do not hide a Secret")
{
  const std::string data = expanded("{{b64std:hunter-two-hunter-two}}");
  CHECK(count("kubernetes-secret-data",
              "kind: Secret # test\nmetadata:\n  name: db\ndata: # example\n  password: " + data + " # local\n")
        == 1);
  CHECK(count("kubernetes-secret-export", "data: # example\n  password: " + data + "  # local\nkind: Secret # test\n")
        == 1);
  CHECK(count("kubernetes-secret-string-data",
              expanded("kind: Secret # test\nstringData: # example\n  password: \"{{base62:20}}\" # local\n"))
        == 1);
}

}  // namespace
}  // namespace sluice::credentials
