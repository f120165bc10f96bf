// SPDX-License-Identifier: Apache-2.0
//
// Whole promotions of a real repository beside a platform on this machine.
#include "gate/file_tree.hpp"
#include "git/refs.hpp"
#include "platform_case.hpp"
#include "promote/brief.hpp"
#include "promote/commands/run_commands.hpp"
#include "promote/commands/word_commands.hpp"
#include "promote/engine/session.hpp"
#include "support/git_fixture.hpp"

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
using test::answer;

namespace {

using Reply = test::LoopbackServer::Reply;

/// GitHub as far as one promotion needs it: it lists what was made, and Slack beside it.
Reply
as_github(const std::string& request)
{
  if (request.starts_with("GET ")) {
    return answer("200 OK", "[]");
  }
  return request.starts_with("POST /hook") ? answer("200 OK", "ok") : answer("201 Created", R"({"id": 42})");
}

struct World
{
  explicit World(test::LoopbackServer::Responder responder)
      : server(std::move(responder))
  {
    commit = repository.commit("shop.txt", "one", "Let invoices be paid");
    Stage stage;
    stage.allow = {};
    stage.deny = {};
    stage.url = "https://shop.example";
    stage.hooks.deploy.run = {"true"};
    stage.hooks.rollback.run = {"true"};
    stage.hooks.probe.run = {"echo", R"({"status": "healthy"})"};
    stage.verify.count = 1;
    stage.verify.interval = 0ms;
    options.values.environments["production"] = stage;
    process = {{"PATH", "/usr/bin:/bin"},
               {"HOME", repository.path().string()},
               {"USER", "ada"},
               {"GITHUB_ACTIONS", "true"},
               {"GITHUB_TOKEN", "the token"},
               {"GITHUB_REPOSITORY", "octo/shop"},
               {"GITHUB_API_URL", server.url("")},
               {"GITHUB_SERVER_URL", "https://github.example"},
               {"GITHUB_RUN_ID", "77"},
               {"SLUICE_SLACK_WEBHOOK", server.url("/hook")}};
  }

  Stage&
  stage()
  {
    return options.values.environments["production"];
  }

  using Command = Result<gate::CommandOutcome> (*)(const VerbOptions&, const gate::CommandInput&);
  Verdict
  call(Command command, VerbOptions verb = {})
  {
    auto opened = git::Repository::open(repository.path(), {});
    REQUIRE(opened);
    gate::Input input;
    input.directory = repository.path();
    input.repository = &*opened;
    input.policy_files.tree = std::make_shared<gate::DiskTree>(repository.path());
    git::RefStore refs(*opened, process);
    input.services.http = &client;
    input.services.refs = &refs;
    input.services.process = &process;
    gate::CommandInput all{.gate_options = options, .arguments = {}, .directory = repository.path(), .input = input};
    all.tell = [this](gate::Telling, std::string_view line) { told += fmt::format("{}\n", line); };
    verb.environment = "production";
    const auto outcome = command(verb, all);
    REQUIRE_MESSAGE(outcome, outcome.error().message);
    output = outcome->output;
    kinds.clear();
    const Session session = open_session(all).value();
    for (const Entry& entry : session.ledger.entries()) {
      kinds.emplace_back(name_of(entry.kind));
      last = entry;
    }
    return outcome->verdict;
  }

