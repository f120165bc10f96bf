// SPDX-License-Identifier: Apache-2.0
#include "promote/ledger/ledger.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "git/object_store.hpp"
#include "promote/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <random>
#include <unistd.h>
#include <unordered_map>

namespace sluice::promote {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view remote_name{"origin"};
constexpr std::string_view seen_at_origin{"seen-at-origin"};
constexpr std::string_view fetched_ref{"refs/sluice/ledger"};
constexpr std::size_t most_entries = 1'000'000;
constexpr int most_races = 200;
constexpr int most_outages = 3;
constexpr int most_doubts = 3;
constexpr std::chrono::milliseconds doubt{300};

constexpr std::string_view readme{
    "# Ledger of promotions\n\n"
    "Sluice writes this branch: every commit is an entry, in its message, and its parent the entry before it. What "
    "was\n"
    "promoted where, by whom and on what evidence is here, and so is who may promote now. Do not edit, rebase or "
    "delete\n"
    "it; protect it against force pushes and deletion. `sluice promote history` prints it.\n"};

/// Variables by which git would look for objects and refs elsewhere than in the repository that it is given.
Environment
without_places(Environment environment)
{
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                           "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_NAMESPACE", "GIT_PREFIX"}) {
    environment.erase(name);
  }
  return environment;
}

std::chrono::milliseconds
jittered(std::chrono::milliseconds most)
{
  static std::minstd_rand random(std::random_device{}());
  return std::chrono::milliseconds(std::uniform_int_distribution<int>(1, static_cast<int>(most.count()))(random));
}

/// The name as that of a commit's author. git leaves out what would end one, strips the rest of dots and the like
/// (crud() of its ident.c), and refuses what is empty then; the entry has it in full.
std::string
author_name(std::string_view actor)
{
  constexpr std::size_t longest = 200;
  const std::string name = ellipsis(printable(actor), longest);
  const bool has_letters =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; });
  return has_letters ? name : "sluice";
}

/// Whatever is written is pushed, and stays: no credential that a rule knows gets there, whoever said it.
Json
redacted(const Json& json)
{
  if (const std::string* text = json.text()) {
    return Json(credentials::redactor().redacted(*text, TextKind::prose));
  }
  if (json.is_array()) {
    return Json::array_of(json.items(), redacted);
  }
  if (!json.is_object()) {
    return json;
  }
  Json clean = Json::object();
  for (const Json::Member& member : json.members()) {
    clean.at(member.key) = redacted(member.value);
  }
  return clean;
}

struct Chain
{
  std::vector<Entry> entries;  ///< oldest first
  bool is_connected = false;   ///< its first entry follows the one that it was read down to
};

}  // namespace

struct Ledger::Body
{
  Place place;
  bool is_remote = false;
  fs::path git_directory;
  fs::path seen_file;
  std::optional<git::Repository> repository;
  std::unique_ptr<git::RefStore> refs;

  std::vector<Entry> entries;
  State state;
  std::optional<std::string> damage;
  std::uint64_t appended = 0;
  bool was_seen_before = false;

  Result<>
  reopen()
  {
    git::RepositoryVariables variables;
    variables.git_directory = git_directory;
    TRY_ASSIGN(git::Repository opened, git::Repository::open(git_directory, variables));
    refs.reset();
    repository.emplace(std::move(opened));
    refs = std::make_unique<git::RefStore>(*repository, without_places(place.process));
    return {};
  }

  [[nodiscard]] std::optional<git::ObjectId>
  tip() const
  {
    return entries.empty() ? std::nullopt : std::optional(entries.back().id);
  }

  Result<std::optional<git::ObjectId>>
  tip_there()
  {
    if (!is_remote) {
      return repository->reference(ledger_ref);
    }
    TRY_ASSIGN(const auto now, refs->remote_value(remote_name, ledger_ref));
    if (now && !repository->objects().contains(*now)) {
      TRY(refs->fetch(remote_name, ledger_ref, fetched_ref));
      TRY(reopen());
    }
    return now;
  }

