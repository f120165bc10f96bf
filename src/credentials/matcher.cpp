// SPDX-License-Identifier: Apache-2.0
//
// Finding some hundred kinds of text in gigabytes.
//
// One pass of Vectorscan over the bytes asks for all rules at once where a credential *may* end; it reads several
// bytes per cycle as long as nothing looks like any of them. It knows no captures and reports ends only, so each place
// is then looked at again by RE2, in a window as long as the rule's longest match. Windows of the same rule that touch
// are joined first: a text made of nothing but candidates costs RE2 one linear pass, not one per candidate.
//
// What a text costs must not be its author's choice. Per rule, with L its longest match:
//   - A search is handed at most 2 L bytes. Whoever finds nothing goes on L bytes later, for a match that began before
//     would have been seen whole; a match that begins in the second half may be cut there and is looked for again from
//     its beginning. Either way each byte is walked over at most three times to find where a match begins.
//   - After a match the search goes on behind it (behind the secret, where no more than a few bytes follow that), so
//     that the bytes of matches are looked at again only once: for their groups, entropy, lists and checksum, all of
//     which are linear. A match longer than L is looked at once more, to cut it.
//   So `searched` + `judged` stays below 8 bytes per byte of text and rule; of candidates there is at most one per byte
//   and rule, for Vectorscan names each end once. tests/unit/credentials/rule_cost_test.cpp holds every rule to this on
//   the worst texts that its own pattern suggests.
//   - A byte costs RE2 one step, or as many as the pattern has instructions, which are bounded (rule_patterns.cpp).
//   - There are at most so many matches in a text. Then it is not `complete`, and who asked must say so.
//
// What makes a match a placeholder is in the match: the secret itself, or the name, host or command that the pattern
// takes in with it. Never the line: minified code is one line, and anybody may append a comment.
//
// Most of a history is text that was copied from another version of the same file. The object store knows which bytes
// a delta inserted, so only these are read, widened by as much as a match may reach beyond them. Whatever touches none
// of them is in the base as well and was found there.
//
// Only when something was found is the whole text matched, so that positions, neighbours on the same line and overlaps
// come out the same whichever way the object was stored.
#include "credentials/matcher.hpp"

#include "base/text.hpp"
#include "credentials/redaction.hpp"

#include <hs/hs_runtime.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace sluice::credentials {

namespace {

/// How far from a changed byte a match can be and still be touched by it. Longer matches exist (private keys), but
/// whoever replaces a key changes its first lines.
constexpr std::size_t reach = 1024;
/// What beginning a scan costs, in bytes that could be scanned instead.
constexpr std::size_t scan_overhead = 256;
/// Vectorscan counts in 32 bits; pieces overlap by what a candidate can be long.
constexpr std::size_t max_scan = 1U << 30U;
/// Of one text. Somebody may fill a file with tokens to exhaust us.
constexpr std::size_t max_matches = 100'000;

struct Candidates
{
  void (*note)(void* worker, std::uint32_t rule, std::size_t end);
  void* worker;
  std::size_t offset;
};

int
on_candidate(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/, void* context)
{
  const auto& candidates = *static_cast<const Candidates*>(context);
  candidates.note(candidates.worker, id, candidates.offset + to);
  return 0;
}

bool
overlaps(Span a, Span b)
{
  return a.begin < b.end && b.begin < a.end;
}

/// Spans that do not overlap, to be asked whether another one fits between them.
class SpanSet
{
public:
  [[nodiscard]] bool
  touches(Span span) const
  {
    auto next = by_begin_.lower_bound(span.end);
    return next != by_begin_.begin() && overlaps(span, {std::prev(next)->first, std::prev(next)->second});
  }
  void
  add(Span span)
  {
    std::size_t& end = by_begin_[span.begin];
    end = std::max(end, span.end);
  }

private:
  std::map<std::size_t, std::size_t> by_begin_;
};

}  // namespace

double
entropy_of(std::string_view bytes)
{
  std::array<std::uint32_t, 256> counts{};
  for (const char c : bytes) {
    ++counts[static_cast<unsigned char>(c)];
  }
  double bits = 0;
  for (const std::uint32_t count : counts) {
    if (count != 0) {
      const double share = static_cast<double>(count) / static_cast<double>(bytes.size());
      bits -= share * std::log2(share);
    }
  }
  return bits;
}