  [[nodiscard]] std::vector<SeenRequest>
  requests(std::string_view line) const
  {
    std::vector<SeenRequest> all;
    for (const std::string& bytes : server.requests()) {
      if (SeenRequest request = seen_request(bytes); request.line.starts_with(line)) {
        all.push_back(std::move(request));
      }
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string>
  states() const
  {
    std::vector<std::string> all;
    for (const SeenRequest& request : requests("POST /repos/octo/shop/deployments/42/statuses")) {
      all.push_back(fmt::format("{} {}", *request.body["state"].text(), *request.body["description"].text()));
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string>
  announced() const
  {
    std::vector<std::string> all;
    for (const SeenRequest& request : requests("POST /hook")) {
      all.push_back(*request.body["text"].text());
    }
    return all;
  }

  test::LoopbackServer server;
  test::GitFixture repository;
  net::HttpClient client{net::HttpSettings{.sleep = [](std::chrono::milliseconds) {}}};
  gate::OptionsOf<PromoteOptions> options;
  Environment process;
  std::string commit, told, output;
  std::vector<std::string> kinds;
  Entry last;
};

const std::vector<std::string> a_promotion{"begun",      "step-begun", "step-ended",
                                           "step-begun", "step-ended", "confirmed"};

}  // namespace

TEST_CASE("a promotion is one deployment with a state for each step")
{
  World world([](const std::string& request, int) { return as_github(request); });
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.kinds == a_promotion);
  const auto made = world.requests("POST /repos/octo/shop/deployments");
  REQUIRE(made.size() == 5);
  CHECK(made[0].body["ref"] == Json(world.commit));
  CHECK(made[0].body["payload"]["sluice"]["promotion"] == Json(world.last.promotion));
  CHECK(made[0].body["payload"]["sluice"]["ledger"] == Json(""));
  CHECK(made[0].body["payload"]["sluice"]["number"] == Json(1));
  CHECK(made[0].body["production_environment"] == Json(true));
  CHECK(world.states()
        == std::vector<std::string>{"in_progress begun", "in_progress deploy", "in_progress verify",
                                    "success confirmed"});
  world.commit = world.repository.commit("shop.txt", "two", "More");
  const std::string confirmed = world.last.id.hex();
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.requests("POST /repos/octo/shop/deployments").at(5).body["payload"]["sluice"]["ledger"]
        == Json(confirmed));
}

TEST_CASE("without a token nothing is asked, which is said once, and all goes on")
{
  World world([](const std::string& request, int) { return as_github(request); });
  world.process.erase("GITHUB_TOKEN");
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.kinds == a_promotion);
  CHECK(world.server.requests().empty());
  CHECK(holds(world.told, "GITHUB_TOKEN is not set"));
  CHECK(world.told.find("GITHUB_TOKEN is not set") == world.told.rfind("GITHUB_TOKEN is not set"));
}

TEST_CASE("nothing is asked where no platform runs us, or the pipeline wants none")
{
  World world([](const std::string& request, int) { return as_github(request); });
  SUBCASE("none runs us")
  {
    world.process.erase("GITHUB_ACTIONS");
  }
  SUBCASE("none is wanted")
  {
    world.options.values.platform = PlatformChoice::none;
  }
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.server.requests().empty());
}

TEST_CASE("an outage of platform and webhook changes neither the ledger nor the ending")
{
  struct Case
  {
    std::string name;
    test::LoopbackServer::Responder responder;
  };
  const std::vector<Case> cases{
      {"503", [](const std::string&, int) { return answer("503 Service Unavailable", ""); }},
      {"lost", [](const std::string&, int) { return Reply{}; }},
      {"403", [](const std::string&, int) { return answer("403 Forbidden", R"({"message": "no"})"); }},
      {"nonsense", [](const std::string&, int) { return answer("200 OK", "<html>"); }},
  };
  for (const Case& each : cases) {
    World world(each.responder);
    world.options.values.notify = {Notification{}};
    CHECK_MESSAGE(world.call(run_command) == Verdict::pass, each.name);
    CHECK(world.kinds == a_promotion);
    CHECK(holds(world.told, "the deployment is not recorded: GitHub: "));
    if (each.name != "nonsense") {
      CHECK(holds(world.told, "technical was not told: 127.0.0.1: "));
    }
    CHECK_FALSE(holds(world.told, "/hook"));
    CHECK_FALSE(holds(world.told, "the token,"));
  }
}

TEST_CASE("a platform that comes back is told of the end")
{
  World world([](const std::string& request, int number) {
    return number <= 3 ? answer("503 Service Unavailable", "") : as_github(request);
  });
  world.options.values.platform = PlatformChoice::github;
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.states().back() == "success confirmed");
}

