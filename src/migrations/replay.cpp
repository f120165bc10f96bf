// SPDX-License-Identifier: Apache-2.0
//
// What the database has run is replayed first, as the base has it: that is what the change meets, whatever the names of
// its files say about their order, and however the change edits, moves or joins what was there. Then each statement
// that is new is judged and applied. One that was there before is not: the database has run it, and will not again. Of
// those only what lasts as long as the session counts, such as SET and temporary tables.
//
// A statement of a migration that is gone, in a file of another name, may be run again. Most would fail then, for what
// they make is there, and a file that is only renamed or joined with others must not be told that every index blocks.
// But what destroys, destroys again, so those are judged as if they were new.
#include "migrations/replay.hpp"

#include "base/text.hpp"
#include "migrations/catalog.hpp"
#include "migrations/explain.hpp"
#include "migrations/lock_section.hpp"
#include "migrations/session.hpp"
#include "migrations/sql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace sluice::migrations {

namespace {

/// What lasts as long as the session that runs the file.
bool
is_of_session(const Statement& statement)
{
  const auto* create = as<CreateTable>(statement);
  return as<SetVariable>(statement) != nullptr || as<DiscardSession>(statement) != nullptr || statement.hides_path
         || as<TransactionControl>(statement) != nullptr
         || (create != nullptr && create->lives != CreateTable::Lives::forever);
}

/// Whether a statement that was run under another name does harm again, and not only fails for having been run.
bool
harms_again(const Statement& statement, const Catalog& catalog)
{
  const auto is_there = [&catalog](const QualifiedName& table) { return catalog.knows(table); };
  if (const auto* drop = as<DropObjects>(statement)) {
    return drop->kind != DropObjects::Kind::table || std::any_of(drop->names.begin(), drop->names.end(), is_there);
  }
  bool drops_again = false;
  for_each_clause<DropColumn>(statement, [&](const AlterTable& alter, const DropColumn& drop, Span) {
    drops_again = drops_again || catalog.knows(alter.table, drop.column);
  });
  constexpr std::array<std::string_view, 8> repeatable{"TruncateStmt", "UpdateStmt", "DeleteStmt", "MergeStmt",
                                                       "SelectStmt",   "CallStmt",   "DoStmt",     "CopyStmt"};
  return drops_again || std::find(repeatable.begin(), repeatable.end(), statement.node) != repeatable.end();
}

bool
runs_now(const Statement& statement, Age age, const Catalog& catalog)
{
  return age == Age::fresh || (age == Age::moved && harms_again(statement, catalog));
}

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
    for (const gate::SourceText& source : set_.history) {
      replay(parse_script(source.text()), SessionFile::Age::earlier);
    }
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
  void
  pass(const Migration& migration)
  {
    const bool is_asked = inquiry_.decisions != nullptr && migration.source.path() == inquiry_.path;
    if (migration.role == Role::replayed && !is_asked) {
      return;  // it is in the history
    }
    Script script = parse_script(migration.source.text());
    if (is_asked) {
      note_script(migration, script, *inquiry_.decisions);
    }
    if (migration.role == Role::replayed) {
      return;
    }
    if (migration.role == Role::excluded && set_.deployment == ChangeSet::Deployment::one_by_one) {
      replay(script, SessionFile::Age::earlier);
      return;
    }
    begin_change();
    if (migration.role == Role::excluded) {
      run_unjudged(migration, script);
    } else {
      judge(migration, std::move(script), is_asked ? inquiry_.decisions : nullptr);
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
  begin_session(const SessionFile& file)
  {
    const FileTransaction mode = set_.framework->transaction(options_);
    catalog_.begin_session(file);
    if (mode == FileTransaction::per_file) {
      catalog_.begin_transaction();
    }
    return {mode, set_.framework->transaction_reason};
  }

  void
  replay(const Script& script, SessionFile::Age age)
  {
    Session session = begin_session({.age = age});
    for (const Statement& statement : script.statements) {
      session.apply(statement, catalog_);
    }
    catalog_.commit();
  }

  void
  run_unjudged(const Migration& migration, const Script& script)
  {
    Session session = begin_session({.age = SessionFile::Age::of_change});
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
      const Statement& statement = script.statements[i];
      if (runs_now(statement, migration.novelty.of_statement(i), catalog_) || is_of_session(statement)) {
        session.apply(statement, catalog_);
      }
    }
    catalog_.commit();
  }

  void
  judge(const Migration& migration, Script script, gate::Decisions* decisions)
  {
    JudgedFile& file = files_.emplace_back(JudgedFile{&migration.source,
                                                      &migration.novelty,
                                                      std::move(script.statements),
                                                      {},
                                                      begin_session({.number = files_.size()})});
    Reporter& reporter = reporters_.emplace_back(migration.source, file.statements, decisions);
    std::set<QualifiedName> called;
    for (std::size_t i = 0; i < file.statements.size(); ++i) {
      judge_statement(file, i, reporter, called);
    }
    catalog_.commit();
    for (const Rule* rule : rules_) {
      if (rule->check_file != nullptr) {
        reporter.begin(*rule);
        rule->check_file(file, reporter);
      }
    }
    for (std::size_t i = 0; i < script.foreign.size(); ++i) {
      if (migration.novelty.of_foreign(i) != Age::merged) {
        add_gap(GapKind::unparsable, migration.source, script.foreign[i].where, script.foreign[i].why,
                "Judge it by hand, or write it as SQL that the server understands");
      }
    }
  }

  void
  judge_statement(JudgedFile& file, std::size_t number, Reporter& reporter, std::set<QualifiedName>& called)
  {
    const Statement& statement = file.statements[number];
    const bool in_transaction = set_.framework->in_transaction(file.session, statement, number, options_);
    const bool is_new = runs_now(statement, file.novelty->of_statement(number), catalog_);
    Executed executed{&statement, in_transaction, file.session.has_lock_timeout(), is_new, {}};
    if (is_new) {
      const CatalogView view(catalog_, reporter, statement.where);
      check_statement(statement,
                      {.catalog = view,
                       .following = std::span(file.statements).subspan(number + 1),
                       .in_transaction = in_transaction,
                       .transaction_reason = file.session.transaction_reason(),
                       .has_lock_timeout = executed.has_lock_timeout,
                       .called = &called},
                      reporter);
      executed.locks = blocking_locks(statement, catalog_);
      add_unexamined_code(file, statement, called);
      called.insert(statement.calls.begin(), statement.calls.end());
    } else if (reporter.is_asked()) {
      reporter.note(statement.where, "merged", "databases have run the statement before the change");
    }
    file.executed.push_back(std::move(executed));
    if (is_new || is_of_session(statement)) {
      file.session.apply(statement, catalog_);
    }
  }

  /// Code that runs, now or by itself later, and that nobody looked into. What the base attached runs already.
  void
  add_unexamined_code(const JudgedFile& file, const Statement& statement, const std::set<QualifiedName>& called)
  {
    if (as<DoBlock>(statement) != nullptr) {
      add_gap(GapKind::unjudged, *file.source, statement.where, "the code of a DO block is not examined",
              "Write it as plain statements, or judge it by hand");
    }
    const auto add = [&](const std::string& does) {
      add_gap(GapKind::unjudged, *file.source, statement.where, does,
              "Write it as plain statements, or judge it by hand");
    };
    const DefinedFunctions& functions = catalog_.functions();
    for (const QualifiedName& function : statement.calls) {
      if (!called.contains(function) && functions.may_harm(function)) {
        add(fmt::format("it runs {}(), which a migration defines and whose code is not examined", text_of(function)));
      }
    }
    for (const QualifiedName& function : statement.attaches) {
      if (!functions.is_attached(function) && functions.may_harm(function)) {
        add(fmt::format("it lets {}() run without a call, which a migration defines and whose code is not examined",
                        text_of(function)));
      }
    }
    for (const QualifiedName& runner : statement.runs_text) {
      add(fmt::format("the SQL text that it gives to {} to run is not examined", text_of(runner)));
    }
    if (const auto* create = as<CreateFunction>(statement);
        create != nullptr && does_harm(create->code) && functions.runs(create->function)) {
      add(fmt::format("it changes the code of {}(), which runs without a call and is not examined",
                      text_of(create->function)));
    }
  }

  [[nodiscard]] bool
  does_harm(const Code& code) const
  {
    const auto may_harm = [this](const QualifiedName& callee) { return catalog_.functions().may_harm(callee); };
    return code.may_harm || std::any_of(code.calls.begin(), code.calls.end(), may_harm);
  }

  void
  check_statement(const Statement& statement, const MigrationContext& context, Reporter& reporter) const
  {
    for (const Rule::Turn turn : {Rule::Turn::any, Rule::Turn::last}) {
      for (const Rule* rule : rules_) {
        if (rule->check != nullptr && rule->turn == turn) {
          reporter.begin(*rule);
          rule->check(statement, context, reporter);
        }
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