Matcher::Matcher(std::span<const Rule> rules, ScanDatabase database)
    : rules_(rules),
      database_(std::move(database)),
      patterns_(rules),
      enabled_(rules.size(), true)
{}

Result<Matcher>
Matcher::create(std::span<const Rule> rules, std::string_view compiled,
                const std::function<bool(const RuleMeta&)>& wanted)
{
  std::vector<std::string_view> candidates;
  for (const Rule& rule : rules) {
    candidates.push_back(rule.candidate);
  }
  auto loaded = compiled.empty() ? ScanDatabase::compile(candidates) : ScanDatabase::load(compiled);
  if (!loaded && !compiled.empty()) {
    loaded = ScanDatabase::compile(candidates);
  }
  TRY_ASSIGN(ScanDatabase database, std::move(loaded));
  Matcher matcher(rules, std::move(database));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    matcher.enabled_[i] = !wanted || wanted(rules[i].meta);
  }
  return matcher;
}

MatchWorker::MatchWorker(const Matcher& matcher, ScanScratch scratch)
    : matcher_(&matcher),
      scratch_(std::move(scratch)),
      open_region_(matcher.rules().size(), 0)
{}

Result<MatchWorker>
MatchWorker::create(const Matcher& matcher)
{
  TRY_ASSIGN(ScanScratch scratch, ScanScratch::create(matcher.database_));
  return MatchWorker(matcher, std::move(scratch));
}

void
MatchWorker::note_candidate(std::uint32_t rule, std::size_t end, std::size_t size)
{
  const bool is_wanted = matcher_->enabled_[rule];
  if (is_wanted) {
    tell(rule, end, "candidate", [] { return std::string("it may end here"); });
  }
  ++work_.candidates;
  if (is_wanted && is_proof(matcher_->rules_[rule].checksum) && endings_.size() < max_matches) {
    endings_.push_back({rule, end});
  }
  std::vector<Region>& regions = is_wanted ? regions_ : unwanted_;
  const std::size_t length = matcher_->rules_[rule].max_length;
  const Span window{end - std::min(end, length), std::min(size, end + length)};
  if (open_region_[rule] != 0) {
    Region& last = regions[open_region_[rule] - 1];
    if (window.begin <= last.end && last.begin <= window.end) {
      last.begin = std::min(last.begin, window.begin);
      last.end = std::max(last.end, window.end);
      return;
    }
  }
  regions.push_back({rule, window.begin, window.end});
  open_region_[rule] = static_cast<std::uint32_t>(regions.size());
}

void
MatchWorker::scan(std::string_view content, Span range)
{
  struct Target
  {
    MatchWorker* worker;
    std::size_t size;
  } target{this, content.size()};
  Candidates candidates{[](void* context, std::uint32_t rule, std::size_t end) {
                          const Target& to = *static_cast<Target*>(context);
                          to.worker->note_candidate(rule, end, to.size);
                        },
                        &target, 0};
  for (std::size_t begin = range.begin; begin < range.end; begin += max_scan) {
    candidates.offset = begin - std::min(begin - range.begin, reach);
    const std::size_t end = std::min(range.end, begin + max_scan);
    work_.scanned += end - candidates.offset;
    hs_scan(matcher_->database_.get(), content.data() + candidates.offset,
            static_cast<unsigned>(end - candidates.offset), 0, scratch_.get(), on_candidate, &candidates);
  }
}

/// Where a match may touch something fresh: disjoint, in order. True if scanning just that pays.
bool
MatchWorker::widen(std::string_view content, std::span<const Span> fresh)
{
  widened_.clear();
  for (const Span& range : fresh) {
    const Span next{range.begin - std::min<std::size_t>(range.begin, reach),
                    std::min<std::size_t>(content.size(), range.end + reach)};
    if (!widened_.empty() && next.begin <= widened_.back().end) {
      widened_.back().end = std::max(widened_.back().end, next.end);
    } else {
      widened_.push_back(next);
    }
  }
  std::size_t cost = 0;
  for (const Span& span : widened_) {
    cost += span.end - span.begin + scan_overhead;
  }
  return cost < content.size();
}

