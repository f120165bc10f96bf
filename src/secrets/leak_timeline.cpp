// SPDX-License-Identifier: Apache-2.0
#include "secrets/leak_timeline.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace sluice::secrets {

namespace {

constexpr std::size_t digits = 8;  ///< of ids; a search of the page for them finds the finding

bool
has_date(const Arrival& arrival)
{
  return arrival.origin && !arrival.origin->author.empty();
}

/// Pictures cut a label at its end: what tells findings apart comes first, what somebody else wrote last.
Timeline::Event
event_of(const Arrival& arrival)
{
  const Origin& origin = *arrival.origin;
  const auto time = std::clamp(origin.time, Timeline::earliest, Timeline::latest);
  return {time, time,
          fmt::format("{}, {}: {}, fingerprint {}, by {}", origin.commit.substr(0, digits), arrival.state,
                      arrival.title, arrival.fingerprint.substr(0, digits), origin.author),
          arrival.mark};
}

std::string
note_of(std::size_t dated, std::size_t undated)
{
  std::string note = "Everything that was found, also what is allowed or in the baseline, by the first examined commit "
                     "that brings it. The dates are those that the authors' computers gave";
  if (dated > most_arrivals) {
    note += fmt::format("; these are the newest {} of {}", most_arrivals, with_thousands(dated));
  }
  if (undated != 0) {
    note += fmt::format("; {} not shown, for want of a commit with a date", counted(undated, "more is", "more are"));
  }
  return note;
}

}  // namespace

std::optional<Section>
leak_timeline(std::vector<Arrival> arrivals)
{
  const auto undated = std::stable_partition(arrivals.begin(), arrivals.end(), has_date);
  const auto undated_count = static_cast<std::size_t>(std::distance(undated, arrivals.end()));
  arrivals.erase(undated, arrivals.end());
  if (arrivals.empty()) {
    return std::nullopt;
  }
  std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
    return std::tie(a.origin->time, a.fingerprint) < std::tie(b.origin->time, b.fingerprint);
  });
  std::string note = note_of(arrivals.size(), undated_count);
  const std::size_t first = arrivals.size() - std::min(arrivals.size(), most_arrivals);
  Timeline timeline;
  std::transform(arrivals.begin() + static_cast<std::ptrdiff_t>(first), arrivals.end(),
                 std::back_inserter(timeline.events), event_of);
  return Section{"When each secret came", std::move(note), std::move(timeline)};
}

}  // namespace sluice::secrets
