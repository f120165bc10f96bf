// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/approval.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "gate/file_tree.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::uint64_t max_signers = 1U << 20U;
constexpr std::size_t most_votes = 1000;
/// By which clocks of people who sign may differ.
constexpr std::chrono::days longest_skew{7};

void
join_names(Person& person, const Person& more)
{
  person.names.insert(person.names.end(), more.names.begin(), more.names.end());
}

Vote
vote_of(std::string who, const Entry& entry)
{
  Vote vote{std::move(who), {}, {}, entry.number};
  vote.proven = person_of(vote.who);
  vote.person = vote.proven;
  join_names(vote.person, person_of(entry.actor));
  return vote;
}

/// A person's later word takes the place of the earlier.
void
add(Votes& votes, Vote vote)
{
  std::erase_if(votes.approvals, [&](const Vote& other) { return may_be_same(vote.person, other.person); });
  votes.approvals.push_back(std::move(vote));
}

constexpr std::string_view usual_signers{"allowed_signers"};

/// The default branch as this clone knows it, else what is checked out, as it was committed: what lies on the disk
/// anybody at the keyboard may write. Null where nothing is committed.
std::unique_ptr<gate::FileTree>
committed_tree(const gate::Input& input)
{
  const git::Repository* repository = input.repository;
  if (repository == nullptr) {
    return nullptr;
  }
  std::optional<git::ObjectId> tip;
  const auto head = repository->symbolic_target("refs/remotes/origin/HEAD");
  for (const std::string& name :
       {head.value_or(""), std::string("refs/remotes/origin/main"), std::string("refs/remotes/origin/master")}) {
    tip = tip || name.empty() ? tip : repository->reference(name);
  }
  tip = tip ? tip : repository->head();
  return tip ? std::make_unique<gate::CommitTree>(*repository, *tip, "") : nullptr;
}

Result<std::string>
signers_of(const Situation& situation)
{
  const gate::PolicyFiles& policy = situation.input.policy_files;
  const std::string& path = situation.pipeline.allowed_signers;
  const auto own = policy.whose.empty() ? committed_tree(situation.input) : nullptr;
  const gate::FileTree* tree = own != nullptr ? own.get() : policy.tree.get();
  if (tree == nullptr) {
    return fail(ErrorKind::config, "{}: whose signatures count is not known here{}{}", path,
                policy.fix.empty() ? "" : ": ", policy.fix);
  }
  auto text = tree->read(path, max_signers);
  // Where git's own documentation has it, for whoever never heard of ours.
  if (!text && path == PromoteOptions().allowed_signers && tree->is_file(usual_signers)) {
    text = tree->read(usual_signers, max_signers);
  }
  if (!text && !tree->is_file(path)) {
    return fail(ErrorKind::config, "{}: is not there, so nobody's signature counts: put lines \"MAIL KEY\" into it{}",
                path, policy.whose.empty() ? std::string() : fmt::format(" on {}", policy.whose));
  }
  if (!text) {
    return fail(ErrorKind::config, "{}: nobody's signature counts: {}", path, text.error().message);
  }
  return text;
}

/// Why nobody can tell whether the key of a signed entry still counted when it was used; empty if it did. Keys are
/// judged by the date of the commit, which whoever makes it chooses.
std::string
objection_to_date(const Situation& situation, const Entry& entry)
{
  if (entry.committed != entry.at) {
    return "dated it otherwise than its commit";
  }
  return entry.at + longest_skew < situation.ledger.newest_before(entry.number, situation.now)
             ? "dated it long before what came before it, when the key may still have counted"
             : "";
}

Result<std::optional<std::string>>
signer_of(const Situation& situation, const Entry& entry, std::string_view signers)
{
  if (!entry.is_signed || situation.signer_of == nullptr) {
    return std::optional<std::string>();
  }
  return situation.signer_of(entry.id, signers);
}

bool
is_of_this(const Situation& situation, const Word& word)
{
  return word.commit == situation.commit && text_of(word.entry.body, "plan") == situation.plan;
}

