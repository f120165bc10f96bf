// SPDX-License-Identifier: Apache-2.0
#include "env/key_lines.hpp"
#include "env/names.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::env;

namespace {

std::vector<std::string>
keys_of(std::string text, std::string_view dialect)
{
  const DotenvFile file = read_dotenv_file(".env", std::move(text), {{.dialect = find_dialect(dialect)}});
  std::vector<std::string> keys;
  for (const Entry& entry : file.reading().entries) {
    keys.push_back(entry.key);
  }
  return keys;
}

}  // namespace

TEST_CASE("the name of a variable is a word that somebody made up")
{
  for (const char* name : {"A", "DATABASE_URL", "_x", "spring.datasource.url", "NEXT_PUBLIC_S3_V2", "X509_CERT",
                           "oAuth2ClientSecret", "npm_config_registry", "OAUTH2CLIENT", "FACADE", "my-key"}) {
    CAPTURE(name);
    CHECK(is_variable_name(name));
  }
  for (const char* data : {"", "1A", "a b", "a+b/c", "\"password\"", "x6EEhexXuLR6RNMh1ovhSbU", "c4f1e9d07b3a5e62",
                           "db_c4f1e9d07b3a5e62"}) {
    CAPTURE(data);
    CHECK_FALSE(is_variable_name(data));
  }
  CHECK_FALSE(is_variable_name(std::string(200, 'A')));
}

TEST_CASE("a key alone on its line is a name in capitals")
{
  CHECK(is_bare_variable_name("DATABASE_URL"));
  CHECK_FALSE(is_bare_variable_name("Sw0rdfish"));
  CHECK_FALSE(is_bare_variable_name("MADEUP1MADEUP2"));
}

TEST_CASE("a PEM text goes to its end, or as long as lines could be of it")
{
  const auto told = [](std::string_view text) {
    std::vector<std::string> bodies;
    for (const Span body : pem_bodies(text)) {
      bodies.emplace_back(body.of(text));
    }
    return bodies;
  };
  using Texts = std::vector<std::string>;
  CHECK(told("A=-----BEGIN X-----\nab\nc=\n-----END X-----\nB=1\n") == Texts{"ab\nc=\n-----END X-----\n"});
  CHECK(told("A=-----BEGIN X-----\nab\nc=\nB_B=1\n") == Texts{"ab\nc=\n"});
  CHECK(told("A=-----BEGIN X-----\\nab\\n-----END X-----\nB=1\n").empty());
  CHECK(told("A=-----BEGIN X-----\nab\nB=-----BEGIN Y-----\ncd\n-----END Y-----\n") == Texts{"cd\n-----END Y-----\n"});
  CHECK(told("-----BEGIN ").empty());
}

TEST_CASE("no dialect makes a variable of a line of a key")
{
  const std::string text = "A=-----BEGIN X-----\nQUJD\nREVG=\n-----END X-----\nB=1\n";
  for (const Dialect* dialect : dialects()) {
    CAPTURE(dialect->id);
    for (const std::string& key : keys_of(text, dialect->id)) {
      CHECK((key == "A" || key == "B"));
    }
  }
}

TEST_CASE("lines of which nobody makes a variable stand together")
{
  const auto lines =
      stray_lines(read_dotenv_file(".env", "A=1\n{\n\"b\"\n\nB=2\nx y\n", {{.dialect = find_dialect("motdotla")}}));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].first == 2);
  CHECK(lines[0].last == 3);
  CHECK(lines[1].first == 6);
  CHECK(stray_lines(read_dotenv_file(".env", "set -a\nA=1\n", {{.dialect = find_dialect("bash")}})).empty());
}
