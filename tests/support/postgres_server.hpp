// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"
#include "base/process.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::test {

/// A PostgreSQL of our own in a temporary directory, reached by a socket there. It refuses to run as root, so root
/// runs it as the user `postgres`.
class PostgresServer
{
public:
  /// Nothing, and the reason, if this machine has no server to start.
  static std::optional<PostgresServer> start(std::string& reason);
  PostgresServer(PostgresServer&&) = default;
  PostgresServer& operator=(PostgresServer&&) = delete;
  ~PostgresServer();

  /// What psql says of a script, messages included, each statement on its own.
  std::string run(std::string_view script, std::string_view database = "postgres") const;

  /// Of the socket; every user of it is let in as whoever he says he is.
  [[nodiscard]] const std::filesystem::path&
  socket_directory() const
  {
    return directory_.path();
  }

private:
  explicit PostgresServer(TemporaryDirectory directory)
      : directory_(std::move(directory)),
        is_running_(false)
  {}
  [[nodiscard]] ProcessResult command(std::vector<std::string> argv, std::string_view input = {}) const;

  TemporaryDirectory directory_;
  std::filesystem::path programs_;
  bool is_running_;
};

}  // namespace sluice::test
