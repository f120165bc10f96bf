// SPDX-License-Identifier: Apache-2.0
#include "secrets/exposure.hpp"

#include <array>

namespace sluice::secrets {

Exposure
exposure_of(git::Reach reach)
{
  switch (reach) {
  case git::Reach::tip:
    return Exposure::tip;
  case git::Reach::head:
  case git::Reach::ref:
    return Exposure::ref;
  case git::Reach::tag:
    return Exposure::tag;
  case git::Reach::stash:
    return Exposure::stash;
  case git::Reach::dangling:
    return Exposure::dangling;
  }
  return Exposure::dangling;
}

std::string_view
state_of(Exposure exposure)
{
  constexpr std::array<std::string_view, 9> states{"in files that are not committed",
                                                   "at HEAD",
                                                   "at the tip of a branch, not at HEAD",
                                                   "no longer at HEAD, but in the history",
                                                   "in a commit's message",
                                                   "only in a tag",
                                                   "in a stash, in no branch or tag",
                                                   "in an object that no branch, tag or stash has",
                                                   "on standard input"};
  return states.at(static_cast<std::size_t>(exposure));
}

std::string_view
consequence_of(Exposure exposure)
{
  constexpr std::array<std::string_view, 9> consequences{
      "it will be published with the next commit",
      "everybody who can read the repository can use it",
      "everybody who can read the repository can use it",
      "everybody who can clone the repository can use it, although it was removed",
      "everybody who can read the repository can use it",
      "everybody who can fetch the tag can use it",
      "everybody who can read this copy of the repository can use it",
      "everybody who can read this copy of the repository can use it, until git prunes it",
      "it should not be in this text"};
  return consequences.at(static_cast<std::size_t>(exposure));
}

std::string_view
short_state_of(Exposure exposure)
{
  constexpr std::array<std::string_view, 9> states{"not committed",  "at HEAD",      "at a branch's tip",
                                                   "gone from HEAD", "in a message", "only in a tag",
                                                   "in a stash",     "in no branch", "on standard input"};
  return states.at(static_cast<std::size_t>(exposure));
}

Standing
standing_of(Exposure exposure)
{
  constexpr std::array<Standing, 9> standings{Standing::bad,     Standing::bad,     Standing::bad,
                                              Standing::warning, Standing::warning, Standing::warning,
                                              Standing::plain,   Standing::plain,   Standing::bad};
  return standings.at(static_cast<std::size_t>(exposure));
}

}  // namespace sluice::secrets