  /// From `from` down to the entry that is known already, or to the first.
  Result<Chain>
  chain(const git::ObjectId& from) const
  {
    Chain chain;
    std::optional<git::ObjectId> at = from;
    while (at && at != tip()) {
      TRY_ASSIGN(const git::Object object, repository->objects().read(*at));
      if (object.kind != git::ObjectKind::commit || git::ObjectId::of(object.kind, object.content, at->size) != *at) {
        return fail(ErrorKind::input, "{}: is no commit, or is corrupt", at->hex());
      }
      TRY_ASSIGN(const git::Commit commit, git::parse_commit(*at, object.content));
      TRY_ASSIGN(Entry entry, parse_entry(*at, object.content));
      entry.committed = std::chrono::sys_seconds(std::chrono::seconds(commit.commit_time));
      if (commit.parents.size() > 1) {
        return fail(ErrorKind::input, "{}: is no entry of a ledger: it has several parents", at->hex());
      }
      if (chain.entries.size() >= most_entries) {
        return fail(ErrorKind::input, "the ledger has more than {} entries", with_thousands(most_entries));
      }
      chain.entries.push_back(std::move(entry));
      at = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
    }
    chain.is_connected = at == tip();
    std::reverse(chain.entries.begin(), chain.entries.end());
    return chain;
  }

  void
  take(std::vector<Entry> more)
  {
    for (Entry& entry : more) {
      state.take(entry);
      entries.push_back(std::move(entry));
    }
  }

  /// What keeps what is there from being the ledger that was seen here before; nothing if nothing does.
  Result<std::optional<std::string>>
  read_on()
  {
    if (!is_remote) {
      TRY(reopen());
    }
    TRY_ASSIGN(const auto now, tip_there());
    if (!now) {
      return tip() || seen() ? std::optional<std::string>("it is gone, and was there before") : std::nullopt;
    }
    if (now != tip()) {
      auto read = chain(*now);
      if (!read) {
        return read.error().message;
      }
      if (!read->is_connected) {
        return fmt::format("{}, its newest entry, does not come after {}, which was its newest before", now->brief(),
                           tip()->brief());
      }
      take(std::move(read->entries));
    }
    const auto before = seen();
    if (before && !holds(*before)) {
      return fmt::format("it does not hold entry {}, which was seen here before: it was rewound or rewritten",
                         before->brief());
    }
    return std::optional<std::string>();
  }

  [[nodiscard]] std::optional<git::ObjectId>
  seen() const
  {
    const auto text = read_file(seen_file, 4096);
    return text ? git::ObjectId::from_hex(trim(*text)) : std::nullopt;
  }

  /// A record that cannot be kept costs the next run a check, not this one its promotion.
  void
  keep_seen() const
  {
    if (const auto now = tip(); now && now != seen()) {
      std::error_code ignored;
      fs::create_directories(seen_file.parent_path(), ignored);
      static_cast<void>(write_file(seen_file, now->hex() + "\n"));
    }
  }

  Result<git::ObjectId>
  write(const Entry& entry, git::NewCommit::Signing signing)
  {
    git::NewCommit commit;
    commit.parent = tip();
    if (commit.parent) {
      TRY_ASSIGN(const git::Commit parent, repository->commit(*commit.parent));
      commit.tree = parent.tree;
    } else {
      TRY_ASSIGN(commit.tree, refs->write_tree("README.md", readme));
    }
    commit.name = author_name(entry.actor);
    commit.mail = "sluice@localhost";
    commit.time = entry.at.time_since_epoch().count();
    commit.message = message_of(entry);
    commit.signing = signing;
    return refs->write_commit(commit);
  }

  Result<git::Swap>
  swap(const git::ObjectId& next)
  {
    return is_remote ? refs->push_and_swap(remote_name, ledger_ref, tip(), next)
                     : refs->compare_and_swap(ledger_ref, tip(), next);
  }

  [[nodiscard]] bool
  holds(const git::ObjectId& id) const
  {
    return std::any_of(entries.rbegin(), entries.rend(), [&](const Entry& entry) { return entry.id == id; });
  }

  void
  count_entry()
  {
    keep_seen();
    if (++appended == place.kill_at) {
      ::kill(::getpid(), SIGKILL);
      ::_exit(128 + SIGKILL);  // the first process of a container cannot kill itself
    }
  }

  void
  wrote(Entry entry, const git::ObjectId& id, git::NewCommit::Signing signing)
  {
    entry.id = id;
    entry.committed = entry.at;
    entry.is_signed = signing != git::NewCommit::Signing::none;
    const bool has_time = is_end(entry.kind);
    std::vector<Entry> one;
    one.push_back(std::move(entry));
    take(std::move(one));
    count_entry();
    if (has_time && !is_remote) {
      refs->pack_if_many();  // nobody else ever runs git there
    }
  }
};

