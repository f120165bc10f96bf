// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/approval.hpp"
#include "promote/evidence/change.hpp"
#include "promote/evidence/effective_stage.hpp"
#include "promote/evidence/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

struct Tally
{
  std::vector<Vote> counted;
  std::vector<Discounted> discounted;
};

/// Who wrote or started it.
struct Involved
{
  std::vector<Person> authors;
  std::vector<Person> starters;
};

std::optional<Involved>
involved_in(const Situation& situation)
{
  Involved involved;
  if (!situation.actor.empty()) {
    involved.starters.push_back(person_of(situation.actor));
  }
  if (const auto& waiting = situation.here().waiting; waiting && waiting->commit == situation.commit) {
    for (const std::string& actor : waiting->actors) {
      involved.starters.push_back(person_of(actor));
    }
  }
  const auto authors = authors_of(situation);
  if (!authors) {
    return std::nullopt;
  }
  for (const std::string& author : *authors) {
    involved.authors.push_back(person_of(author));
  }
  return involved;
}

/// Why a vote does not count; empty if it does.
std::string
objection(const Approvals& approvals, const Involved& involved, const Vote& vote)
{
  if (!approvals.from.empty() && !is_named(approvals.from, vote.proven) && !is_named(approvals.database, vote.proven)) {
    return "is not among those who may approve";
  }
  if (!approvals.not_author) {
    return "";
  }
  const auto is_among = [&vote](const std::vector<Person>& people) {
    return std::any_of(people.begin(), people.end(),
                       [&](const Person& person) { return may_be_same(vote.person, person); });
  };
  if (is_among(involved.starters)) {
    return "started it";
  }
  return is_among(involved.authors) ? "wrote some of it" : "";
}

Tally
tally_of(const Situation& situation, const Involved& involved, Votes votes)
{
  Tally tally{{}, std::move(votes.discounted)};
  for (Vote& vote : votes.approvals) {
    std::string why = objection(situation.stage.approvals, involved, vote);
    if (why.empty()) {
      tally.counted.push_back(std::move(vote));
    } else {
      tally.discounted.push_back({vote.who, std::move(why)});
    }
  }
  return tally;
}

/// "ada started it", of each once: who approves again and again is told once.
std::vector<std::string>
clauses_of(const std::vector<Discounted>& discounted)
{
  std::vector<std::string> clauses;
  for (const Discounted& each : discounted) {
    std::string clause = fmt::format("{} {}", printable(each.who), each.why);
    if (std::find(clauses.begin(), clauses.end(), clause) == clauses.end()) {
      clauses.push_back(std::move(clause));
    }
  }
  return clauses;
}

/// "; does not count: ada started it", for whoever would else approve once more; empty if all of them count.
std::string
what_does_not_count(const Tally& tally)
{
  constexpr std::size_t most = 3;
  std::vector<std::string> clauses = clauses_of(tally.discounted);
  if (clauses.empty()) {
    return "";
  }
  const std::size_t more = clauses.size() - std::min(most, clauses.size());
  clauses.resize(clauses.size() - more);
  return fmt::format("; does not count: {}{}", join(clauses, ", "),
                     more == 0 ? std::string() : fmt::format(", and {} more", more));
}

std::vector<Fact>
facts_of(const Situation& situation, const Tally& tally)
{
  const bool is_claimed = situation.stage.approvals.proof == Proof::actor;
  std::vector<std::string> approvers;
  for (const Vote& vote : tally.counted) {
    approvers.push_back(printable(vote.who) + (is_claimed ? " (not proven)" : ""));
  }
  std::vector<Fact> facts;
  if (!approvers.empty()) {
    facts.push_back({"approved-by", "approved by", join(approvers, ", ")});
  }
  if (!tally.discounted.empty()) {
    facts.push_back({"does-not-count", "does not count", join(clauses_of(tally.discounted), "; ")});
  }
  return facts;
}

