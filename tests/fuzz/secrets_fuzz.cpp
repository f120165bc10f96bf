// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, as a file and as a delta: matching is bounded and consistent, and no check, template or excerpt stumbles.
// The first two bytes choose what of the rest is new.
#include "credentials/matcher.hpp"
#include "credentials/template.hpp"
#include "fuzz/require.hpp"
#include "secrets/leaks.hpp"

#include <cstdint>

namespace {

using namespace sluice;
using namespace sluice::credentials;
using namespace sluice::secrets;

std::vector<std::pair<std::size_t, std::uint32_t>>
summary(const Matches& matches)
{
  std::vector<std::pair<std::size_t, std::uint32_t>> all;
  for (const Match& match : matches.found) {
    all.emplace_back(match.secret.begin, match.rule);
  }
  return all;
}

void
check_order(const Matches& matches, std::size_t size)
{
  std::size_t end = 0;
  for (const Match& match : matches.found) {
    require(match.secret.begin >= end && match.secret.begin < match.secret.end && match.secret.end <= size);
    require(match.whole.begin <= match.secret.begin && match.secret.end <= match.whole.end);
    end = match.secret.end;
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  static MatchWorker worker = MatchWorker::create(matcher).value();
  if (size < 2) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Matches whole = worker.match(text);
  check_order(whole, text.size());
  const auto expected = summary(whole);

  LeakCollection leaks(matcher.rules());
  leaks.add(text, whole, {SourceKind::commit, {}, {}});
  for (const Leak& leak : leaks.take()) {
    require(!leak.sightings.empty() && !leak.redacted.empty());
  }

  const std::size_t begin = text.size() * data[0] / 256;
  const std::size_t end = begin + (text.size() - begin) * data[1] / 256;
  const Span fresh[]{{begin, end}};
  const auto partial = summary(worker.match(text, fresh));
  require(partial.empty() || partial == expected);

  for (std::size_t i = 0; i < EnumNames<Checksum>::names.size(); ++i) {
    (void)check(static_cast<Checksum>(i), text);
    (void)check_characters(static_cast<Checksum>(i), text);
  }
  (void)expand_template(text.substr(0, 4096), "seed", Checksum::github);
  return 0;
}