TEST_CASE("a failure is a failure there, and a rollback that was asked for a success of the release before")
{
  World world([](const std::string& request, int) { return as_github(request); });
  CHECK(world.call(run_command) == Verdict::pass);
  const std::string first = world.commit;
  world.commit = world.repository.commit("shop.txt", "two", "More");
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(world.call(rollback_command) == Verdict::pass);
  const auto made = world.requests("POST /repos/octo/shop/deployments HTTP");
  CHECK(world.states().back().starts_with("success rolled-back"));
  std::vector<std::string> refs;
  for (const SeenRequest& request : world.requests("POST /repos/octo/shop/deployments")) {
    if (const std::string* ref = request.body["ref"].text()) {
      refs.push_back(*ref);
    }
  }
  CHECK(refs == std::vector<std::string>{first, world.commit, first});
  world.stage().hooks.deploy.run = {"false"};
  world.commit = world.repository.commit("shop.txt", "three", "Even more");
  CHECK(world.call(run_command) == Verdict::fail);
  CHECK(world.states().back().starts_with("failure rolled-back: deploy"));
}

TEST_CASE("two audiences are told at their moments in their words, and no secret")
{
  World world([](const std::string& request, int) { return as_github(request); });
  world.options.values.platform = PlatformChoice::none;
  Notification business;
  business.audience = Audience::business;
  Notification steps;
  steps.on = {"step"};
  world.options.values.notify = {Notification{}, business, steps};
  VerbOptions verb;
  verb.reason = "postgres://shop:Hd73kdUwq1@db.example/shop";
  CHECK(world.call(run_command, verb) == Verdict::pass);
  const auto texts = world.announced();
  REQUIRE(texts.size() == 6);
  CHECK(texts[0].starts_with(fmt::format("production: promotion of {} has begun", brief(world.commit))));
  CHECK(holds(texts[0], "run: https://github.example/octo/shop/actions/runs/77"));
  CHECK(texts[1].starts_with("A new version is being brought to production now.\nWhat changes: Let invoices be paid"));
  CHECK(holds(texts[2], "deploy done"));
  CHECK(holds(texts[3], "verify done"));
  CHECK(holds(texts[4], "\nsteps: deploy done"));
  CHECK(texts[5].starts_with("The new version is in production, and it is well."));
  for (const std::string& text : texts) {
    CHECK_FALSE(holds(text, "Hd73kdUwq1"));
  }
}

TEST_CASE("who is told by a variable that is not set is told by nobody, which is said")
{
  World world([](const std::string& request, int) { return as_github(request); });
  world.process.erase("SLUICE_SLACK_WEBHOOK");
  world.options.values.notify = {Notification{}};
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(holds(world.told, "$SLUICE_SLACK_WEBHOOK is not set"));
}

TEST_CASE("a webhook that hangs is waited for once, and the way back does not wait for it")
{
  World world([](const std::string& request, int) {
    return request.starts_with("POST /hook") ? Reply{answer("200 OK", "ok").bytes, 60s} : as_github(request);
  });
  world.options.values.platform = PlatformChoice::none;
  world.stage().lease = 12s;
  CHECK(world.call(run_command) == Verdict::pass);
  world.repository.commit("shop.txt", "two", "More");
  Notification steps;
  steps.on = {"begun", "step", "ended"};
  Notification others = steps;
  others.webhook = "$SLUICE_OTHER_WEBHOOK";
  test::LoopbackServer other([](const std::string&, int) { return answer("200 OK", "ok"); });
  world.process.insert_or_assign("SLUICE_OTHER_WEBHOOK", other.url(""));
  world.options.values.notify = {steps, others};
  world.stage().hooks.probe.run = {"echo", R"({"status": "unhealthy"})"};
  CHECK(world.call(run_command) == Verdict::fail);
  CHECK(world.requests("POST /hook").size() == 1);
  REQUIRE(other.requests().size() == 6);
  CHECK(holds(other.requests()[3], "rollback done"));
  const std::string said = "$SLUICE_SLACK_WEBHOOK is not asked again in this run";
  CHECK(holds(world.told, said));
  CHECK(world.told.find(said) == world.told.rfind(said));
}

