// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "finding/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Whether the last day, YYYY-MM-DD, is over; an empty one never is.
[[nodiscard]] bool has_expired(std::string_view expires, Date today);

/// By which somebody accepts something: why, up to which day, and where that is written.
struct Acceptance
{
  std::string_view reason, expires, origin;
};

/// The ruling of one that counts.
[[nodiscard]] OwnRuling ruling_of(const Acceptance& acceptance);
/// A sentence about one that has expired or was of no use; `what` it is: "the ignore of CVE-2024-1". Empty if it
/// counts.
[[nodiscard]] std::string notice_of(const Acceptance& acceptance, std::string_view what, bool is_used, Date today);

/// Entries with a `reason`, a last day `expires` and an `origin`, and which of them are of use.
template<typename Entry> class Acceptances
{
public:
  /// `entries` must outlive it.
  Acceptances(const std::vector<Entry>& entries, Date today)
      : entries_(entries),
        used_(entries.size()),
        today_(today)
  {}

  /// The ruling of the first entry that `fits` takes and that has not expired.
  template<typename Fits>
  [[nodiscard]] std::optional<OwnRuling>
  ruling(const Fits& fits)
  {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (fits(entries_[i])) {
        used_[i] = true;
        if (!has_expired(entries_[i].expires, today_)) {
          return ruling_of(acceptance(i));
        }
      }
    }
    return std::nullopt;
  }

  /// A sentence for each entry that has expired or covers nothing; `what` says what one is.
  template<typename What>
  [[nodiscard]] std::vector<std::string>
  notices(const What& what) const
  {
    std::vector<std::string> notices;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (std::string notice = notice_of(acceptance(i), what(entries_[i]), used_[i], today_); !notice.empty()) {
        notices.push_back(std::move(notice));
      }
    }
    return notices;
  }

private:
  [[nodiscard]] Acceptance
  acceptance(std::size_t i) const
  {
    return {entries_[i].reason, entries_[i].expires, entries_[i].origin};
  }

  const std::vector<Entry>& entries_;
  std::vector<bool> used_;
  Date today_;
};

}  // namespace sluice::deps
