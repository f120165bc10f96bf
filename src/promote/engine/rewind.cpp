// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/rewind.hpp"

#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/platform.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr int most_reads = 3;
constexpr std::chrono::milliseconds doubt{500};

bool
is_known(const Entry& entry, const std::string& id)
{
  const auto accepted = entry.body[accepted_member].items();
  const bool is_accepted =
      entry.kind == EntryKind::unlocked && std::any_of(accepted.begin(), accepted.end(), [&id](const Json& each) {
        return each.text() != nullptr && *each.text() == id;
      });
  return is_accepted || entry.id.hex() == id;
}

std::vector<std::string>
missing_from(const Ledger& ledger, const std::vector<std::string>& ids)
{
  std::vector<std::string> missing;
  const auto entries = ledger.entries();
  for (const std::string& id : ids) {
    const bool is_there =
        std::any_of(entries.rbegin(), entries.rend(), [&id](const Entry& entry) { return is_known(entry, id); });
    if (!is_there) {
      missing.push_back(id);
    }
  }
  return missing;
}

/// What the ledger lacks however often it is read: another run may have written since we read it first, and a host may
/// answer for a moment from a copy that is behind.
std::vector<std::string>
missing_for_good(Session& session, const std::vector<std::string>& ids)
{
  std::vector<std::string> missing = missing_from(session.ledger, ids);
  for (int read = 1; !missing.empty() && read < most_reads; ++read) {
    session.clock.sleep(doubt);
    if (!session.ledger.refresh()) {
      return {};  // who acts meets that by itself
    }
    missing = missing_from(session.ledger, ids);
  }
  return missing;
}

}  // namespace

void
look_for_rewind(Session& session, const std::string& environment)
{
  session.rewind.reset();
  net::HttpClient* http = session.input.input.services.http;
  const Platform* platform = http == nullptr ? nullptr : recording_platform(session.options(), session.process());
  if (platform == nullptr || platform->newest == nullptr || !platform->ready(session.process())) {
    return;
  }
  const auto newest = platform->newest({*http, session.process(), session.clock.sleep}, environment);
  if (!newest) {
    session.tell(fmt::format("{}: whether the ledger was wound back cannot be compared: {}", environment,
                             newest.error().message));
    return;
  }
  std::vector<std::string> missing = missing_for_good(session, *newest);
  if (!missing.empty()) {
    session.rewind =
        Rewind{fmt::format("{} has recorded a deployment to {} by its entry {}, which it does not have: it "
                           "was wound back, or replaced",
                           platform->title, environment, printable(brief(missing.front()))),
               std::move(missing)};
  }
}

void
look_for_rewind(Session& session, const std::string& environment, std::span<const Sample> answers)
{
  std::vector<std::string> entries;
  for (const Sample& answer : answers) {
    if (!answer.ledger_entry.empty()
        && std::find(entries.begin(), entries.end(), answer.ledger_entry) == entries.end()) {
      entries.push_back(answer.ledger_entry);
    }
  }
  std::vector<std::string> missing = missing_for_good(session, entries);
  if (!missing.empty()) {
    session.rewind =
        Rewind{fmt::format("what is live in {} was deployed by its entry {}, which it does not have: it was "
                           "wound back, or replaced",
                           environment, brief(missing.front())),
               std::move(missing)};
  }
}

}  // namespace sluice::promote
