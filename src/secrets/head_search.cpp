// SPDX-License-Identifier: Apache-2.0
#include "secrets/head_search.hpp"

#include "credentials/redaction.hpp"
#include "gate/marks_above.hpp"
#include "git/object_store.hpp"
#include "secrets/readings.hpp"

#include <algorithm>

namespace sluice::secrets {

namespace {

/// What redacted_line() looks at: a line of at most so many bytes around the secret, and what reaches into it.
constexpr std::size_t seen_before = 16'384;
constexpr std::size_t seen_after = 1024;

/// What the rules conceal around the secret, and the secret wherever it stands there.
std::vector<credentials::Concealed>
concealed_around(std::span<const credentials::Concealed> all, std::string_view text, Span secret, std::uint32_t rule)
{
  const std::size_t begin = secret.begin - std::min(secret.begin, seen_before);
  const std::string_view window = text.substr(0, std::min(text.size(), secret.end + seen_after));
  const auto by_begin = [](const credentials::Concealed& a, std::size_t offset) { return a.secret.begin < offset; };
  const auto first = std::lower_bound(all.begin(), all.end(), begin, by_begin);
  std::vector<credentials::Concealed> concealed(first, std::lower_bound(first, all.end(), window.size(), by_begin));
  const std::string_view itself = secret.of(text);
  for (std::size_t at = window.find(itself, begin); at != std::string_view::npos;
       at = window.find(itself, at + itself.size())) {
    concealed.push_back({{at, at + itself.size()}, rule});
  }
  std::sort(concealed.begin(), concealed.end(), [](const credentials::Concealed& a, const credentials::Concealed& b) {
    return a.secret.begin < b.secret.begin;
  });
  return concealed;
}

}  // namespace

std::vector<HeadSearch::Place>
HeadSearch::places_of(const Leak& leak, const std::set<std::string>& paths, MatchWorker& worker)
{
  std::vector<Place> places;
  std::string secret;
  for (const std::string& path : paths) {
    File* there = path.empty() ? nullptr : file(path);
    if (there == nullptr) {
      continue;
    }
    // It is read again only for a file that is still there.
    if (secret.empty() && (secret = secret_of(leak, worker)).empty()) {
      return places;
    }
    if (const std::size_t at = there->text.text().find(secret); at != std::string_view::npos) {
      places.push_back(place(*there, {at, at + secret.size()}, leak.rule, worker));
    }
  }
  return places;
}

HeadSearch::File*
HeadSearch::file(const std::string& path)
{
  constexpr std::size_t most_bytes = std::size_t{64} << 20U;
  if (const auto known = files_.find(path); known != files_.end()) {
    return known->second.get();
  }
  if (bytes_ > most_bytes) {
    files_.clear();
    bytes_ = 0;
  }
  auto read = repository_.file_at(head_, path);
  std::unique_ptr<File>& kept = files_[path];
  bytes_ += path.size();
  if (read && *read) {
    bytes_ += (*read)->size();
    kept = std::make_unique<File>(File{gate::SourceText(path, readable(**std::move(read))), {}});
  }
  return kept.get();
}

/// From one of the objects that hold it; empty if none can be read.
std::string
HeadSearch::secret_of(const Leak& leak, MatchWorker& worker)
{
  constexpr int most_objects = 4;  // one is enough unless it was lost meanwhile
  int tried = 0;
  const git::ObjectId* last = nullptr;
  for (const Sighting& sighting : leak.sightings) {
    const git::ObjectId& object = sighting.source.object;
    if (sighting.source.kind != SourceKind::blob || (last != nullptr && *last == object)) {
      continue;
    }
    last = &object;
    const std::map<Sha256, std::string>& secrets = secrets_in(object, worker);
    if (const auto found = secrets.find(leak.secret); found != secrets.end()) {
      return found->second;
    }
    if (++tried == most_objects) {
      break;
    }
  }
  return {};
}

const std::map<Sha256, std::string>&
HeadSearch::secrets_in(const git::ObjectId& object, MatchWorker& worker)
{
  if (object_ == object) {
    return secrets_;
  }
  object_ = object;
  secrets_.clear();
  if (const auto read = repository_.objects().read(object)) {
    match_readings(read->content, worker, [this](std::string_view text, const Matches& matches) {
      for (const Match& match : matches.found) {
        const std::string_view secret = match.secret.of(text);
        secrets_.try_emplace(identity_of(secret), secret);
      }
    });
  }
  return secrets_;
}

HeadSearch::Place
HeadSearch::place(File& file, Span secret, std::uint32_t rule, MatchWorker& worker) const
{
  const std::string_view text = file.text.text();
  if (!file.is_matched) {
    const Matches matches = worker.match(text);
    file.concealed.assign(matches.concealed.begin(), matches.concealed.end());
    file.is_complete = matches.complete;
    file.is_matched = true;
  }
  const std::vector<credentials::Concealed> concealed = concealed_around(file.concealed, text, secret, rule);
  auto shown =
      file.is_complete ? redacted_line(text, secret, {{}, concealed, true}, rules_) : credentials::RedactedLine();
  SightedLine line{std::move(shown.text), shown.secret,
                   gate::allow_at(text, secret.begin, rules_[rule].meta.id, gate::PeerMarks::of_secret_scanners)};
  return {file.text.location(secret), std::make_shared<const SightedLine>(std::move(line))};
}

}  // namespace sluice::secrets