TEST_CASE("webhooks that hang one after the other keep a promotion waiting no longer than one")
{
  World world([](const std::string&, int) { return Reply{answer("200 OK", "ok").bytes, 60s}; });
  for (const std::string& name : {"A", "B", "C", "D", "E"}) {
    Notification notification;
    notification.webhook = "$SLUICE_WEBHOOK_" + name;
    notification.on = {"begun", "step"};
    world.process.insert_or_assign("SLUICE_WEBHOOK_" + name, world.server.url("/" + name));
    world.options.values.notify.push_back(notification);
  }
  world.options.values.platform = PlatformChoice::none;
  world.stage().lease = 12s;
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(holds(world.told, "$SLUICE_WEBHOOK_A is not asked again in this run"));
  CHECK_FALSE(holds(world.told, "$SLUICE_WEBHOOK_D"));
  CHECK(holds(world.told, "nobody is told of more before it ends"));
}

TEST_CASE("whoever asks for patience is not waited for before the end")
{
  World world([](const std::string&, int) { return answer("429 Too Many Requests", "", "Retry-After: 20\r\n"); });
  std::vector<std::chrono::milliseconds> waits;
  world.client =
      net::HttpClient(net::HttpSettings{.sleep = [&waits](std::chrono::milliseconds time) { waits.push_back(time); }});
  Notification steps;
  steps.on = {"begun", "step"};
  world.options.values.notify = {steps};
  world.options.values.platform = PlatformChoice::none;
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(waits.empty());
  CHECK(world.requests("POST /hook").size() == 3);
  CHECK(holds(world.told, "its webhook answered 429"));
}

TEST_CASE("what waits is told in advance, once")
{
  World world([](const std::string& request, int) { return as_github(request); });
  world.options.values.notify = {Notification{}};
  world.options.values.platform = PlatformChoice::none;
  world.stage().freeze = Freeze::gitlab;
  world.process.insert_or_assign("GITLAB_TOKEN", "a person's");
  world.process.insert_or_assign("CI_PROJECT_ID", "7");
  world.process.insert_or_assign("SLUICE_NOW", "2026-11-28T12:00:00Z");
  test::LoopbackServer gitlab([](const std::string&, int) {
    return answer("200 OK", R"([{"id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1"}])");
  });
  world.process.insert_or_assign("CI_API_V4_URL", gitlab.url(""));
  CHECK(world.call(run_command) == Verdict::incomplete);
  CHECK(world.call(run_command) == Verdict::incomplete);
  CHECK(world.kinds == std::vector<std::string>{"waiting"});
  const auto texts = world.announced();
  REQUIRE(texts.size() == 1);
  CHECK(holds(texts[0], "freeze period 1 of GitLab"));
  CHECK(holds(texts[0], "\nnot before: Mon 30 Nov 2026 07:00 UTC"));
}

TEST_CASE("a freeze that cannot be read stops a promotion, and never a rollback")
{
  World world([](const std::string& request, int) { return as_github(request); });
  world.options.values.platform = PlatformChoice::none;
  CHECK(world.call(run_command) == Verdict::pass);
  world.repository.commit("shop.txt", "two", "More");
  CHECK(world.call(run_command) == Verdict::pass);
  world.stage().freeze = Freeze::gitlab;
  world.repository.commit("shop.txt", "three", "Even more");
  CHECK(world.call(run_command) == Verdict::unavailable);
  CHECK(holds(world.output, "GITLAB_TOKEN"));
  CHECK(world.call(rollback_command) == Verdict::pass);
  VerbOptions emergency;
  emergency.emergency = true;
  emergency.reason = "the shop is down";
  CHECK(world.call(run_command, emergency) == Verdict::pass);
}

