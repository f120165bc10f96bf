// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"
#include "promote/backup.hpp"
#include "support/postgres_server.hpp"

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace sluice::promote::test {

/// One server for the whole program. There must be one: what is not tested with a real one is not tested.
[[nodiscard]] const sluice::test::PostgresServer& server();

/// A database of its own on that server, with names as nobody should give them, and a setting that backs it up to
/// "app.dump" in a directory of its own. Four tables, five constraints, 1004 rows.
struct Shop
{
  Shop();
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;
  ~Shop();

  /// 2026-11-21T04:05:06Z
  static constexpr std::chrono::sys_seconds now{std::chrono::seconds(1795233906)};

  TemporaryDirectory directory = TemporaryDirectory::create().value();
  std::string database;
  DatabaseBackup setting;
  Environment process;
  std::set<std::string> keep;
  std::function<bool()> tick;

  [[nodiscard]] BackupCall call() const;
  /// Fails the test on an error.
  [[nodiscard]] BackupOutcome take() const;
  /// Whether a backup is refused with these words.
  [[nodiscard]] bool is_refused(std::string_view words) const;

  /// Runs SQL in the database; fails the test if that says anything.
  void run(std::string_view script) const;
  /// Lets a shell take the dump, which finds the source's address in `$DB`.
  void dump_by(const std::string& script);
  void write(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string text(const std::string& name) const;
  /// Of the directory's files.
  [[nodiscard]] std::set<std::string> names() const;
  /// Makes the file of the setting as old as that.
  void set_age(std::chrono::seconds age) const;

  /// Databases and roles that proofs left on the server.
  [[nodiscard]] static std::string leftovers();
};

}  // namespace sluice::promote::test
