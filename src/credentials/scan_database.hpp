// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct hs_database;
struct hs_scratch;

namespace sluice::credentials {

/// How long the texts are that an expression matches, in bytes.
struct MatchWidth
{
  static constexpr std::uint32_t unbounded = UINT32_MAX;
  std::uint32_t minimum = 0;
  std::uint32_t maximum = unbounded;
};

/// Asks Vectorscan. The error is its message on the expression.
[[nodiscard]] Result<MatchWidth> width_of(std::string_view expression);

/// Vectorscan's database of many expressions, numbered by their place in the list.
class ScanDatabase
{
public:
  /// Compiles for this machine's architecture but no feature of its processor, so that the result runs on any other
  /// of the architecture. The error names the expression's number.
  [[nodiscard]] static Result<ScanDatabase> compile(std::span<const std::string_view> expressions);

  /// Takes what `serialized` gave. Fails (ErrorKind::environment) if another version of Vectorscan wrote it.
  [[nodiscard]] static Result<ScanDatabase> load(std::string_view serialized);

  [[nodiscard]] Result<std::string> serialized() const;

  [[nodiscard]] const hs_database*
  get() const
  {
    return database_.get();
  }

private:
  explicit ScanDatabase(hs_database* database);
  struct Free
  {
    void operator()(hs_database* database) const;
  };
  std::unique_ptr<hs_database, Free> database_;
};

/// Memory that one thread scans with.
class ScanScratch
{
public:
  [[nodiscard]] static Result<ScanScratch> create(const ScanDatabase& database);

  [[nodiscard]] hs_scratch*
  get() const
  {
    return scratch_.get();
  }

private:
  explicit ScanScratch(hs_scratch* scratch);
  struct Free
  {
    void operator()(hs_scratch* scratch) const;
  };
  std::unique_ptr<hs_scratch, Free> scratch_;
};

}  // namespace sluice::credentials
