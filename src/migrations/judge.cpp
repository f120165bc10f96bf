// SPDX-License-Identifier: Apache-2.0
#include "migrations/judge.hpp"

#include "migrations/catalog.hpp"
#include "migrations/locks.hpp"
#include "migrations/session.hpp"
#include "migrations/sql.hpp"

#include <fmt/format.h>

#include <iterator>

namespace sluice::migrations {

namespace {

class Judge
{
public:
  Judge(const ChangeSet& set, const MigrationsOptions& options, const std::vector<const Rule*>& rules)
      : set_(set),
        options_(options),
        rules_(rules)
  {}

  Findings
  run()
  {
    bool in_change = false;
    for (const Migration& migration : set_.migrations) {
      const bool judged = migration.role == Role::judged;
      if (judged && (!in_change || set_.deployment == ChangeSet::Deployment::one_by_one)) {
        catalog_.begin_change();
        in_change = true;
      }
      pass(migration);
      ++(judged ? judged_files_ : replayed_files_);
    }
    findings_.coverage.counts = {{judged_files_, "files"}, {statements_, "statements"}};
    if (replayed_files_ > 0) {
      findings_.coverage.counts.push_back({replayed_files_, "files replayed"});
    }
    return std::move(findings_);
  }

private:
  void
  pass(const Migration& migration)
  {
    const gate::SourceText& source = migration.source;
    const Script script = parse_script(source.text());
    const FileTransaction mode = set_.framework->transaction(options_);
    Session session(mode, set_.framework->transaction_reason);
    Reporter reporter(source);
    bool locked = false;
    catalog_.begin_session();
    if (mode == FileTransaction::per_file) {
      catalog_.begin_transaction();
    }
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
      const Statement& statement = script.statements[i];
      if (migration.role == Role::judged) {
        const MigrationContext context = context_of(script, i, session, locked);
        apply_rules(statement, context, reporter);
        locked = locked || (!context.has_lock_timeout && blocking_lock(statement, catalog_).has_value());
      }
      session.apply(statement, catalog_);
    }
    catalog_.commit();
    if (migration.role == Role::judged) {
      finish(source, script, reporter);
    }
  }

  [[nodiscard]] MigrationContext
  context_of(const Script& script, std::size_t position, const Session& session, bool locked) const
  {
    const Statement& statement = script.statements[position];
    const bool outside =
        !session.in_explicit_transaction() && set_.framework->runs_outside(statement, position, options_);
    return {.catalog = catalog_,
            .following = std::span(script.statements).subspan(position + 1),
            .in_transaction = session.in_transaction() && !outside,
            .transaction_reason = session.transaction_reason(),
            .has_lock_timeout = session.has_lock_timeout(),
            .locked_before = locked};
  }

  void
  apply_rules(const Statement& statement, const MigrationContext& context, Reporter& reporter) const
  {
    for (const Rule* rule : rules_) {
      reporter.begin(*rule, statement);
      rule->check(statement, context, reporter);
    }
  }

  void
  finish(const gate::SourceText& source, const Script& script, Reporter& reporter)
  {
    statements_ += script.statements.size();
    std::move(reporter.findings().begin(), reporter.findings().end(), std::back_inserter(findings_.found));
    for (const Foreign& foreign : script.foreign) {
      add_gap(GapKind::unparsable, source, foreign.where, foreign.why,
              "Judge it by hand, or write it as SQL that the server understands");
    }
    for (const Statement& statement : script.statements) {
      if (as<DoBlock>(statement) != nullptr) {
        add_gap(GapKind::unjudged, source, statement.where, "the code of a DO block is not examined",
                "Write it as plain statements, or judge it by hand");
      }
    }
  }

  void
  add_gap(GapKind kind, const gate::SourceText& source, Span where, std::string why, std::string fix)
  {
    findings_.gaps.push_back(
        {kind, fmt::format("{}:{}", source.path(), source.position(where.begin).line), std::move(why), std::move(fix)});
  }

  const ChangeSet& set_;
  const MigrationsOptions& options_;
  const std::vector<const Rule*>& rules_;
  Catalog catalog_;
  Findings findings_;
  std::uint64_t judged_files_ = 0;
  std::uint64_t replayed_files_ = 0;
  std::uint64_t statements_ = 0;
};

}  // namespace

Findings
judge(const ChangeSet& set, const MigrationsOptions& options, const std::vector<const Rule*>& rules)
{
  return Judge(set, options, rules).run();
}

}  // namespace sluice::migrations
