// SPDX-License-Identifier: Apache-2.0
#include "migrations/locks.hpp"

#include <algorithm>
#include <vector>

namespace sluice::migrations {

namespace {

using Locks = std::vector<TableLock>;

/// Clauses that leave reads and writes alone (SHARE UPDATE EXCLUSIVE): AlterTableGetLockLevel in tablecmds.c.
constexpr std::array<std::string_view, 9> harmless_clauses{
    "AT_SetStatistics",   "AT_SetOptions",      "AT_ResetOptions",
    "AT_ClusterOn",       "AT_DropCluster",     "AT_SetRelOptions",
    "AT_ResetRelOptions", "AT_AttachPartition", "AT_DetachPartitionFinalize"};

constexpr std::array<std::string_view, 8> trigger_clauses{
    "AT_EnableTrig",     "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig", "AT_EnableTrigAll",
    "AT_EnableTrigUser", "AT_DisableTrig",      "AT_DisableTrigAll",    "AT_DisableTrigUser"};

template<typename Names>
bool
has(const Names& names, std::string_view name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<LockMode>
mode_of(const AlterClause& clause)
{
  if (const auto* added = std::get_if<AddConstraint>(&clause.what)) {
    return added->constraint.kind == ConstraintKind::foreign_key ? LockMode::share_row_exclusive
                                                                 : LockMode::access_exclusive;
  }
  if (std::holds_alternative<ValidateConstraint>(clause.what)) {
    return std::nullopt;
  }
  if (const auto* detach = std::get_if<DetachPartition>(&clause.what); detach != nullptr && detach->concurrently) {
    return std::nullopt;
  }
  if (const auto* other = std::get_if<OtherClause>(&clause.what)) {
    if (has(harmless_clauses, other->name)) {
      return std::nullopt;
    }
    return has(trigger_clauses, other->name) ? LockMode::share_row_exclusive : LockMode::access_exclusive;
  }
  return LockMode::access_exclusive;
}

void
add_references(Locks& locks, const std::vector<Constraint>& constraints)
{
  for (const Constraint& constraint : constraints) {
    if (constraint.references) {
      locks.push_back({*constraint.references, LockMode::share_row_exclusive});
    }
  }
}

Locks
locks_of(const AlterTable& alter)
{
  Locks locks;
  for (const AlterClause& clause : alter.clauses) {
    if (const auto mode = mode_of(clause)) {
      locks.push_back({alter.table, *mode});
    }
    if (const auto* column = std::get_if<AddColumn>(&clause.what)) {
      add_references(locks, column->column.constraints);
    } else if (const auto* added = std::get_if<AddConstraint>(&clause.what)) {
      add_references(locks, {added->constraint});
    }
  }
  return locks;
}

Locks
locks_of(const CreateTable& create)
{
  Locks locks;
  add_references(locks, create.constraints);
  for (const Column& column : create.columns) {
    add_references(locks, column.constraints);
  }
  if (create.partition_of) {
    locks.push_back({*create.partition_of, LockMode::access_exclusive});
  }
  return locks;
}

Locks
locks_of(const DropObjects& drop)
{
  Locks locks;
  for (const QualifiedName& name : drop.names) {
    if (drop.kind != DropObjects::Kind::other && !drop.concurrently) {
      locks.push_back({name, LockMode::access_exclusive});
    }
  }
  return locks;
}

Locks
locks_of(const LockingStatement& locking)
{
  const bool weak = locking.lock == LockingStatement::Lock::share_row_exclusive;
  Locks locks;
  for (const QualifiedName& table : locking.tables) {
    locks.push_back({table, weak ? LockMode::share_row_exclusive : LockMode::access_exclusive});
  }
  return locks;
}

Locks
locks_of(const CreateIndex& create)
{
  return create.concurrently ? Locks() : Locks{{create.table, LockMode::share}};
}

Locks
locks_of(const Reindex& reindex)
{
  return reindex.concurrently || !reindex.table ? Locks() : Locks{{*reindex.table, LockMode::share}};
}

Locks
locks_of(const Rename& rename)
{
  return rename.kind == Rename::Kind::other ? Locks() : Locks{{rename.table, LockMode::access_exclusive}};
}

Locks
locks_of(const SetSchema& set)
{
  return {{set.table, LockMode::access_exclusive}};
}

template<typename Body>
Locks
locks_of(const Body&)
{
  return {};
}

}  // namespace

std::optional<TableLock>
blocking_lock(const Statement& statement, const Catalog& catalog)
{
  Locks locks = std::visit([](const auto& body) { return locks_of(body); }, statement.body);
  std::erase_if(locks, [&catalog](const TableLock& lock) { return catalog.is_new(lock.table); });
  const auto strongest = std::max_element(locks.begin(), locks.end(),
                                          [](const TableLock& a, const TableLock& b) { return a.mode < b.mode; });
  return strongest == locks.end() ? std::nullopt : std::optional(*strongest);
}

std::string_view
blocked_by(LockMode mode)
{
  return mode == LockMode::access_exclusive ? "reads and writes" : "writes";
}

}  // namespace sluice::migrations
