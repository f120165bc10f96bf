// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/evidence.hpp"

#include "base/process.hpp"
#include "base/text.hpp"
#include "promote/evidence/change.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::chrono::seconds patience{120};

/// Whether `a` counts before `b`, which came later.
bool
is_newer(const Evidence& a, const Evidence& b)
{
  return a.produced > b.produced;
}

}  // namespace

Result<>
vouch_for(const std::filesystem::path& file, std::span<const std::string> words, const Environment& environment)
{
  ProcessRequest request;
  request.argv.assign(words.begin(), words.end());
  request.argv.push_back(file.string());
  request.environment.emplace(environment.begin(), environment.end());
  request.timeout = patience;
  TRY_ASSIGN(const ProcessResult result, run_process(request));
  if (result.exit_status != 0) {
    return fail(ErrorKind::input, "{}: {} does not vouch for it (status {}): {}", file.filename().string(),
                printable(words.front()), result.exit_status, ellipsis(printable(trim(result.error_output)), 300));
  }
  return {};
}

std::optional<Evidence>
read_evidence(const Entry& entry)
{
  const Json& body = entry.body;
  const auto verdict = from_name<Verdict>(text_of(body, "verdict"));
  const auto fail_on = from_name<FailOn>(text_of(body, "fail-on"));
  const auto produced = time_of(body, "produced");
  if (entry.kind != EntryKind::evidence || !verdict || !fail_on || !produced) {
    return std::nullopt;
  }
  Evidence evidence;
  evidence.tool = text_of(body, "tool");
  evidence.commit = text_of(body, "commit");
  evidence.verdict = *verdict;
  evidence.fail_on = *fail_on;
  evidence.breadth = from_name<Breadth>(text_of(body, "breadth")).value_or(Breadth::part);
  evidence.bases = texts_of(body["bases"]);
  evidence.range = text_of(body, "range");
  evidence.produced = *produced;
  evidence.digest = text_of(body, "digest");
  evidence.risk = from_name<Risk>(text_of(body, "risk"));
  if (body["migrations"].is_object()) {
    evidence.migrations =
        SeenMigrations{body["migrations"]["files"].natural().value_or(0), texts_of(body["migrations"]["paths"])};
  }
  evidence.verified_by = text_of(body, "verified-by");
  evidence.is_brought = text_of(body, "way") == "brought";
  evidence.actor = entry.actor;
  evidence.number = entry.number;
  return evidence;
}

std::optional<Evidence>
newest_evidence(const Situation& situation, std::string_view tool)
{
  std::vector<Evidence> all;
  const auto take = [&](const Entry& entry) {
    auto evidence = read_evidence(entry);
    if (evidence && evidence->tool == tool && evidence->commit == situation.commit) {
      all.push_back(*std::move(evidence));
    }
  };
  for (const auto& [name, state] : situation.ledger.environments) {
    for (const Word& word : state.evidence) {
      take(word.entry);
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Evidence& a, const Evidence& b) { return a.number < b.number; });
  for (const Entry& entry : situation.brought) {
    take(entry);
  }
  const Evidence* newest = nullptr;
  for (const Evidence& evidence : all) {
    newest = newest != nullptr && is_newer(*newest, evidence) ? newest : &evidence;
  }
  return newest == nullptr ? std::nullopt : std::optional(*newest);
}

std::optional<bool>
brings_migrations(const Situation& situation)
{
  const auto evidence = newest_evidence(situation, "migrations");
  if (!evidence || !evidence->migrations) {
    return std::nullopt;
  }
  if (evidence->migrations->files == 0 || evidence->breadth == Breadth::range) {
    return evidence->migrations->files > 0;
  }
  const auto pending = pending_migrations(situation, *evidence->migrations);
  return !pending || !pending->empty();
}

}  // namespace sluice::promote
