// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/announcer.hpp"

#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "git/object_store.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::chrono::milliseconds least_patience{1'000};
constexpr std::chrono::milliseconds most_patience{10'000};
/// With a message, and with all together that took long before the end: the way back may be what waits for them.
constexpr std::chrono::milliseconds patience_with_messages{3'000};
constexpr std::chrono::milliseconds long_for_a_message{1'000};  // and so the least that one is given

/// Whether nothing comes after it that could wait.
bool
is_last(Moment moment)
{
  return moment == Moment::waiting || moment == Moment::asked || moment == Moment::ended;
}

std::string
redacted(std::string_view text)
{
  return credentials::redactor().redacted(text, TextKind::prose);
}

/// The first line of a commit's message; empty if it cannot be read.
std::string
subject_of(const git::Repository& repository, std::string_view commit)
{
  const auto id = git::ObjectId::from_hex(commit);
  if (!id) {
    return {};
  }
  const auto object = repository.objects().read(*id);
  const std::size_t blank = object ? object->content.find("\n\n") : std::string::npos;
  if (blank == std::string::npos) {
    return {};
  }
  const auto lines = lines_of(std::string_view(object->content).substr(blank + 2));
  return lines.empty() ? std::string() : std::string(lines.front());
}

std::vector<StepNews>
steps_of(const Promotion& promotion)
{
  std::vector<std::pair<std::string, const Step*>> steps;
  for (const auto& [name, step] : promotion.steps) {
    if (step.state != Step::State::begun) {
      steps.emplace_back(name, &step);
    }
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const auto& a, const auto& b) { return a.second->number < b.second->number; });
  std::vector<StepNews> news;
  for (const auto& [name, step] : steps) {
    news.push_back({name, step->outcome, text_of(step->body, "why"), step->ended - step->begun});
  }
  return news;
}

/// What is to be live: of a rollback what is gone back to.
std::string
commit_of(const Promotion& promotion)
{
  const bool is_rollback = promotion.kind == Promotion::Kind::rollback;
  return is_rollback && promotion.previous ? promotion.previous->commit : promotion.commit;
}

DeploymentState
state_of(const Promotion& promotion)
{
  const bool is_rollback = promotion.kind == Promotion::Kind::rollback;
  switch (*promotion.end) {
  case EntryKind::confirmed:
    return DeploymentState::success;
  case EntryKind::rolled_back:
    return is_rollback ? DeploymentState::success : DeploymentState::failure;
  case EntryKind::aborted:
    return DeploymentState::inactive;
  default:
    return DeploymentState::failure;
  }
}

std::string
description_of(const Promotion& promotion)
{
  return fmt::format("{}{}{}", name_of(*promotion.end), promotion.end_why.empty() ? "" : ": ", promotion.end_why);
}

/// Where people are: at the end of the pipeline.
bool
is_production(const PromoteOptions& options, const std::string& name)
{
  const auto& all = options.environments;
  const bool is_needed = std::any_of(all.begin(), all.end(), [&name](const auto& each) {
    const auto& needs = each.second.needs;
    return std::find(needs.begin(), needs.end(), name) != needs.end();
  });
  const auto found = all.find(name);
  return !is_needed && (name == "production" || (found != all.end() && !found->second.needs.empty()));
}

}  // namespace

Announcer::Announcer(Session& session, std::string environment)
    : session_(session),
      environment_(std::move(environment)),
      stage_(session.options().environments.at(environment_))
{
  if (session.input.input.services.http != nullptr) {
    platform_ = recording_platform(session.options(), session.process());
  }
}

const Promotion*
Announcer::promotion() const
{
  const auto& all = session_.ledger.state().of(environment_).promotions;
  return all.empty() ? nullptr : &all.back();
}

PlatformCall
Announcer::call() const
{
  // Whoever keeps us waiting must not keep us until the lease has ended.
  const auto patience = std::clamp<std::chrono::milliseconds>(stage_.lease / 12, least_patience, most_patience);
  return {*session_.input.input.services.http, session_.process(), session_.clock.sleep, patience};
}

DeploymentRecord
Announcer::record_of(const Promotion& promotion) const
{
  DeploymentRecord record;
  record.promotion = promotion.id;
  record.number = promotion.number;
  record.environment = environment_;
  record.commit = commit_of(promotion);
  const auto& live = session_.ledger.state().of(environment_).live;
  record.ledger = live ? live->entry : "";
  record.description = redacted(fmt::format("Sluice, ledger entry {}{}{}", promotion.number,
                                            promotion.reason.empty() ? "" : ": ", promotion.reason));
  record.reach = is_production(session_.options(), environment_) ? DeploymentRecord::Reach::production
                                                                 : DeploymentRecord::Reach::other;
  return record;
}

void
Announcer::missed(std::string_view what, const Error& error)
{
  session_.tell(fmt::format("{}: {}: {}", environment_, what, redacted(error.message)));
}

Result<std::optional<PlatformDeployment>>
Announcer::made(const DeploymentRecord& record) const
{
  TRY_ASSIGN(PlatformDeployment deployment, ensure_deployment(*platform_, call(), record));
  return std::optional(std::move(deployment));
}

void
Announcer::record(DeploymentState state, std::string_view description, Missing missing)
{
  const Promotion* now = promotion();
  const bool can_wait = is_away_ && state == DeploymentState::in_progress;
  if (platform_ == nullptr || now == nullptr || can_wait) {
    return;
  }
  const std::string_view lost = "the deployment is not recorded";
  if (auto ready = platform_->ready(session_.process()); !ready) {
    missed(lost, ready.error());
    platform_ = nullptr;
    return;
  }
  if (!deployment_) {
    const DeploymentRecord record = record_of(*now);
    auto found = missing == Missing::leave ? platform_->find(call(), record) : made(record);
    if (!found) {
      is_away_ = true;
      return missed(lost, found.error());
    }
    deployment_ = *std::move(found);
  }
  if (!deployment_) {
    return;
  }
  const DeploymentStatus status{state, redacted(description), stage_.url};
  const auto told = platform_->tell(call(), *deployment_, status);
  is_away_ = !told;
  if (!told) {
    missed("its state is not recorded", told.error());
  }
}

News
Announcer::news(Moment moment) const
{
  News news;
  news.moment = moment;
  news.environment = environment_;
  news.actor = session_.actor;
  news.run = run_page(session_.process());
  news.url = is_web_address(stage_.url) ? stage_.url : "";
  news.runbook = stage_.runbook;
  news.contacts = stage_.contacts;
  news.zone = session_.options().zone;
  if (const Promotion* now = promotion(); now != nullptr && moment != Moment::waiting) {
    news.commit = commit_of(*now);
    news.is_rollback = now->kind == Promotion::Kind::rollback;
    news.previous = news.is_rollback ? now->commit : now->previous ? now->previous->commit : "";
    news.actor = now->actor;
    news.reason = now->reason;
    news.is_emergency = now->is_emergency;
    news.end = now->end;
    news.steps = steps_of(*now);
    news.took = (now->end ? now->ended : session_.clock.now()) - now->begun;
  }
  return news;
}

void
Announcer::send(const Notification& notification, const News& news)
{
  const std::string_view address = value_of(session_.process(), notification.variable());
  if (address.empty()) {
    if (!was_lack_told_) {
      session_.tell(fmt::format("{}: {} is not set: nobody is told by way of it", environment_, notification.webhook));
    }
    was_lack_told_ = true;
    return;
  }
  const auto patience = patience_for(news.moment);
  if (patience < long_for_a_message || silent_.contains(notification.variable())) {
    return;
  }
  PlatformCall call = this->call();
  call.patience = std::min(call.patience, patience);
  call.attempts = is_last(news.moment) ? PlatformCall::Attempts::several : PlatformCall::Attempts::once;
  const std::string text = redacted(message_for(news, notification.audience));
  const Platform& webhook = *platform_named(name_of(notification.form));
  const auto start = std::chrono::steady_clock::now();
  const auto sent = webhook.announce(call, {std::string(address), notification.channel, text});
  count(std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start), news.moment);
  if (sent) {
    return;
  }
  Error error = sent.error();
  if (error.kind == ErrorKind::unavailable) {
    silent_.emplace(notification.variable());
    error.message += fmt::format("; {} is not asked again in this run", notification.webhook);
  }
  missed(fmt::format("{} was not told", name_of(notification.audience)), error);
}

