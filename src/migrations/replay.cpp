// SPDX-License-Identifier: Apache-2.0
//
// The migrations are replayed once, in the order in which their tool runs them. Two catalogs go along: one of all that
// has run, which rules ask about the statement before them, and one of what was there before the change, which the end
// is compared with. They are not the same up to the first new file, for a new file's name may put it between old ones:
// the database has run those. A file that the change edits counts in the first as it is and in the second as it was.
#include "migrations/replay.hpp"

#include "base/text.hpp"
#include "migrations/catalog.hpp"
#include "migrations/explain.hpp"
#include "migrations/lock_section.hpp"
#include "migrations/session.hpp"
#include "migrations/sql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace sluice::migrations {

namespace {

class Replay
{
public:
  Replay(const ChangeSet& set, const MigrationsOptions& options, const std::vector<const Rule*>& rules,
         const Inquiry& inquiry)
      : set_(set),
        options_(options),
        rules_(rules),
        inquiry_(inquiry)
  {
    const auto judged = std::count_if(set.migrations.begin(), set.migrations.end(),
                                      [](const Migration& each) { return each.role == Role::judged; });
    files_.reserve(static_cast<std::size_t>(judged));
    reporters_.reserve(static_cast<std::size_t>(judged));
  }

  Findings
  run()
  {
    for (const Migration& migration : set_.migrations) {
      pass(migration);
    }
    if (!files_.empty()) {
      check_change();
    }
    for (std::size_t i = 0; i < files_.size(); ++i) {
      finish(i);
    }
    if (auto locks = lock_section(files_)) {
      findings_.sections.push_back(std::move(*locks));
    }
    findings_.coverage.counts = {{files_.size(), "files"}, {statements_, "statements"}};
    if (const std::size_t replayed = set_.migrations.size() - files_.size(); replayed > 0) {
      findings_.coverage.counts.push_back({replayed, "files replayed"});
    }
    return std::move(findings_);
  }

private:
  /// Whether its tables are in use: without a base there is no telling an excluded file from one that has run.
  [[nodiscard]] bool
  is_earlier(const Migration& migration) const
  {
    return migration.role == Role::replayed
           || (migration.role == Role::excluded && set_.deployment == ChangeSet::Deployment::one_by_one);
  }

  void
  pass(const Migration& migration)
  {
    const bool is_asked = inquiry_.decisions != nullptr && migration.source.path() == inquiry_.path;
    Script script = parse_script(migration.source.text());
    if (is_asked) {
      note_script(migration, script, *inquiry_.decisions);
    }
    if (is_earlier(migration)) {
      replay(script, catalog_, SessionFile::Age::earlier);
      if (is_change_begun_) {
        replay(script, before_, SessionFile::Age::earlier);
      }
      return;
    }
    begin_change();
    if (migration.role == Role::excluded) {
      replay(script, catalog_, SessionFile::Age::of_change);
    } else {
      judge(migration, std::move(script), is_asked ? inquiry_.decisions : nullptr);
    }
    if (migration.was) {
      replay(parse_script(*migration.was), before_, SessionFile::Age::earlier);
    }
  }

  void
  begin_change()
  {
    if (!is_change_begun_) {
      before_ = catalog_;
    }
    if (!is_change_begun_ || set_.deployment == ChangeSet::Deployment::one_by_one) {
      catalog_.begin_change();
    }
    is_change_begun_ = true;
  }

  [[nodiscard]] Session
  begin_session(Catalog& catalog, const SessionFile& file) const
  {
    const FileTransaction mode = set_.framework->transaction(options_);
    catalog.begin_session(file);
    if (mode == FileTransaction::per_file) {
      catalog.begin_transaction();
    }
    return {mode, set_.framework->transaction_reason};
  }

  void
  replay(const Script& script, Catalog& catalog, SessionFile::Age age) const
  {
    Session session = begin_session(catalog, {.age = age});
    for (const Statement& statement : script.statements) {
      session.apply(statement, catalog);
    }
    catalog.commit();
  }

  void
  judge(const Migration& migration, Script script, gate::Decisions* decisions)
  {
    JudgedFile& file = files_.emplace_back(JudgedFile{
        &migration.source, std::move(script.statements), {}, begin_session(catalog_, {.number = files_.size()})});
    Reporter& reporter = reporters_.emplace_back(migration.source, file.statements, decisions);
    for (std::size_t i = 0; i < file.statements.size(); ++i) {
      const Statement& statement = file.statements[i];
      const bool in_transaction = set_.framework->in_transaction(file.session, statement, i, options_);
      const CatalogView view(catalog_, reporter, statement.where);
      check_statement(statement,
                      {.catalog = view,
                       .following = std::span(file.statements).subspan(i + 1),
                       .in_transaction = in_transaction,
                       .transaction_reason = file.session.transaction_reason(),
                       .has_lock_timeout = file.session.has_lock_timeout()},
                      reporter);
      file.executed.push_back(
          {&statement, in_transaction, file.session.has_lock_timeout(), blocking_locks(statement, catalog_)});
      file.session.apply(statement, catalog_);
    }
    catalog_.commit();
    for (const Rule* rule : rules_) {
      if (rule->check_file != nullptr) {
        reporter.begin(*rule);
        rule->check_file(file, reporter);
      }
    }
    add_gaps(file, script.foreign);
  }

  void
  check_statement(const Statement& statement, const MigrationContext& context, Reporter& reporter) const
  {
    for (const Rule* rule : rules_) {
      if (rule->check != nullptr) {
        reporter.begin(*rule);
        rule->check(statement, context, reporter);
      }
    }
  }

  void
  check_change()
  {
    ChangeReporter reporter(reporters_);
    for (const Rule* rule : rules_) {
      reporter.begin(*rule);
      if (rule->check_change != nullptr) {
        rule->check_change({files_, before_, catalog_}, reporter);
      }
      if (rule->check_end_state != nullptr) {
        rule->check_end_state({before_, catalog_}, reporter);
      }
    }
  }

  void
  finish(std::size_t number)
  {
    Reporter& reporter = reporters_[number];
    std::vector<Finding>& found = reporter.findings();
    std::move(found.begin(), found.end(), std::back_inserter(findings_.found));
    statements_ += files_[number].statements.size();
    if (reporter.is_asked()) {
      note_silence(files_[number], rules_, reporter);
    }
  }

  void
  add_gaps(const JudgedFile& file, const std::vector<Foreign>& foreign)
  {
    for (const Foreign& piece : foreign) {
      add_gap(GapKind::unparsable, *file.source, piece.where, piece.why,
              "Judge it by hand, or write it as SQL that the server understands");
    }
    for (const Statement& statement : file.statements) {
      if (as<DoBlock>(statement) != nullptr) {
        add_gap(GapKind::unjudged, *file.source, statement.where, "the code of a DO block is not examined",
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
  const Inquiry& inquiry_;
  Catalog catalog_;
  Catalog before_;
  bool is_change_begun_ = false;
  std::vector<JudgedFile> files_;
  std::vector<Reporter> reporters_;  ///< of files_
  Findings findings_;
  std::uint64_t statements_ = 0;
};

}  // namespace

Findings
replay(const ChangeSet& set, const MigrationsOptions& options, const std::vector<const Rule*>& rules,
       const Inquiry& inquiry)
{
  return Replay(set, options, rules, inquiry).run();
}

}  // namespace sluice::migrations
