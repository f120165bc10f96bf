// SPDX-License-Identifier: Apache-2.0
//
// Where promotions are written down. With a remote `origin` it is a branch there, which the host protects and every
// runner sees; one that cannot be reached is never replaced by something local, for two ledgers would each allow what
// the other forbids. Without a remote there is one machine, and a bare repository beside the objects of this one.
//
// An entry is appended by moving the branch from the entry that was read to its child, and from no other. Who loses
// that race reads again and asks itself whether the entry is still right.
#pragma once

#include "base/environment.hpp"
#include "git/refs.hpp"
#include "git/repository.hpp"
#include "promote/ledger/state.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace sluice::promote {

inline constexpr std::string_view ledger_ref{"refs/heads/sluice/ledger"};

/// The time, and what may be done to a run by whoever tests it.
struct Clock
{
  std::function<std::chrono::sys_seconds()> now;
  bool is_told = false;  ///< by SLUICE_NOW: entries say so
  std::function<void(std::chrono::milliseconds)> sleep;
};

class Ledger
{
public:
  struct Place
  {
    const git::Repository& repository;
    const Environment& process;  ///< what git is run with
    Clock clock;
    std::uint64_t kill_at = 0;  ///< SIGKILL ourselves after so many durable entries; 0: never
  };

  /// Reads it; one that is not there yet is empty. Errors: ErrorKind::unavailable, ErrorKind::environment (git cannot).
  [[nodiscard]] static Result<Ledger> open(const Place& place);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  [[nodiscard]] const State& state() const;
  [[nodiscard]] std::span<const Entry> entries() const;
  [[nodiscard]] bool is_remote() const;
  /// "origin, branch sluice/ledger", for people.
  [[nodiscard]] std::string where() const;

  /// Whether it had been seen here when it was opened: otherwise nothing here can tell whether it is what it was.
  [[nodiscard]] bool was_seen_before() const;

  /// Why it is not what was seen here before, or is no ledger at all; nothing if all is well. Then nothing is to be
  /// appended and nobody may be promoted.
  [[nodiscard]] const std::optional<std::string>& damage() const;

  /// Reads what others have appended.
  [[nodiscard]] Result<> refresh();

  /// Whether an entry is still right after others have written theirs; false: it is not, and `append` refuses.
  using StillRight = std::function<bool(const State&)>;
  enum class Appended { done, refused };

  /// Makes the entry durable, its number and time filled in. Errors: ErrorKind::unavailable, ErrorKind::environment.
  [[nodiscard]] Result<Appended> append(Entry entry, const StillRight& still_right,
                                        git::NewCommit::Signing signing = git::NewCommit::Signing::none);

  /// Who signed an entry, by these signers (git::RefStore::signer_of).
  [[nodiscard]] Result<std::optional<std::string>> signer_of(const git::ObjectId& entry,
                                                             std::string_view allowed_signers) const;

  /// The number of the newest entry that was seen here before, as far as this clone still has it; 0: it has none.
  [[nodiscard]] std::uint64_t highest_seen() const;

  /// Believes what is there now, whatever was seen before.
  [[nodiscard]] Result<> accept();

  [[nodiscard]] const Clock& clock() const;

private:
  struct Body;
  explicit Ledger(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace sluice::promote