std::chrono::milliseconds
Announcer::patience_for(Moment moment) const
{
  return is_last(moment) ? patience_with_messages : patience_with_messages - lost_;
}

void
Announcer::count(std::chrono::milliseconds took, Moment moment)
{
  if (is_last(moment) || took < long_for_a_message) {
    return;
  }
  lost_ += took;
  if (patience_for(moment) < long_for_a_message) {
    session_.tell(
        fmt::format("{}: messages took {} ms: nobody is told of more before it ends", environment_, lost_.count()));
  }
}

void
Announcer::announce(const News& news)
{
  if (session_.input.input.services.http == nullptr) {
    return;
  }
  for (const Notification& notification : session_.options().notify) {
    if (notification.wants(news.moment)) {
      send(notification, news);
    }
  }
}

void
Announcer::waits(const Wait& wait)
{
  News waiting = news(Moment::waiting);
  waiting.commit = wait.commit;
  waiting.subject = subject_of(session_.repository(), wait.commit);
  waiting.why = wait.why;
  waiting.fix = wait.fix;
  waiting.until = wait.until;
  announce(waiting);
}

void
Announcer::begins(Start start)
{
  record(DeploymentState::in_progress, start == Start::begun ? "begun" : "another run goes on with it",
         Missing::create);
  if (platform_ != nullptr && platform_->advice != nullptr && !is_away_) {
    for (const std::string& sentence : platform_->advice(call(), environment_).value_or(std::vector<std::string>{})) {
      session_.tell(fmt::format("{}: {}", environment_, sentence));
    }
  }
  News begun = news(Moment::begun);
  begun.subject = subject_of(session_.repository(), begun.commit);
  begun.is_continued = start == Start::continued;
  announce(begun);
}

