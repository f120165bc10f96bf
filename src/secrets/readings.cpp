// SPDX-License-Identifier: Apache-2.0
#include "secrets/readings.hpp"

#include "base/wide_text.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace sluice::secrets {

namespace {

/// How far from a changed byte a wide secret is seen that it touches: eight letters of four bytes on either side.
constexpr std::size_t reach = 64;
/// How far from a byte of a wide letter its nearest NUL may be.
constexpr std::size_t letter = 3;

/// Matches what one reading holds beside that of another one, of which the secrets are known.
void
match_beside(std::string_view text, const std::set<Sha256>& known, MatchWorker& worker, const Reading& read)
{
  Matches matches = worker.match(text);
  std::vector<Match> others;
  std::copy_if(matches.found.begin(), matches.found.end(), std::back_inserter(others),
               [&](const Match& match) { return !known.contains(identity_of(match.secret.of(text))); });
  matches.found = others;
  if (!matches.empty() || !matches.complete) {
    read(text, matches);
  }
}

std::string_view
around(std::string_view bytes, Span span, std::size_t distance)
{
  const std::size_t begin = span.begin - std::min(span.begin, distance);
  return bytes.substr(begin, span.end + distance - begin);
}

/// Whether there are wide letters where something changed. Whoever changes a byte of a wide secret leaves its other
/// letters beside it. A delta of a text has a hundred such places, so a NUL is looked for first.
bool
is_wide_at(std::string_view bytes, std::span<const Span> fresh)
{
  return std::any_of(fresh.begin(), fresh.end(), [bytes](const Span& span) {
    return around(bytes, span, letter).find('\0') != std::string_view::npos
           && has_wide_text(around(bytes, span, reach));
  });
}

}  // namespace

void
match_readings(std::string_view bytes, MatchWorker& worker, const Reading& read)
{
  const std::optional<std::string> narrowed = with_wide_text_narrowed(bytes);
  if (!narrowed) {
    read(bytes, worker.match(bytes));
    return;
  }
  const Matches matches = worker.match(*narrowed);
  std::set<Sha256> known;
  for (const Match& match : matches.found) {
    known.insert(identity_of(match.secret.of(*narrowed)));
  }
  read(*narrowed, matches);
  match_beside(bytes, known, worker, read);
}

void
match_readings(std::string_view bytes, std::span<const Span> fresh, MatchWorker& worker, const Reading& read)
{
  if (is_wide_at(bytes, fresh)) {
    match_readings(bytes, worker, read);
  } else {
    read(bytes, worker.match(bytes, fresh));
  }
}

void
add_readings(std::string_view bytes, MatchWorker& worker, const Source& source, LeakCollection& leaks)
{
  match_readings(bytes, worker,
                 [&](std::string_view text, const Matches& matches) { leaks.add(text, matches, source); });
}

std::string
readable(std::string bytes)
{
  std::optional<std::string> narrowed = with_wide_text_narrowed(bytes);
  return narrowed ? *std::move(narrowed) : std::move(bytes);
}

}  // namespace sluice::secrets