TEST_CASE("a ledger that lacks what the platform recorded was wound back")
{
  std::string newest = fmt::format(R"([{{"id": 9, "payload": {{"sluice": {{"promotion": "{}"}}}}}}])", entry_e);
  World world([&newest](const std::string& request, int) {
    return request.starts_with("GET ") && !holds(request, "sha=") ? answer("200 OK", newest) : as_github(request);
  });
  CHECK(world.call(run_command) == Verdict::fail);
  CHECK(holds(world.output, "it was wound back, or replaced"));
  CHECK(world.kinds.empty());
  SUBCASE("and nothing but a person who accepts the loss lets it go on")
  {
    CHECK(world.call(unlock_command) == Verdict::fail);
    VerbOptions force;
    force.force = true;
    force.reason = "the host was restored from yesterday's copy";
    CHECK(world.call(unlock_command, force) == Verdict::pass);
    CHECK(world.last.body["accepted"] == Json::array({entry_e}));
    CHECK(world.call(run_command) == Verdict::pass);
  }
  SUBCASE("one that has them was not")
  {
    newest = "[]";
    CHECK(world.call(run_command) == Verdict::pass);
    newest = fmt::format(R"([{{"id": 9, "payload": {{"sluice": {{"promotion": "{}", "ledger": "{}"}}}}}}])",
                         world.last.promotion, world.last.id.hex());
    world.repository.commit("shop.txt", "two", "More");
    CHECK(world.call(run_command) == Verdict::pass);
  }
}

TEST_CASE("a platform that cannot say whether the ledger was wound back is told of, and stops nobody")
{
  World world([](const std::string& request, int) {
    return request.starts_with("GET ") && !holds(request, "sha=") ? answer("404 Not Found", "{}") : as_github(request);
  });
  CHECK(world.call(run_command) == Verdict::pass);
  CHECK(holds(world.told, "whether the ledger was wound back cannot be compared"));
}

TEST_CASE("what people say on the platform counts, is asked once, and one that is away is no answer")
{
  const auto approvals = [](std::string_view state) {
    return fmt::format(R"([{{"state": "{}", "comment": "", "user": {{"login": "grace"}},
                            "environments": [{{"name": "production"}}]}}])",
                       state);
  };
  std::string given = approvals("approved");
  std::string head;
  World world([&](const std::string& request, int) {
    if (request.starts_with("GET /repos/octo/shop/actions/runs/77/approvals")) {
      return given.empty() ? answer("403 Forbidden", "{}") : answer("200 OK", given);
    }
    if (request.starts_with("GET /repos/octo/shop/actions/runs/77 ")) {
      return answer("200 OK", fmt::format(R"({{"head_sha": "{}", "created_at": "2026-11-27T09:00:00Z"}})", head));
    }
    return as_github(request);
  });
  head = world.commit;
  world.stage().approvals.count = 1;
  world.stage().approvals.proof = Proof::platform;
  SUBCASE("approved")
  {
    CHECK(world.call(run_command) == Verdict::pass);
    CHECK(world.requests("GET /repos/octo/shop/actions/runs/77/approvals").size() == 1);
  }
  SUBCASE("rejected")
  {
    given = approvals("rejected");
    CHECK(world.call(run_command) == Verdict::fail);
    CHECK(holds(world.output, "grace"));
  }
  SUBCASE("of another commit")
  {
    head = std::string(40, 'b');
    CHECK(world.call(run_command) == Verdict::incomplete);
    CHECK(holds(world.told, "approvals of this run are of bbbbbbbb"));
  }
  SUBCASE("not to be read")
  {
    given = "";
    CHECK(world.call(run_command) == Verdict::unavailable);
    CHECK(holds(world.output, "`permissions: actions: read`"));
  }
  SUBCASE("nowhere")
  {
    world.options.values.platform = PlatformChoice::none;
    CHECK(world.call(run_command) == Verdict::unavailable);
  }
}
