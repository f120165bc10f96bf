// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// What becomes of the data on the way back.
enum class DataChoice {
  keep,
  restore,
  unsaid,  ///< has no name: nobody can ask for it
};

/// What every verb may be told, so that a call is changed by its verb alone.
struct VerbOptions
{
  std::string environment;
  std::string commit;                 ///< a revision; empty: the one that is checked out
  std::vector<std::string> evidence;  ///< files with reports of other gates
  std::string reason;
  bool force = false;  ///< take the place of a run, or of a lock, that is not the caller's
  bool again = false;  ///< also what is live
  DataChoice data = DataChoice::unsaid;
  bool emergency = false;
  bool park = false;  ///< what has to wait does not hold the job: exit status 0
};

void describe(VerbOptions& options, config::OptionTable& table);
void check(const VerbOptions& options, config::OptionChecks& checks);

struct HistoryOptions : VerbOptions
{
  bool verify = false;
  bool dora = false;
};

void describe(HistoryOptions& options, config::OptionTable& table);

struct StatusOptions : VerbOptions
{
  bool probe = false;  ///< look at what is live, too
};

void describe(StatusOptions& options, config::OptionTable& table);

struct AttestOptions : VerbOptions
{
  std::string until;  ///< a day, the last on which it counts, or a moment of RFC 3339; empty: for ever
};

void describe(AttestOptions& options, config::OptionTable& table);
void check(const AttestOptions& options, config::OptionChecks& checks);

/// When what is attested counts no more; nothing: it always does. Of options that were checked.
[[nodiscard]] std::optional<std::chrono::sys_seconds> end_of(const AttestOptions& options);

struct RecordOptions : VerbOptions
{
  std::string promotion;  ///< the beginning of its id; empty: the newest of the environment
};

void describe(RecordOptions& options, config::OptionTable& table);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::DataChoice>
{
  static constexpr std::array<std::string_view, 2> names{"keep", "restore"};
};

}  // namespace sluice
