// SPDX-License-Identifier: Apache-2.0
#include "migrations/locks.hpp"

#include "migrations/lock_length.hpp"

#include <algorithm>
#include <map>
#include <optional>

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

/// The length is that of the check, for which both tables are held.
void
add_references(Locks& locks, const std::vector<Constraint>& constraints, LockLength length)
{
  for (const Constraint& constraint : constraints) {
    if (constraint.references) {
      locks.push_back({*constraint.references, LockMode::share_row_exclusive, length});
    }
  }
}

/// A statement of a table, view, index or of several.
struct Taken
{
  const Catalog& catalog;
  std::string_view node;  ///< the statement's

  Locks
  operator()(const AlterTable& alter) const
  {
    Locks locks;
    const bool is_empty = catalog.is_new(alter.table);
    std::optional<LockMode> strongest;
    LockLength longest = LockLength::instant;
    for (const AlterClause& clause : alter.clauses) {
      const LockLength length = is_empty ? LockLength::instant : length_of(alter, clause, catalog);
      // One statement holds its strongest lock for all that its clauses do.
      strongest = std::max(strongest, mode_of(clause));
      longest = std::max(longest, length);
      if (const auto* column = std::get_if<AddColumn>(&clause.what)) {
        add_references(locks, column->column.constraints, length);
      } else if (const auto* added = std::get_if<AddConstraint>(&clause.what)) {
        add_references(locks, {added->constraint}, length);
      }
    }
    if (strongest) {
      locks.push_back({alter.table, *strongest, longest});
    }
    return locks;
  }

  Locks
  operator()(const CreateTable& create) const
  {
    Locks locks;
    add_references(locks, create.constraints, LockLength::instant);
    for (const Column& column : create.columns) {
      add_references(locks, column.constraints, LockLength::instant);
    }
    // One that refers to itself keeps nobody from anything.
    std::erase_if(locks, [&create](const TableLock& lock) { return lock.table == create.table; });
    if (create.partition_of) {
      locks.push_back({*create.partition_of, LockMode::access_exclusive});
    }
    return locks;
  }

  Locks
  operator()(const DropObjects& drop) const
  {
    Locks locks;
    for (const QualifiedName& name : drop.names) {
      const bool is_relation = drop.kind == DropObjects::Kind::table || drop.kind == DropObjects::Kind::index;
      if (is_relation && !drop.concurrently) {
        locks.push_back({name, LockMode::access_exclusive});
      }
    }
    return locks;
  }

  Locks
  operator()(const LockingStatement& locking) const
  {
    const bool weak = locking.lock == LockingStatement::Lock::share_row_exclusive;
    Locks locks;
    for (const QualifiedName& table : locking.tables) {
      locks.push_back(
          {table, weak ? LockMode::share_row_exclusive : LockMode::access_exclusive, length_of(locking, node)});
    }
    return locks;
  }

  Locks
  operator()(const CreateIndex& create) const
  {
    return create.concurrently ? Locks() : Locks{{create.table, LockMode::share, LockLength::index_build}};
  }

  Locks
  operator()(const Reindex& reindex) const
  {
    return reindex.concurrently || !reindex.table ? Locks()
                                                  : Locks{{*reindex.table, LockMode::share, LockLength::index_build}};
  }

  Locks
  operator()(const Rename& rename) const
  {
    return rename.kind == Rename::Kind::other ? Locks() : Locks{{rename.table, LockMode::access_exclusive}};
  }

  Locks
  operator()(const SetSchema& set) const
  {
    return {{set.table, LockMode::access_exclusive}};
  }

  template<typename Body>
  Locks
  operator()(const Body& /*takes none*/) const
  {
    return {};
  }
};

/// One lock for each table, as strong and as long as any that the statement takes on it.
Locks
merged(const Locks& locks)
{
  std::map<QualifiedName, std::size_t> places;
  Locks all;
  for (const TableLock& lock : locks) {
    const auto [place, added] = places.try_emplace(lock.table, all.size());
    if (added) {
      all.push_back(lock);
    } else {
      TableLock& known = all[place->second];
      known.mode = std::max(known.mode, lock.mode);
      known.length = std::max(known.length, lock.length);
    }
  }
  return all;
}

}  // namespace

std::vector<TableLock>
blocking_locks(const Statement& statement, const Catalog& catalog)
{
  Locks locks = std::visit(Taken{catalog, statement.node}, statement.body);
  std::erase_if(locks, [&catalog](const TableLock& lock) { return catalog.is_new(lock.table); });
  locks = merged(locks);
  std::stable_sort(locks.begin(), locks.end(), [](const TableLock& a, const TableLock& b) { return a.mode > b.mode; });
  return locks;
}

std::string_view
blocked_by(LockMode mode)
{
  return mode == LockMode::access_exclusive ? "reads and writes" : "writes";
}

}  // namespace sluice::migrations
