// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/catalog.hpp"
#include "migrations/statement.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::migrations {

/// Whether the tool that runs the migrations puts a file into a transaction.
enum class FileTransaction { none, per_file };

/// The state of the connection that runs one file.
class Session
{
public:
  /// `reason` is why the file is in a transaction: "Supabase runs a file in one transaction".
  Session(FileTransaction mode, std::string_view reason)
      : mode_(mode),
        reason_(reason)
  {}

  [[nodiscard]] bool
  in_transaction() const
  {
    return mode_ == FileTransaction::per_file || explicit_;
  }
  [[nodiscard]] bool
  in_explicit_transaction() const
  {
    return explicit_;
  }
  [[nodiscard]] std::string_view
  transaction_reason() const
  {
    return explicit_ ? "it stands after BEGIN" : reason_;
  }

  /// Whether statements give up if they do not get their lock.
  [[nodiscard]] bool
  has_lock_timeout() const
  {
    return local_timeout_.value_or(timeout_);
  }

  /// Brings the session and the catalog behind the statement.
  void apply(const Statement& statement, Catalog& catalog);

private:
  void control(TransactionControl::Kind kind, Catalog& catalog);
  void set(const SetVariable& set);

  FileTransaction mode_;
  std::string_view reason_;
  bool explicit_ = false;
  bool timeout_ = false;
  bool timeout_before_ = false;        ///< as the transaction found it
  std::optional<bool> local_timeout_;  ///< SET LOCAL, to the end of the transaction
};

}  // namespace sluice::migrations
