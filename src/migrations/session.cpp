// SPDX-License-Identifier: Apache-2.0
#include "migrations/session.hpp"

#include <algorithm>

namespace sluice::migrations {

namespace {

/// "0", "0ms", "'0'": zero turns it off.
bool
is_positive(const SetVariable& set)
{
  return set.kind == SetVariable::Kind::set && !set.values.empty()
         && std::any_of(set.values.front().begin(), set.values.front().end(),
                        [](char c) { return c >= '1' && c <= '9'; });
}

}  // namespace

void
Session::apply(const Statement& statement, Catalog& catalog)
{
  if (const auto* transaction = as<TransactionControl>(statement)) {
    control(transaction->kind, catalog);
    if (transaction->chains) {
      control(TransactionControl::Kind::begin, catalog);
    }
  } else if (const auto* variable = as<SetVariable>(statement)) {
    set(*variable);
  } else if (const auto* discard = as<DiscardSession>(statement);
             discard != nullptr && discard->what == DiscardSession::What::all) {
    set({SetVariable::Kind::reset_all, "", {}});
  }
  catalog.apply(statement);
}

void
Session::control(TransactionControl::Kind kind, Catalog& catalog)
{
  using Kind = TransactionControl::Kind;
  if (kind == Kind::begin && !explicit_) {
    explicit_ = true;
    timeout_before_ = timeout_;
    catalog.begin_transaction();
  } else if (kind == Kind::rollback || kind == Kind::rollback_to) {
    // A savepoint is not followed up: what the whole transaction did is forgotten, which errs towards a finding.
    catalog.rollback();
    timeout_ = timeout_before_;
    local_timeout_.reset();
    explicit_ = kind == Kind::rollback_to;
    if (in_transaction()) {
      catalog.begin_transaction();
    }
  } else if (kind == Kind::commit) {
    catalog.commit();
    timeout_before_ = timeout_;
    local_timeout_.reset();
    explicit_ = false;
  }
}

void
Session::set(const SetVariable& set)
{
  if (set.name != "lock_timeout" && set.kind != SetVariable::Kind::reset_all) {
    return;
  }
  if (!set.local) {
    timeout_ = is_positive(set);
    local_timeout_.reset();
  } else if (in_transaction()) {
    local_timeout_ = is_positive(set);
  }
}

}  // namespace sluice::migrations