void
Announcer::step_begins(std::string_view step)
{
  record(DeploymentState::in_progress, step, Missing::create);
}

void
Announcer::step_ended(std::string_view step)
{
  News ended = news(Moment::step);
  const auto is_it = [step](const StepNews& each) { return each.name == step; };
  const auto found = std::find_if(ended.steps.begin(), ended.steps.end(), is_it);
  if (found != ended.steps.end()) {
    std::rotate(found, found + 1, ended.steps.end());
    announce(ended);
  }
}

void
Announcer::stops(std::string_view fix)
{
  const Promotion* now = promotion();
  if (now == nullptr) {
    return;
  }
  if (now->end) {
    // One that could not be made when it began is made now; of one that was given up there need be none.
    const bool is_given_up = now->end == EntryKind::aborted;
    record(state_of(*now), description_of(*now), is_given_up ? Missing::leave : Missing::create);
  } else if (!now->question.empty()) {
    record(DeploymentState::in_progress, fmt::format("a person must decide: {}", now->question), Missing::leave);
  } else {
    if (now->is_parked) {
      record(DeploymentState::in_progress, "the watch goes on in another run", Missing::leave);
    }
    return;
  }
  News stopped = news(now->end ? Moment::ended : Moment::asked);
  stopped.subject = subject_of(session_.repository(), stopped.commit);
  stopped.why = now->end ? now->end_why : now->question;
  stopped.fix = fix;
  announce(stopped);
}

void
Announcer::breaks_off(std::string_view why)
{
  record(DeploymentState::error, fmt::format("its run ended: {}", why), Missing::leave);
  News broken = news(Moment::ended);
  broken.is_broken_off = true;
  broken.why = why;
  announce(broken);
}

}  // namespace sluice::promote
