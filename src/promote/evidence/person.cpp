// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/person.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::size_t longest = 500;

/// "ada" of "12+ada@users.noreply.github.com"; empty of any other address.
std::string_view
login_behind(std::string_view mail)
{
  const std::size_t at = mail.find('@');
  if (at == std::string_view::npos || mail.substr(at + 1).find("noreply.") == std::string_view::npos) {
    return {};
  }
  const std::string_view local = mail.substr(0, at);
  const std::size_t plus = local.find('+');
  return plus == std::string_view::npos ? local : local.substr(plus + 1);
}

void
add(Person& person, std::string_view name)
{
  const std::string_view trimmed = trim(name);
  if (!trimmed.empty() && trimmed.size() <= longest) {
    person.names.push_back(to_lower(trimmed));
  }
}

bool
is_login_of(std::string_view login, std::string_view mail)
{
  const std::size_t at = mail.find('@');
  return at != std::string_view::npos && login.find('@') == std::string_view::npos && mail.substr(0, at) == login;
}

/// Few enough stars that matching ends soon.
bool
is_pattern(std::string_view name)
{
  const auto stars = std::count(name.begin(), name.end(), '*');
  return stars > 0 && stars < 4;
}

bool
may_be_same_name(const std::string& voter, const std::string& other)
{
  return voter == other || is_login_of(voter, other) || is_login_of(other, voter)
         || (is_pattern(voter) && matches_text(voter, other));
}

}  // namespace

std::string
text_of(const Actor& actor)
{
  return actor.mail.empty() ? actor.name : fmt::format("{} <{}>", actor.name, actor.mail);
}

Result<Actor>
actor_of(const Environment& environment, git::RefStore& refs)
{
  // Who sets one of these by hand claims no more than who sets git's author: none of them is proven.
  for (const std::string_view variable : {"GITHUB_ACTOR", "GITLAB_USER_LOGIN"}) {
    if (const std::string_view name = value_of(environment, variable); !name.empty()) {
      return Actor{std::string(name), ""};
    }
  }
  TRY_ASSIGN(const auto author, refs.author());
  if (author) {
    const std::size_t begin = author->rfind('<');
    return Actor{std::string(trim(author->substr(0, begin))), author->substr(begin + 1, author->size() - begin - 2)};
  }
  const std::string_view user = value_of(environment, "USER");
  const std::string_view host = value_of(environment, "HOSTNAME");
  return Actor{fmt::format("{}@{}", user.empty() ? "unknown" : user, host.empty() ? "localhost" : host), ""};
}

Person
person_of(std::string_view text)
{
  Person person;
  const std::size_t begin = text.rfind('<');
  const std::size_t end = text.rfind('>');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
    add(person, text);
    add(person, login_behind(text));
    return person;
  }
  const std::string_view mail = text.substr(begin + 1, end - begin - 1);
  add(person, text.substr(0, begin));
  add(person, mail);
  add(person, login_behind(mail));
  return person;
}

bool
may_be_same(const Person& voter, const Person& other)
{
  return std::any_of(voter.names.begin(), voter.names.end(), [&](const std::string& one) {
    return std::any_of(other.names.begin(), other.names.end(),
                       [&](const std::string& name) { return may_be_same_name(one, name); });
  });
}

}  // namespace sluice::promote
