// SPDX-License-Identifier: Apache-2.0
#include "secrets/leak_findings.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "credentials/redaction.hpp"
#include "gate/marks_above.hpp"
#include "gate/source_text.hpp"
#include "git/object_store.hpp"
#include "secrets/allowance.hpp"
#include "secrets/exposure.hpp"
#include "secrets/head_search.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace sluice::secrets {

namespace {

constexpr std::size_t max_related = 1000;

/// Turns the leaks of one examination into findings.
class FindingMaker
{
public:
  FindingMaker(Examination& examination, MatchWorker worker, std::span<const Rule> rules,
               const std::vector<Glob>& exclude, const git::Repository* repository)
      : examination_(examination),
        worker_(std::move(worker)),
        rules_(rules),
        exclude_(exclude),
        repository_(repository)
  {
    if (repository != nullptr && examination.head) {
      head_search_.emplace(*repository, *examination.head, rules);
    }
  }

  LeakFindings run();

private:
  [[nodiscard]] std::vector<Appearance> appearances_of(const Leak& leak);
  void add_blob(const Sighting& sighting, std::vector<Appearance>& appearances) const;
  void add_message(const Sighting& sighting, std::vector<Appearance>& appearances) const;
  [[nodiscard]] std::optional<Origin> origin_of(const std::vector<Appearance>& appearances);
  [[nodiscard]] std::string without_secrets(const std::string& line);
  [[nodiscard]] Finding make(const Leak& leak, const std::vector<Appearance>& appearances,
                             const std::optional<Origin>& origin) const;

