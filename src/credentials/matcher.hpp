// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "base/span.hpp"
#include "credentials/rule.hpp"
#include "credentials/rule_patterns.hpp"
#include "credentials/scan_database.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// A secret in a text.
struct Match
{
  std::uint32_t rule = 0;  ///< index into Matcher::rules()
  Span whole;
  Span secret;
  Confidence confidence = Confidence::medium;
  ChecksumResult checksum;
};

/// A piece of a text that must not be shown, and whose rule knows what of it is public.
struct Concealed
{
  Span secret;
  std::uint32_t rule = 0;
};

/// What a text holds. Valid until the worker's next call.
struct Matches
{
  std::span<const Match> found;          ///< by place; no two secrets overlap
  std::span<const Concealed> concealed;  ///< by place; everything that any rule confirmed, placeholders and rules that
                                         ///< are not wanted too
  bool complete = true;  ///< false: a text made to exhaust us was not looked at to its end; the rest is unknown

  [[nodiscard]] bool
  empty() const
  {
    return found.empty();
  }
};

/// The rules, ready to scan with. Shared by all threads.
class Matcher
{
public:
  /// `compiled` is the scan database of the rules' candidates; if it is empty or cannot be loaded here, they are
  /// compiled again. Rules that are not `wanted` find nothing; without a `wanted` all are.
  [[nodiscard]] static Result<Matcher> create(std::span<const Rule> rules, std::string_view compiled = {},
                                              const std::function<bool(const RuleMeta&)>& wanted = {});

  [[nodiscard]] std::span<const Rule>
  rules() const
  {
    return rules_;
  }

private:
  friend class MatchWorker;
  Matcher(std::span<const Rule> rules, ScanDatabase database);

  std::span<const Rule> rules_;
  ScanDatabase database_;
  RulePatterns patterns_;
  std::vector<bool> enabled_;
};

/// What matching has cost so far, in what does not depend on the machine. For each of a rule's bytes it is bounded by a
/// constant, whatever the text.
struct MatchWork
{
  std::uint64_t scanned = 0;     ///< bytes that Vectorscan read for all rules at once
  std::uint64_t candidates = 0;  ///< places that it named
  std::uint64_t searches = 0;    ///< searches of RE2
  std::uint64_t searched = 0;    ///< bytes that they walked over
  std::uint64_t judged = 0;      ///< bytes of matches that were looked at again: groups, entropy, lists, checksum
  std::uint64_t matches = 0;     ///< of these
};

/// Somebody who asks why a rule does not fire in a text. Never told a secret.
class Watch
{
public:
  explicit Watch(std::uint32_t rule)
      : rule_(rule)
  {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  virtual ~Watch() = default;

  [[nodiscard]] std::uint32_t
  rule() const
  {
    return rule_;
  }
  /// Of a byte of the text, counted from 1.
  [[nodiscard]] virtual std::uint32_t line_at(std::size_t offset) const = 0;
  /// `step` is kebab-case and in static storage, `what` a clause without a final stop.
  virtual void note(std::size_t offset, std::string_view step, std::string what) = 0;

private:
  std::uint32_t rule_;
};

/// What one thread matches with.
class MatchWorker
{
public:
  /// The matcher must outlive it.
  [[nodiscard]] static Result<MatchWorker> create(const Matcher& matcher);

  [[nodiscard]] Matches match(std::string_view content);

  /// As above, and `watch` is told what becomes of its rule.
  [[nodiscard]] Matches match(std::string_view content, Watch& watch);

  /// As above if a match touches `fresh` (see git::ObjectView), else possibly nothing: who matched what the rest of the
  /// text was copied from has seen it.
  [[nodiscard]] Matches match(std::string_view content, std::span<const Span> fresh);

  /// Of all that this worker has done.
  [[nodiscard]] const MatchWork&
  work() const
  {
    return work_;
  }

private:
  struct Region
  {
    std::uint32_t rule = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// Where a secret may end whose own text proves it, whatever is around it.
  struct Ending
  {
    std::uint32_t rule = 0;
    std::size_t end = 0;
    auto operator<=>(const Ending&) const = default;
  };

  MatchWorker(const Matcher& matcher, ScanScratch scratch);
  void begin();
  void scan(std::string_view content, Span range);
  [[nodiscard]] bool widen(std::string_view content, std::span<const Span> fresh);
  void note_candidate(std::uint32_t rule, std::size_t end, std::size_t size);
  static void join(std::vector<Region>& regions);
  void confirm_all(std::vector<Region>& regions, std::string_view content);
  void confirm(const Region& region, std::string_view content);
  /// Whether nobody meets a text of random letters that passes the check.
  [[nodiscard]] static bool is_proof(Checksum checksum);
  void confirm_unbounded(std::string_view content);
  void judge_unbounded(const Ending& ending, std::string_view content);
  [[nodiscard]] std::optional<PatternMatch> search(std::uint32_t rule, std::string_view content, Span window);
  [[nodiscard]] PatternMatch shortened(std::uint32_t rule, const PatternMatch& match, std::string_view content);
  [[nodiscard]] bool is_full() const;
  void judge(std::uint32_t rule, const PatternMatch& match, std::string_view content);
  void settle_overlaps();
  /// Tells whoever watches this rule; `what` is only made for them.
  template<typename What> void tell(std::uint32_t rule, std::size_t offset, std::string_view step, What what) const;
  [[nodiscard]] Matches result() const;

  const Matcher* matcher_;
  ScanScratch scratch_;
  Watch* watch_ = nullptr;
  std::vector<Span> widened_;  ///< what of a delta is scanned
  std::vector<Region> regions_;
  std::vector<Region> unwanted_;  ///< of rules that find nothing and conceal what they see
  std::vector<Ending> endings_;
  std::vector<std::uint32_t> open_region_;  ///< by rule: its last region's index + 1
  std::vector<Match> matches_;
  std::vector<Concealed> concealed_;
  MatchWork work_;
  std::vector<Span> placeholders_;  ///< what a provider's rule recognised and did not take for real
};

/// Shannon entropy in bits per byte, 0 to 8.
[[nodiscard]] double entropy_of(std::string_view bytes);

}  // namespace sluice::credentials
