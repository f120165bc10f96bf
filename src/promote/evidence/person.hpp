// SPDX-License-Identifier: Apache-2.0
//
// Who somebody is, by the names that they have in different places: git knows names and mail addresses, platforms know
// logins, signatures know principals. Nothing connects them, so two are taken for one person where any name of one may
// be a name of the other. That errs on one side only: somebody may not count who could have, and never the reverse.
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "git/refs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Who acts, as the platform or the machine says. Nobody has proven it.
struct Actor
{
  std::string name;
  std::string mail;  ///< of git only; else empty
};

/// "Ada <ada@example.org>", "ada": what entries have for an actor.
[[nodiscard]] std::string text_of(const Actor& actor);

/// GitHub's GITHUB_ACTOR, GitLab's GITLAB_USER_LOGIN, else the author that git would name, else the user of this
/// machine. Errors (ErrorKind::environment): git cannot be run.
[[nodiscard]] Result<Actor> actor_of(const Environment& environment, git::RefStore& refs);

/// Names of one person, in lower case.
struct Person
{
  std::vector<std::string> names;
};

/// Of "Ada <ada@example.org>", a login, a mail address, a principal. A mail address that hides its owner
/// ("12+ada@users.noreply.github.com") gives away their login.
[[nodiscard]] Person person_of(std::string_view text);

/// Whether they may be one person: a name of both, or a login that is the first part of a mail address. Names of
/// `voter` may be patterns ("*@example.org"), as principals of allowed signers may.
[[nodiscard]] bool may_be_same(const Person& voter, const Person& other);

}  // namespace sluice::promote