template<typename What>
void
MatchWorker::tell(std::uint32_t rule, std::size_t offset, std::string_view step, What what) const
{
  if (watch_ != nullptr && watch_->rule() == rule) {
    watch_->note(offset, step, what());
  }
}

void
MatchWorker::judge(std::uint32_t rule, const PatternMatch& match, std::string_view content)
{
  const Rule& source = matcher_->rules_[rule];
  const std::string_view secret = match.secret.of(content);
  concealed_.push_back({match.secret, rule});
  ++work_.matches;
  work_.judged += match.whole.size();
  if (!matcher_->enabled_[rule]) {
    return;
  }
  const std::size_t at = match.secret.begin;
  tell(rule, at, "pattern", [&] { return fmt::format("it matches: {}", redacted(source, secret)); });
  const bool is_even = entropy_of(secret) < source.min_entropy;
  if (is_even) {
    tell(rule, at, "entropy", [&] {
      return fmt::format("it has {:.2f} bits a byte, and {:.2f} are the least", entropy_of(secret), source.min_entropy);
    });
  }
  if (is_even || matcher_->patterns_.denies(rule, match, content)) {
    tell(rule, at, "placeholder", [] { return std::string("it is taken for a placeholder"); });
    if (!is_generic(source)) {
      placeholders_.push_back(match.secret);
    }
    return;
  }
  Match found{rule, match.whole, match.secret, source.meta.confidence, check(source.checksum, secret)};
  if (found.checksum.verdict == ChecksumVerdict::valid) {
    found.confidence = Confidence::high;
  } else if (found.checksum.verdict == ChecksumVerdict::invalid) {
    found.confidence = Confidence::low;
  }
  if (found.checksum.verdict != ChecksumVerdict::unknown) {
    tell(rule, at, "checksum",
         [&] { return std::string(found.checksum.verdict == ChecksumVerdict::valid ? "it fits" : "it does not fit"); });
  }
  matches_.push_back(std::move(found));
}

bool
MatchWorker::is_full() const
{
  return concealed_.size() >= max_matches || endings_.size() >= max_matches;
}

std::optional<PatternMatch>
MatchWorker::search(std::uint32_t rule, std::string_view content, Span window)
{
  auto match = matcher_->patterns_.find(rule, content, window.begin, window.end);
  ++work_.searches;
  work_.searched += (match ? match->whole.end : window.end) - window.begin;
  return match;
}

/// The match, cut at the rule's longest, so that a secret without an end is the same whatever else is near it.
PatternMatch
MatchWorker::shortened(std::uint32_t rule, const PatternMatch& match, std::string_view content)
{
  const std::size_t longest = matcher_->rules_[rule].max_length;
  if (match.whole.size() <= longest) {
    return match;
  }
  const auto cut = search(rule, content, {match.whole.begin, match.whole.begin + longest});
  return cut && cut->whole.begin == match.whole.begin ? *cut : match;
}

void
MatchWorker::confirm(const Region& region, std::string_view content)
{
  // Patterns end in "and then something else": the one character between two secrets belongs to both.
  constexpr std::size_t max_separator = 4;
  const std::size_t longest = matcher_->rules_[region.rule].max_length;
  std::size_t from = region.begin;
  while (from < region.end && !is_full()) {
    const Span window{from, std::min(region.end, from + 2 * longest)};
    const bool is_last = window.end == region.end;
    const auto found = search(region.rule, content, window);
    if (!found && is_last) {
      tell(region.rule, from, "window", [&] {
        return fmt::format("the pattern matches nothing more in the {} to line {}",
                           counted(region.end - from, "byte", "bytes"), watch_->line_at(region.end));
      });
      return;
    }
    if (!found) {
      from = window.end - longest;
    } else if (!is_last && found->whole.begin > window.end - longest) {
      from = found->whole.begin;
    } else {
      const PatternMatch match = shortened(region.rule, *found, content);
      judge(region.rule, match, content);
      const bool separated = match.whole.end - match.secret.end > max_separator;
      from = std::max(separated ? match.whole.end : match.secret.end, from + 1);
    }
  }
}