Ledger::Ledger(std::unique_ptr<Body> body)
    : body_(std::move(body))
{}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<Ledger>
Ledger::open(const Place& place)
{
  auto body = std::make_unique<Body>(Body{.place = place});
  const fs::path own = place.repository.common_directory() / "sluice";
  body->is_remote = place.repository.remote_url(remote_name).has_value();
  std::error_code ignored;
  if (!body->is_remote && fs::exists(own / seen_at_origin, ignored)) {
    return fail(ErrorKind::unavailable,
                "the ledger of this clone is at origin, and there is no remote of that name any "
                "more: git remote add origin URL");
  }
  body->git_directory = body->is_remote ? place.repository.git_directory() : own / "ledger.git";
  body->seen_file = own / (body->is_remote ? seen_at_origin : "seen");
  if (!body->is_remote) {
    TRY(git::RefStore::make_bare(body->git_directory, without_places(place.process)));
  }
  TRY(body->reopen());
  body->was_seen_before = body->seen().has_value();
  Ledger ledger(std::move(body));
  TRY(ledger.refresh());
  return ledger;
}

const State&
Ledger::state() const
{
  return body_->state;
}

std::span<const Entry>
Ledger::entries() const
{
  return body_->entries;
}

bool
Ledger::is_remote() const
{
  return body_->is_remote;
}

std::string
Ledger::where() const
{
  return body_->is_remote ? "origin, branch sluice/ledger" : body_->git_directory.string();
}

bool
Ledger::was_seen_before() const
{
  return body_->was_seen_before;
}

const std::optional<std::string>&
Ledger::damage() const
{
  return body_->damage;
}

const Clock&
Ledger::clock() const
{
  return body_->place.clock;
}

Result<>
Ledger::refresh()
{
  // A host may answer for a moment from a copy that is behind: that is no reason to cry.
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(body_->damage, body_->read_on());
    if (!body_->damage) {
      body_->keep_seen();
      return {};
    }
    if (attempt == most_doubts) {
      return {};
    }
    clock().sleep(doubt);
  }
}

Result<Ledger::Appended>
Ledger::append(Entry entry, const StillRight& still_right, git::NewCommit::Signing signing)
{
  entry.body = redacted(entry.body);
  entry.actor = credentials::redactor().redacted(entry.actor, TextKind::name);
  int outages = 0;
  for (int attempt = 1; attempt <= most_races; ++attempt) {
    if (body_->damage) {
      return fail(ErrorKind::input, "the ledger is not to be written to: {}", *body_->damage);
    }
    if (!still_right(state())) {
      return Appended::refused;
    }
    entry.number = state().entries + 1;
    entry.at = clock().now();
    if (clock().is_told) {
      entry.body.at("clock") = "told";
    }
    TRY_ASSIGN(const git::ObjectId id, body_->write(entry, signing));
    auto swapped = body_->swap(id);
    if (swapped && *swapped == git::Swap::done) {
      body_->wrote(std::move(entry), id, signing);
      return Appended::done;
    }
    if (!swapped && ++outages >= most_outages) {
      return Failure(swapped.error());
    }
    clock().sleep(swapped ? jittered(std::chrono::milliseconds(std::min(20 * attempt, 500)))
                          : std::chrono::milliseconds(500 << outages));
    if (auto read = refresh(); !read && ++outages >= most_outages) {
      return Failure(read.error());
    }
    if (body_->holds(id)) {  // the answer was lost on its way back, not the entry
      body_->count_entry();
      return Appended::done;
    }
  }
  return fail(ErrorKind::unavailable, "{}: others write to it all the time", where());
}

Result<std::optional<std::string>>
Ledger::signer_of(const git::ObjectId& entry, std::string_view allowed_signers) const
{
  return body_->refs->signer_of(entry, allowed_signers);
}

std::uint64_t
Ledger::highest_seen() const
{
  std::uint64_t highest = state().entries;
  if (const auto seen = body_->seen()) {
    if (const auto object = body_->repository->objects().read(*seen)) {
      const auto entry = parse_entry(*seen, object->content);
      highest = std::max(highest, entry ? entry->number : 0);
    }
  }
  return highest;
}

Result<>
Ledger::accept()
{
  std::error_code ignored;
  fs::remove(body_->seen_file, ignored);
  body_->entries.clear();
  body_->state = State{};
  return refresh();
}

}  // namespace sluice::promote
