// SPDX-License-Identifier: Apache-2.0
#include "secrets/head_search.hpp"

#include "credentials/redaction.hpp"
#include "gate/marks_above.hpp"
#include "gate/source_text.hpp"
#include "git/object_store.hpp"

#include <algorithm>

namespace sluice::secrets {

namespace {

/// What the rules conceal in the text, and the secret wherever it stands.
std::vector<credentials::Concealed>
concealed_with(const Matches& matches, std::string_view text, std::string_view secret, std::uint32_t rule)
{
  std::vector<credentials::Concealed> concealed(matches.concealed.begin(), matches.concealed.end());
  for (std::size_t at = text.find(secret); at != std::string_view::npos; at = text.find(secret, at + secret.size())) {
    concealed.push_back({{at, at + secret.size()}, rule});
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
    if (path.empty() || !file(path)) {
      continue;
    }
    // It is read again only for a file that is still there.
    if (secret.empty() && (secret = secret_of(leak, worker)).empty()) {
      return places;
    }
    if (const std::size_t at = file(path)->find(secret); at != std::string::npos) {
      places.push_back(place(path, {at, at + secret.size()}, leak.rule, worker));
    }
  }
  return places;
}

const std::optional<std::string>&
HeadSearch::file(const std::string& path)
{
  constexpr std::size_t most_bytes = std::size_t{64} << 20U;
  if (const auto known = files_.find(path); known != files_.end()) {
    return known->second;
  }
  if (bytes_ > most_bytes) {
    files_.clear();
    bytes_ = 0;
  }
  auto read = repository_.file_at(head_, path);
  std::optional<std::string>& kept = files_[path];
  kept = read ? *std::move(read) : std::nullopt;
  bytes_ += path.size() + (kept ? kept->size() : 0);
  return kept;
}

/// From one of the objects that hold it; empty if none can be read.
std::string
HeadSearch::secret_of(const Leak& leak, MatchWorker& worker) const
{
  for (const Sighting& sighting : leak.sightings) {
    if (sighting.source.kind != SourceKind::blob) {
      continue;
    }
    const auto object = repository_.objects().read(sighting.source.object);
    if (!object) {
      continue;
    }
    for (const Match& match : worker.match(object->content).found) {
      const std::string_view secret = match.secret.of(object->content);
      if (identity_of(secret) == leak.secret) {
        return std::string(secret);
      }
    }
  }
  return {};
}

HeadSearch::Place
HeadSearch::place(const std::string& path, Span secret, std::uint32_t rule, MatchWorker& worker)
{
  const std::string& text = *file(path);
  Matches matches = worker.match(text);
  const std::vector<credentials::Concealed> concealed = concealed_with(matches, text, secret.of(text), rule);
  matches.concealed = concealed;
  SightedLine line{matches.complete ? redacted_line(text, secret, matches, rules_) : std::string(),
                   gate::allow_at(text, secret.begin, rules_[rule].meta.id, gate::PeerMarks::of_secret_scanners)};
  const gate::SourceText lines(path, text);
  return {{path, lines.position(secret.begin), lines.position(secret.end), {}},
          std::make_shared<const SightedLine>(std::move(line))};
}

}  // namespace sluice::secrets
