// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/backup_contents.hpp"
#include "promote/backup_script.hpp"
#include "promote/postgres.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// A new database on the scratch server, with a name that nothing else has, so that nothing there is ever touched, be
/// it the source's own server. It goes with the object, and so do the roles that were made for it; one that a killed
/// run left goes three days later with the next.
class ScratchDatabase
{
public:
  /// With the encoding and locale of the source, if that is known and the server has them. `server` may name a
  /// database; it is where the new one is made from. Errors (ErrorKind::unavailable): the server cannot be reached or
  /// refuses.
  [[nodiscard]] static Result<ScratchDatabase> create(const PostgresClient& server, const BackupContents* source);

  ScratchDatabase(ScratchDatabase&& other) noexcept;
  ScratchDatabase& operator=(ScratchDatabase&&) = delete;
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  /// Makes what a restore of the script needs and it does not make itself: roles that the server has not, and
  /// extensions. Errors: ErrorKind::input, the server has no such extension; ErrorKind::unavailable, it refuses.
  [[nodiscard]] Result<> prepare(const BackupScript& script, const BackupContents* source);

  /// Whether its user may give things to any role.
  [[nodiscard]] bool
  is_of_superuser() const
  {
    return is_of_superuser_;
  }

  /// How programs connect to the new database.
  [[nodiscard]] const PostgresClient&
  client() const
  {
    return client_;
  }

  /// Removes it; else the destructor does. Errors: ErrorKind::unavailable; it is still there then.
  [[nodiscard]] Result<> drop();

private:
  ScratchDatabase(PostgresClient server, PostgresClient client)
      : server_(std::move(server)),
        client_(std::move(client))
  {}
  [[nodiscard]] Result<> make_roles(const BackupScript& script);
  [[nodiscard]] Result<> check_extensions(const BackupScript& script) const;

  PostgresClient server_;
  PostgresClient client_;
  std::vector<std::string> roles_;  ///< that were made
  bool is_of_superuser_ = false;
  bool is_there_ = true;
};

}  // namespace sluice::promote