  Examination& examination_;
  MatchWorker worker_;
  std::span<const Rule> rules_;
  const std::vector<Glob>& exclude_;
  const git::Repository* repository_;
  std::optional<HeadSearch> head_search_;
};

Appearance
appearance_of(const Sighting& sighting, Exposure exposure, std::string path)
{
  return {{std::move(path), sighting.begin, sighting.end, {}}, exposure, {}, 0, {}, {}, sighting.line, 0, {}};
}

void
FindingMaker::add_blob(const Sighting& sighting, std::vector<Appearance>& appearances) const
{
  const auto found = examination_.places.find(sighting.source.object);
  const bool is_somewhere =
      found != examination_.places.end() && !(found->second.occurrences.empty() && found->second.head_paths.empty());
  if (!is_somewhere) {
    Appearance appearance = appearance_of(sighting, Exposure::dangling, {});
    appearance.object = sighting.source.object;
    appearances.push_back(std::move(appearance));
    return;
  }
  const git::Attribution& attribution = found->second;
  for (const git::Occurrence& occurrence : attribution.occurrences) {
    Appearance appearance = appearance_of(sighting, exposure_of(attribution.reach), occurrence.path);
    appearance.location.commit = occurrence.commit.hex();
    appearance.commit = occurrence.commit;
    appearance.author = occurrence.author;
    appearance.time = occurrence.author_time;
    appearance.last = occurrence.last;
    appearance.tip = attribution.tip;
    appearances.push_back(std::move(appearance));
  }
  for (const std::string& path : attribution.head_paths) {
    appearances.push_back(appearance_of(sighting, Exposure::head, path));
  }
}

void
FindingMaker::add_message(const Sighting& sighting, std::vector<Appearance>& appearances) const
{
  Appearance appearance = appearance_of(sighting, Exposure::message, {});
  appearance.commit = sighting.source.object;
  if (sighting.source.kind == SourceKind::tag) {
    appearance.exposure = Exposure::tag;
    appearance.object = sighting.source.object;
    const auto commit = repository_ != nullptr ? git::peel_to_commit(*repository_, appearance.object)
                                               : Result<std::optional<git::ObjectId>>();
    appearance.commit = commit ? commit->value_or(git::ObjectId()) : git::ObjectId();
  }
  if (!appearance.commit.is_zero()) {
    appearance.location.commit = appearance.commit.hex();
  }
  if (repository_ != nullptr && sighting.source.kind == SourceKind::commit) {
    if (const auto commit = repository_->commit(appearance.commit)) {
      appearance.author = commit->author;
      appearance.time = commit->author_time;
    }
  }
  appearances.push_back(std::move(appearance));
}

std::vector<Appearance>
FindingMaker::appearances_of(const Leak& leak)
{
  std::vector<Appearance> appearances;
  for (const Sighting& sighting : leak.sightings) {
    switch (sighting.source.kind) {
    case SourceKind::blob:
      add_blob(sighting, appearances);
      break;
    case SourceKind::commit:
    case SourceKind::tag:
      add_message(sighting, appearances);
      break;
    case SourceKind::worktree:
    case SourceKind::index:
      appearances.push_back(appearance_of(sighting, Exposure::uncommitted, sighting.source.path));
      break;
    case SourceKind::standard_input:
      appearances.push_back(appearance_of(sighting, Exposure::standard_input, {}));
      break;
    }
  }
  std::erase_if(appearances, [this](const Appearance& appearance) {
    return !appearance.location.path.empty() && matches_any(exclude_, appearance.location.path);
  });
  const auto is_here = [](const Appearance& appearance) { return appearance.exposure <= Exposure::head; };
  if (head_search_ && std::none_of(appearances.begin(), appearances.end(), is_here)) {
    std::set<std::string> paths;
    for (const Appearance& appearance : appearances) {
      paths.insert(appearance.location.path);
    }
    for (HeadSearch::Place& place : head_search_->places_of(leak, paths, worker_)) {
      Appearance& added = appearances.emplace_back();
      added.location = std::move(place.location);
      added.exposure = Exposure::head;
      added.line = std::move(place.line);
    }
  }
  return appearances;
}

/// What a secret is said to be only in (a tag, a stash) it must be in nothing above.
int
publicity(Exposure exposure)
{
  return static_cast<int>(exposure == Exposure::message ? Exposure::ref : exposure);
}

/// What is at HEAD or on disk comes first, so that an annotation lands on a line that is there; then what more people
/// can see, then the oldest.
bool
before(const Appearance& a, const Appearance& b)
{
  const bool a_old = a.exposure > Exposure::head;
  const bool b_old = b.exposure > Exposure::head;
  if (a_old != b_old) {
    return b_old;
  }
  if (!a_old) {
    // Committed before uncommitted: whoever can read the repository has it already.
    return a.exposure != b.exposure ? a.exposure > b.exposure : a.location < b.location;
  }
  const int a_rank = publicity(a.exposure);
  const int b_rank = publicity(b.exposure);
  if (a_rank != b_rank) {
    return a_rank < b_rank;
  }
  const bool a_commit = !a.commit.is_zero();
  const bool b_commit = !b.commit.is_zero();
  if (a_commit != b_commit) {
    return a_commit;
  }
  return a.time != b.time ? a.time < b.time : a.location < b.location;
}

/// The oldest of those whose date is known (a tag's commit, and one that cannot be read, has none here), else any.
const Appearance*
first_commit(const std::vector<Appearance>& appearances)
{
  const auto key = [](const Appearance& appearance) { return std::pair(appearance.author.empty(), appearance.time); };
  const Appearance* first = nullptr;
  for (const Appearance& appearance : appearances) {
    if (!appearance.commit.is_zero() && (first == nullptr || key(appearance) < key(*first))) {
      first = &appearance;
    }
  }
  return first;
}

/// Other places, each path and position once with its oldest commit, by path.
std::vector<RelatedPlace>
related_to(const std::vector<Appearance>& appearances, Finding& finding)
{
  std::set<std::tuple<std::string_view, Position, std::string_view>> seen;
  const auto key = [](const Location& location) {
    return std::tuple<std::string_view, Position, std::string_view>(
        location.path, location.begin, location.path.empty() ? std::string_view(location.commit) : std::string_view());
  };
  // HEAD's place and the commit that brought it are two things to know.
  seen.insert(key(appearances.front().location));
  std::vector<RelatedPlace> related;
  if (const Appearance* first = first_commit(appearances);
      first != nullptr && appearances.front().location.commit.empty()) {
    related.push_back({first->location, PlaceRole::cause, "the commit that brought it"});
    seen.insert(key(first->location));
  }
  for (const Appearance& appearance : appearances) {
    const bool is_somewhere = !appearance.location.path.empty() || !appearance.location.commit.empty();
    if (is_somewhere && seen.insert(key(appearance.location)).second) {
      related.push_back({appearance.location, PlaceRole::also, ""});
    }
  }
  std::sort(related.begin(), related.end());
  if (related.size() > max_related) {
    finding.places_left_out += related.size() - max_related;
    finding.facts.push_back({"more-places", "more places", with_thousands(related.size() - max_related)});
    std::set<std::string> paths;
    for (std::size_t i = max_related; i < related.size(); ++i) {
      paths.insert(related[i].where.path);
    }
    finding.unlisted.assign(paths.begin(), paths.end());
    related.resize(max_related);
  }
  return related;
}

/// Somebody's name can hold a secret as well.
std::string
FindingMaker::without_secrets(const std::string& line)
{
  return redacted_line(line, {0, 0}, worker_.match(line), rules_).text;
}

std::optional<Origin>
FindingMaker::origin_of(const std::vector<Appearance>& appearances)
{
  const Appearance* first = first_commit(appearances);
  if (first == nullptr) {
    return std::nullopt;
  }
  return Origin{first->commit.hex(), first->author.empty() ? std::string() : printable(without_secrets(first->author)),
                std::chrono::sys_seconds(std::chrono::seconds(first->time)), first->object.is_zero()};
}

void
add_origin(const std::optional<Origin>& origin, std::vector<Fact>& facts)
{
  if (!origin) {
    return;
  }
  facts.push_back(
      {origin->is_file ? "first-commit" : "commit", origin->is_file ? "first commit" : "commit", origin->commit});
  if (!origin->author.empty()) {
    facts.push_back({"author", "author", origin->author});
    facts.push_back({"date", "date", rfc3339(origin->time)});
  }
}

void
add_checksum(const ChecksumResult& checksum, std::vector<Fact>& facts)
{
  if (checksum.verdict != ChecksumVerdict::unknown) {
    facts.push_back({"checksum", "checksum", checksum.verdict == ChecksumVerdict::valid ? "fits" : "does not fit"});
  }
  facts.insert(facts.end(), checksum.facts.begin(), checksum.facts.end());
}

Finding
FindingMaker::make(const Leak& leak, const std::vector<Appearance>& appearances,
                   const std::optional<Origin>& origin) const
{
  const Rule& rule = rules_[leak.rule];
  const Appearance& shown = appearances.front();
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = shown.location;
  const std::string state = shown.tip.empty() || shown.exposure != Exposure::tip
                                ? std::string(state_of(shown.exposure))
                                : fmt::format("at the tip of {}, not at HEAD", printable(shown.tip));
  finding.message =
      fmt::format("{} {} is {}: {}", rule.meta.title, leak.redacted, state, consequence_of(shown.exposure));
  finding.help = replace_all(trim(rule.meta.doc.instead), "\n", " ");
  if (shown.line) {
    finding.excerpt = shown.line->excerpt;
    finding.covered = shown.line->covered;
  }
  add_origin(origin, finding.facts);
  finding.facts.push_back({"state", "state", state});
  if (!shown.object.is_zero()) {
    finding.facts.push_back({"object", "object", shown.object.hex()});
  }
  finding.places_left_out = leak.not_kept;
  finding.related = related_to(appearances, finding);
  finding.facts.push_back({"seen", "seen", counted(leak.sightings.size() + leak.not_kept, "time", "times")});
  add_checksum(leak.checksum, finding.facts);
  finding.fingerprint = leak.fingerprint;
  finding.confidence = leak.confidence;
  if (const auto moves = examination_.moves.find(leak.secret); moves != examination_.moves.end()) {
    finding.moves = moves->second;
  }
  if (leak.not_kept == 0) {
    Allowance allowance = allowance_of(appearances, finding.moves);
    finding.inline_allow = std::move(allowance.all);
    finding.marked = std::move(allowance.marked);
  }
  finding.is_older = examination_.older.contains(leak.secret);
  return finding;
}

/// Those of one object one after the other, so that each object is read once to find them again.
std::vector<Leak>
leaks_in_order(Examination& examination)
{
  const auto object_of = [](const Leak& leak) {
    return leak.sightings.empty() ? git::ObjectId() : leak.sightings.front().source.object;
  };
  std::vector<Leak> leaks = examination.leaks.take();
  std::stable_sort(leaks.begin(), leaks.end(),
                   [&object_of](const Leak& a, const Leak& b) { return object_of(a) < object_of(b); });
  return leaks;
}

/// Whether such a secret is only in excluded paths is not known.
Gap
lacking_gap(std::uint64_t secrets)
{
  return {GapKind::too_many, "places of secrets",
          fmt::format("{} in more texts than are kept, so where else is not known",
                      counted(secrets, "secret is", "secrets are")),
          "Exclude the files that are made of them"};
}

LeakFindings
FindingMaker::run()
{
  LeakFindings findings;
  std::uint64_t lacking = 0;
  for (const Leak& leak : leaks_in_order(examination_)) {
    std::vector<Appearance> appearances = appearances_of(leak);
    lacking += leak.lacks_texts ? 1 : 0;
    if (appearances.empty()) {
      continue;
    }
    std::sort(appearances.begin(), appearances.end(), before);
    std::optional<Origin> origin = origin_of(appearances);
    const Finding& made = findings.found.emplace_back(make(leak, appearances, origin));
    const Exposure exposure = appearances.front().exposure;
    findings.arrivals.push_back({std::move(origin), std::string(made.rule->title), made.fingerprint.hex,
                                 std::string(short_state_of(exposure)), standing_of(exposure)});
  }
  if (lacking != 0) {
    examination_.gaps.push_back(lacking_gap(lacking));
  }
  return findings;
}

}  // namespace

Result<LeakFindings>
findings_of(Examination& examination, const Matcher& matcher, const std::vector<Glob>& exclude,
            const git::Repository* repository)
{
  TRY_ASSIGN(MatchWorker worker, MatchWorker::create(matcher));
  return FindingMaker(examination, std::move(worker), matcher.rules(), exclude, repository).run();
}

}  // namespace sluice::secrets
