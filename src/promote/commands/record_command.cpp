// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/record_command.hpp"

#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/session.hpp"
#include "promote/record/record.hpp"
#include "promote/record/trace.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

std::vector<const Promotion*>
named(const RecordOptions& options, const State& state)
{
  std::vector<const Promotion*> found;
  for (const auto& [name, environment] : state.environments) {
    if (!options.environment.empty() && name != options.environment) {
      continue;
    }
    for (const Promotion& promotion : environment.promotions) {
      if (promotion.id.starts_with(options.promotion)) {
        found.push_back(&promotion);
      }
    }
  }
  return found;
}

Result<const Promotion*>
find_promotion(const RecordOptions& options, const State& state)
{
  if (options.promotion.empty() && options.environment.empty()) {
    return fail(ErrorKind::usage, "--environment or --promotion is needed: the record of which promotion?");
  }
  const std::vector<const Promotion*> found = named(options, state);
  if (found.empty()) {
    return fail(ErrorKind::usage, "no promotion {}{}",
                options.promotion.empty() ? "to " : "has an id that begins with ",
                options.promotion.empty() ? options.environment : options.promotion);
  }
  if (found.size() > 1 && !options.promotion.empty()) {
    return fail(ErrorKind::usage, "--promotion {}: {} promotions have ids that begin so", options.promotion,
                found.size());
  }
  return found.back();
}

/// Its environment as the pipeline has it; an empty one if it is no longer there.
const Stage&
stage_of(const Promotion& promotion, const Session& session)
{
  static const Stage none;
  const auto& all = session.options().environments;
  const auto found = all.find(promotion.environment);
  return found == all.end() ? none : found->second;
}

std::string
rendered(const Record& record, const gate::CommandInput& input)
{
  if (input.format == "json") {
    return json_of(record).dump(2, JsonText::ascii) + "\n";
  }
  return input.format == "otlp" ? trace_of(record, input.version).dump() + "\n" : markdown_of(record);
}

Result<>
check_note(const RecordOptions& options, const std::string& item)
{
  if (options.reason.empty()) {
    return fail(ErrorKind::usage, "--reason is needed: what is there to note?");
  }
  if (to_lower(trim(item)) == review_item) {
    return fail(ErrorKind::usage, "an emergency is closed by `review`: sluice promote review --environment NAME "
                                  "--reason TEXT");
  }
  return {};
}

std::string
told(const Promotion& promotion, const std::string& item, const Session& session)
{
  std::string text = fmt::format("{}: noted: {} of {} by {}\n", printable(promotion.environment), printable(item),
                                 brief(promotion.id), printable(session.actor));
  for (const OpenItem& open : open_items(promotion, session.ledger.state().of(promotion.environment))) {
    text += fmt::format("  open  {}: {}\n", open.item, printable(open.fix(promotion.environment)));
  }
  return text;
}

}  // namespace

Result<gate::CommandOutcome>
record_command(const RecordOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Session session, open_session(input));
  TRY_ASSIGN(const Promotion* promotion, find_promotion(options, session.ledger.state()));
  const Record record =
      record_of(*promotion, session.ledger.state(), session.ledger.entries(), stage_of(*promotion, session));
  gate::CommandOutcome outcome;
  outcome.output = rendered(record, input);
  if (const auto damage = damage_of(session)) {
    outcome.verdict = damage->verdict;
    outcome.note = fmt::format("{}\n", damage->why);
  }
  return outcome;
}

Result<gate::CommandOutcome>
note_command(const RecordOptions& options, const gate::CommandInput& input)
{
  const std::string& item = input.arguments.front();
  TRY(check_note(options, item));
  TRY_ASSIGN(Session session, open_session(input));
  if (const auto damage = damage_of(session)) {
    return gate::CommandOutcome{.note = fmt::format("{}\n", damage->why), .verdict = damage->verdict};
  }
  TRY_ASSIGN(const Promotion* found, find_promotion(options, session.ledger.state()));
  const Promotion promotion = *found;
  Entry entry;
  entry.kind = EntryKind::noted;
  entry.environment = promotion.environment;
  entry.actor = session.actor;
  entry.body = Json{{"about", promotion.id}, {"item", item}, {"reason", options.reason}};
  TRY(session.ledger.append(std::move(entry), [](const State&) { return true; }));
  return gate::CommandOutcome{.output = told(promotion, item, session)};
}

}  // namespace sluice::promote