std::vector<const Word*>
approvals_of_this(const Situation& situation, Votes& votes)
{
  std::vector<const Word*> found;
  for (const Word& word : situation.here().approvals) {
    if (is_of_this(situation, word)) {
      found.push_back(&word);
    } else if (word.commit == situation.commit) {
      votes.discounted.push_back({word.entry.actor, "agreed under another definition of the pipeline"});
    }
  }
  if (found.size() > most_votes) {
    found.erase(found.begin(), found.end() - most_votes);
  }
  return found;
}

Result<Votes>
signed_votes(const Situation& situation)
{
  Votes votes;
  const auto words = approvals_of_this(situation, votes);
  if (words.empty()) {
    return votes;
  }
  TRY_ASSIGN(const std::string signers, signers_of(situation));
  for (const Word* word : words) {
    if (std::string why = word->entry.is_signed ? objection_to_date(situation, word->entry) : ""; !why.empty()) {
      votes.discounted.push_back({word->entry.actor, std::move(why)});
      continue;
    }
    TRY_ASSIGN(auto principal, signer_of(situation, word->entry, signers));
    if (principal) {
      add(votes, vote_of(*std::move(principal), word->entry));
    } else {
      votes.discounted.push_back(
          {word->entry.actor, word->entry.is_signed
                                  ? fmt::format("signed it with no key of {}", situation.pipeline.allowed_signers)
                                  : "did not sign it"});
    }
  }
  return votes;
}

Result<std::vector<PlatformWord>>
platform_words(const Situation& situation)
{
  if (situation.platform_words == nullptr) {
    return fail(ErrorKind::unavailable, "no platform that knows of approvals can be asked here");
  }
  return situation.platform_words();
}

Result<Votes>
platform_votes(const Situation& situation)
{
  Votes votes;
  TRY_ASSIGN(const auto words, platform_words(situation));
  for (const PlatformWord& word : words) {
    if (word.kind == PlatformWord::Kind::approved) {
      Entry none;
      none.at = word.at;
      add(votes, vote_of(word.who, none));
    }
  }
  return votes;
}

Votes
claimed_votes(const Situation& situation)
{
  Votes votes;
  for (const Word* word : approvals_of_this(situation, votes)) {
    add(votes, vote_of(word->entry.actor, word->entry));
  }
  return votes;
}

bool
is_taken_back(const Word& rejection, const Votes& votes)
{
  const Person person = person_of(rejection.entry.actor);
  return std::any_of(votes.approvals.begin(), votes.approvals.end(), [&](const Vote& vote) {
    return vote.number > rejection.entry.number && may_be_same(vote.proven, person);
  });
}

}  // namespace

Result<Votes>
votes_on(const Situation& situation)
{
  switch (situation.stage.approvals.proof) {
  case Proof::signature:
    return signed_votes(situation);
  case Proof::platform:
    return platform_votes(situation);
  case Proof::actor:
    break;
  }
  return claimed_votes(situation);
}

std::vector<Rejection>
standing_rejections(const Situation& situation)
{
  std::vector<Rejection> standing;
  const Votes votes = votes_on(situation).value_or(Votes{});
  for (const Word& word : situation.here().rejections) {
    if (word.commit == situation.commit && !is_taken_back(word, votes)) {
      standing.push_back({word.entry.actor, text_of(word.entry.body, "reason"), word.entry.at});
    }
  }
  if (situation.stage.approvals.proof == Proof::platform) {
    for (const PlatformWord& word : platform_words(situation).value_or(std::vector<PlatformWord>())) {
      if (word.kind == PlatformWord::Kind::rejected) {
        standing.push_back({word.who, "", word.at});
      }
    }
  }
  return standing;
}

bool
is_named(const std::vector<std::string>& list, const Person& person)
{
  return std::any_of(list.begin(), list.end(), [&](const std::string& listed) {
    const std::string pattern = to_lower(listed);
    return std::any_of(person.names.begin(), person.names.end(),
                       [&](const std::string& name) { return name == pattern || matches_text(pattern, name); });
  });
}

}  // namespace sluice::promote