void
MatchWorker::join(std::vector<Region>& regions)
{
  std::sort(regions.begin(), regions.end(),
            [](const Region& a, const Region& b) { return std::tie(a.rule, a.begin) < std::tie(b.rule, b.begin); });
  std::size_t kept = 0;
  for (const Region& region : regions) {
    if (kept > 0 && region.rule == regions[kept - 1].rule && region.begin <= regions[kept - 1].end) {
      regions[kept - 1].end = std::max(regions[kept - 1].end, region.end);
    } else {
      regions[kept++] = region;
    }
  }
  regions.resize(kept);
}

void
MatchWorker::confirm_all(std::vector<Region>& regions, std::string_view content)
{
  join(regions);
  for (const Region& region : regions) {
    confirm(region, content);
  }
}

/// Of secrets that share bytes the best explained one stays: a provider's format before words and entropy, then the
/// more certain, the longer, the graver.
void
MatchWorker::settle_overlaps()
{
  const auto rank = [this](const Match& match) {
    const Rule& rule = matcher_->rules_[match.rule];
    return std::tuple(!is_generic(rule), match.confidence, match.secret.end - match.secret.begin, rule.meta.severity,
                      -static_cast<std::int64_t>(match.rule));
  };
  std::sort(matches_.begin(), matches_.end(), [&rank](const Match& a, const Match& b) { return rank(a) > rank(b); });
  SpanSet taken, placeholders;
  for (const Span& span : placeholders_) {
    placeholders.add(span);
  }
  std::erase_if(matches_, [&](const Match& match) {
    if (taken.touches(match.secret)
        || (is_generic(matcher_->rules_[match.rule]) && placeholders.touches(match.secret))) {
      tell(match.rule, match.secret.begin, "overlap",
           [] { return std::string("another rule knows the same bytes better"); });
      return true;
    }
    tell(match.rule, match.secret.begin, "reported",
         [&] { return fmt::format("with confidence {}", name_of(match.confidence)); });
    taken.add(match.secret);
    return false;
  });
  std::sort(matches_.begin(), matches_.end(),
            [](const Match& a, const Match& b) { return a.secret.begin < b.secret.begin; });
  // Of several that begin at the same byte, the one that knows most of it to be public comes first.
  std::sort(concealed_.begin(), concealed_.end(), [this](const Concealed& a, const Concealed& b) {
    const auto key = [this](const Concealed& each) {
      return std::pair(each.secret.begin, -static_cast<std::int64_t>(matcher_->rules_[each.rule].prefix.size()));
    };
    return key(a) < key(b);
  });
}

Matches
MatchWorker::result() const
{
  return {matches_, concealed_, !is_full()};
}

void
MatchWorker::begin()
{
  for (const std::vector<Region>* regions : {&regions_, &unwanted_}) {
    for (const Region& region : *regions) {
      open_region_[region.rule] = 0;
    }
  }
  regions_.clear();
  endings_.clear();
  unwanted_.clear();
  matches_.clear();
  concealed_.clear();
  placeholders_.clear();
}

Matches
MatchWorker::match(std::string_view content)
{
  begin();
  scan(content, {0, content.size()});
  confirm_all(regions_, content);
  confirm_unbounded(content);
  if (!matches_.empty()) {
    confirm_all(unwanted_, content);
  }
  settle_overlaps();
  return result();
}

Matches
MatchWorker::match(std::string_view content, Watch& watch)
{
  watch_ = &watch;
  const Matches matches = match(content);
  watch_ = nullptr;
  return matches;
}

Matches
MatchWorker::match(std::string_view content, std::span<const Span> fresh)
{
  if (!widen(content, fresh)) {
    return match(content);
  }
  begin();
  for (const Span& span : widened_) {
    scan(content, span);
  }
  confirm_all(regions_, content);
  confirm_unbounded(content);
  return matches_.empty() ? Matches{{}, {}, !is_full()} : match(content);
}

}  // namespace sluice::credentials
