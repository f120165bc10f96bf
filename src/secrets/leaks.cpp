// SPDX-License-Identifier: Apache-2.0
#include "secrets/leaks.hpp"

#include "credentials/redaction.hpp"
#include "credentials/strength.hpp"
#include "gate/marks_above.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace sluice::secrets {

namespace {

constexpr std::size_t max_leaks = 100'000;
constexpr std::size_t max_lines = 64;

/// Turns offsets that grow into positions, reading the text once.
class PositionReader
{
public:
  explicit PositionReader(std::string_view text)
      : text_(text)
  {}

  Position
  at(std::size_t offset)
  {
    if (offset < done_) {
      *this = PositionReader(text_);
    }
    const std::string_view before = text_.substr(0, offset);
    for (std::size_t newline = before.find('\n', done_); newline != std::string_view::npos;
         newline = before.find('\n', newline + 1)) {
      ++line_;
      line_begin_ = newline + 1;
    }
    done_ = offset;
    return {line_, static_cast<std::uint32_t>(offset - line_begin_ + 1)};
  }

private:
  std::string_view text_;
  std::size_t done_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

/// Where a commit's or tag's message begins: after its header and an empty line.
std::size_t
message_begin(std::string_view content, SourceKind kind)
{
  if (kind != SourceKind::commit && kind != SourceKind::tag) {
    return 0;
  }
  const std::size_t at = content.find("\n\n");
  return at == std::string_view::npos ? content.size() : at + 2;
}

/// Lines are the same in most versions of a file: sightings share them.
std::shared_ptr<const SightedLine>
shared_line(const Leak& leak, SightedLine line)
{
  std::size_t compared = 0;
  for (auto sighting = leak.sightings.rbegin(); sighting != leak.sightings.rend() && compared < max_lines;
       ++sighting, ++compared) {
    if (sighting->line && sighting->line->excerpt == line.excerpt && sighting->line->covered == line.covered
        && sighting->line->allow == line.allow) {
      return sighting->line;
    }
  }
  return std::make_shared<const SightedLine>(std::move(line));
}

/// Bytes of the line end at the front of a text that is not empty; 0 if there is none. In a string that stands in
/// another one the backslash is doubled.
std::size_t
line_end_length(std::string_view text)
{
  for (const std::string_view end : {"\r\n", "\n", "\r", "\\r\\n", "\\n", "\\r", "\\\\r\\\\n", "\\\\n"}) {
    if (text.starts_with(end)) {
      return end.size();
    }
  }
  return 0;
}

/// The end of a weak secret as it may be told: its column says how long the secret is, which is part of what has to be
/// guessed.
Position
without_length(Position begin, Position end)
{
  return end.line == begin.line ? begin : Position{end.line, 0};
}

}  // namespace

std::string
with_plain_line_ends(std::string_view secret)
{
  std::string text;
  while (!secret.empty()) {
    const std::size_t length = line_end_length(secret);
    if (length == 0) {
      text += secret.front();
      secret.remove_prefix(1);
      continue;
    }
    while (text.ends_with(' ') || text.ends_with('\t')) {
      text.pop_back();
    }
    text += text.empty() ? "" : "\n";
    secret.remove_prefix(length);
    secret.remove_prefix(std::min(secret.find_first_not_of(" \t"), secret.size()));
  }
  while (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

Sha256
identity_of(std::string_view secret)
{
  return hmac_sha256("sluice/secrets/1", with_plain_line_ends(secret));
}

Fingerprint
fingerprint_of(const Rule& rule, std::string_view secret)
{
  const std::string plain = with_plain_line_ends(secret);
  const std::string_view own = std::string_view(plain).substr(plain.starts_with(rule.prefix) ? rule.prefix.size() : 0);
  if (credentials::is_weak(own)) {
    // Keyed by itself: no two digests of one weak secret may be put together.
    const Sha256 hash = hmac_sha256("sluice/secrets/weak/1", plain);
    return make_coarse_fingerprint(rule.meta.id, {hash[0], hash[1]});
  }
  const Sha256 identity = identity_of(secret);
  const std::string_view part(reinterpret_cast<const char*>(identity.data()), identity.size());
  return make_fingerprint(rule.meta.id, std::array{part});
}

Leak*
LeakCollection::leak_of(const Match& match, std::string_view content)
{
  const std::string_view secret = match.secret.of(content);
  const Sha256 identity = identity_of(secret);
  const auto found = leaks_.find(Key(match.rule, identity));
  if (found != leaks_.end()) {
    return &found->second;
  }
  if (leaks_.size() >= max_leaks) {
    return nullptr;
  }
  Leak& leak = leaks_[Key(match.rule, identity)];
  leak.rule = match.rule;
  leak.secret = identity;
  leak.fingerprint = fingerprint_of(rules_[match.rule], secret);
  // Its length must not depend on which of its spellings was seen first.
  leak.redacted = redacted(rules_[match.rule], with_plain_line_ends(secret));
  leak.confidence = match.confidence;
  leak.checksum = match.checksum;
  return &leak;
}

void
LeakCollection::add(std::string_view content, const Matches& matches, const Source& source)
{
  const std::size_t begin = message_begin(content, source.kind);
  PositionReader positions(content.substr(begin));
  gate::MarkReader marks(content.substr(begin), gate::PeerMarks::of_secret_scanners);
  overflows_ += matches.complete ? 0 : 1;
  for (const Match& match : matches.found) {
    Leak* leak = leak_of(match, content);
    if (leak == nullptr) {
      ++overflows_;
      continue;
    }
    if (!has_room(*leak, source)) {
      continue;
    }
    Sighting sighting{source, {}, {}, nullptr};
    std::optional<InlineAllow> allow;
    if (match.secret.begin >= begin) {
      allow = marks.allow_at(match.secret.begin - begin, rules_[match.rule].meta.id);
      sighting.begin = positions.at(match.secret.begin - begin);
      const Position end = positions.at(match.secret.end - begin);
      sighting.end = is_coarse(leak->fingerprint) ? without_length(sighting.begin, end) : end;
    }
    // Where not everything was recognised, a neighbour on the line might be shown.
    auto shown = matches.complete ? redacted_line(content, match.secret, matches, rules_) : credentials::RedactedLine();
    sighting.line = shared_line(*leak, {std::move(shown.text), shown.secret, std::move(allow)});
    leak->sightings.push_back(std::move(sighting));
  }
}

bool
LeakCollection::has_room(Leak& leak, const Source& source)
{
  const bool is_repeated = !leak.sightings.empty() && leak.sightings.back().source == source;
  const bool is_full = is_repeated ? repeated_ >= limits_.repeated || leak.sightings.size() >= limits_.repeated_of_leak
                                   : texts_ >= limits_.texts;
  if (is_full) {
    ++leak.not_kept;
    leak.lacks_texts |= !is_repeated;
    return false;
  }
  ++(is_repeated ? repeated_ : texts_);
  return true;
}

void
LeakCollection::merge(LeakCollection&& other)
{
  for (auto& [key, leak] : other.leaks_) {
    const auto [mine, added] = leaks_.try_emplace(key, std::move(leak));
    if (!added) {
      auto& sightings = mine->second.sightings;
      sightings.insert(sightings.end(), std::make_move_iterator(leak.sightings.begin()),
                       std::make_move_iterator(leak.sightings.end()));
      mine->second.not_kept += leak.not_kept;
      mine->second.lacks_texts |= leak.lacks_texts;
    }
  }
  other.leaks_.clear();
  texts_ += other.texts_;
  repeated_ += other.repeated_;
  overflows_ += other.overflows_;
}

std::uint64_t
LeakCollection::forget(const std::set<Sha256>& known)
{
  std::uint64_t count = 0;
  if (known.empty()) {
    return count;
  }
  std::erase_if(leaks_, [&](const auto& entry) {
    const bool forgotten = known.contains(entry.first.second);
    count += forgotten ? entry.second.sightings.size() : 0;
    return forgotten;
  });
  return count;
}

std::uint64_t
LeakCollection::keep(const std::set<Sha256>& wanted)
{
  std::set<Sha256> others;
  for (const auto& [key, leak] : leaks_) {
    if (!wanted.contains(key.second)) {
      others.insert(key.second);
    }
  }
  return forget(others);
}

void
LeakCollection::for_each(const std::function<void(const Leak&)>& visit) const
{
  for (const auto& [key, leak] : leaks_) {
    visit(leak);
  }
}

std::set<Sha256>
LeakCollection::secrets() const
{
  std::set<Sha256> secrets;
  for (const auto& [key, leak] : leaks_) {
    secrets.insert(key.second);
  }
  return secrets;
}

std::vector<Leak>
LeakCollection::take()
{
  const auto rank = [this](const Leak& leak) {
    const Rule& rule = rules_[leak.rule];
    return std::tuple(!is_generic(rule), leak.confidence, rule.meta.severity, -static_cast<std::int64_t>(leak.rule));
  };
  std::map<Sha256, Leak> by_secret;
  for (auto& [key, leak] : leaks_) {
    Leak& kept = by_secret[key.second];
    if (kept.redacted.empty() || rank(leak) > rank(kept)) {
      std::swap(kept, leak);
    }
    kept.sightings.insert(kept.sightings.end(), std::make_move_iterator(leak.sightings.begin()),
                          std::make_move_iterator(leak.sightings.end()));
    kept.not_kept += leak.not_kept;
    kept.lacks_texts |= leak.lacks_texts;
  }
  leaks_.clear();
  std::vector<Leak> leaks;
  for (auto& [secret, leak] : by_secret) {
    leaks.push_back(std::move(leak));
  }
  std::sort(leaks.begin(), leaks.end(),
            [](const Leak& a, const Leak& b) { return std::tie(a.rule, a.secret) < std::tie(b.rule, b.secret); });
  return leaks;
}

}  // namespace sluice::secrets