std::string
names_of(const Tally& tally)
{
  std::vector<std::string> names;
  for (const Vote& vote : tally.counted) {
    names.push_back(printable(vote.who));
  }
  return join(names, ", ");
}

std::string
fix_of(const Situation& situation)
{
  if (situation.stage.approvals.proof == Proof::platform) {
    return "Approve the deployment on the platform";
  }
  return fmt::format("sluice promote approve --environment {} --commit {}", situation.environment, situation.commit);
}

/// Whether somebody who knows the database must agree too. While nobody has looked for migrations, there may be some.
bool
needs_database(const Situation& situation)
{
  return !situation.stage.approvals.database.empty() && brings_migrations(situation).value_or(true);
}

bool
has_database(const Situation& situation, const Tally& tally)
{
  return std::any_of(tally.counted.begin(), tally.counted.end(),
                     [&](const Vote& vote) { return is_named(situation.stage.approvals.database, vote.proven); });
}

Ruling
ruling_of(const Situation& situation, std::int64_t asked, const Tally& tally)
{
  const auto has = static_cast<std::int64_t>(tally.counted.size());
  const std::string so_far = has == 0 ? std::string() : fmt::format(": {}", names_of(tally));
  const std::string unproven = situation.stage.approvals.proof == Proof::actor && has > 0 ? ", not proven" : "";
  Ruling ruling{.facts = facts_of(situation, tally)};
  if (has < asked) {
    ruling.answer = Answer::wait;
    ruling.why = fmt::format("{} of {}{}{}{}", has, counted(static_cast<std::uint64_t>(asked), "approval", "approvals"),
                             so_far, unproven, what_does_not_count(tally));
    ruling.fix = fix_of(situation);
    return ruling;
  }
  if (needs_database(situation) && !has_database(situation, tally)) {
    ruling.answer = Answer::wait;
    ruling.why = fmt::format("the change {} migrations, and none of {} approved it{}",
                             brings_migrations(situation) ? "holds" : "may hold",
                             join(situation.stage.approvals.database, ", "), what_does_not_count(tally));
    ruling.fix = fix_of(situation);
    return ruling;
  }
  ruling.why =
      fmt::format("{}{}{}", counted(static_cast<std::uint64_t>(has), "approval", "approvals"), so_far, unproven);
  return ruling;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto evidence = newest_evidence(situation, "migrations");
  const auto asked = effective(situation.stage, evidence ? evidence->risk : std::nullopt).approvals;
  if (asked == 0 && !needs_database(situation)) {
    return {};
  }
  auto votes = votes_on(situation);
  if (!votes) {
    const bool is_away = votes.error().kind == ErrorKind::unavailable;
    return {{.answer = is_away ? Answer::unavailable : Answer::no, .why = votes.error().message}};
  }
  std::optional<Involved> involved = Involved{};
  if (situation.stage.approvals.not_author && !votes->approvals.empty()) {
    involved = involved_in(situation);
  }
  if (!involved) {
    return {{.answer = Answer::unavailable,
             .why = "who wrote the change is not known: this clone does not hold all of it and what is live",
             .fix = "with:\n  fetch-depth: 0"}};
  }
  return {ruling_of(situation, asked, tally_of(situation, *involved, *std::move(votes)))};
}

}  // namespace

extern const Check check_approvals{
    .id = "approvals",
    .topic = Topic::people,
    .title = "approved",
    .doc = "So many people must agree to the very commit, in this environment, under this definition of the pipeline. "
           "Who wrote some of the change or started the promotion does not count, and a person counts once. `proof` "
           "says whose word is taken: entries signed by an allowed signer of the default branch, what the platform's "
           "approval API says, or who the machine says it is, which proves nothing and is marked so. A change with "
           "migrations needs one of `database` too; until the migrations gate has looked, it may hold some.",
    .waivable = Waivable::approval,
    .judge = judge};

}  // namespace sluice::promote
