// SPDX-License-Identifier: Apache-2.0
#include "env/survey.hpp"
#include "env/usage.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::env;

namespace {

/// A survey of one file in which `see` saw something, and of one schema with these names.
struct Project
{
  EnvOptions options;
  Survey survey;

  template<typename See> explicit Project(See see, std::initializer_list<std::string> declared = {})
  {
    survey.options = &options;
    Sightings sightings("app");
    see(sightings);
    survey.seen.push_back(sightings.take());
    Schema schema;
    schema.path = ".env.example";
    for (const std::string& name : declared) {
      Item item;
      item.name = name;
      item.line = 1;
      schema.items.push_back(std::move(item));
    }
    survey.schemas.push_back(std::move(schema));
  }

  [[nodiscard]] UsageVerdict
  verdict(std::string_view name) const
  {
    return usage_of(survey).find(name)->second.verdict;
  }
};

}  // namespace

TEST_CASE("a name that is read and declared nowhere is undeclared")
{
  const Project project([](Sightings& seen) { seen.read("A", 1); }, {"B"});
  CHECK(project.verdict("A") == UsageVerdict::undeclared);
  CHECK(project.verdict("B") == UsageVerdict::unused);
}

TEST_CASE("where nothing is read the program is elsewhere, and nothing is unused")
{
  const Project project([](Sightings& seen) { seen.give("A", 1); }, {"B"});
  CHECK(project.verdict("B") == UsageVerdict::ok);
}

TEST_CASE("what is given counts as declared and is never unused")
{
  const Project project([](Sightings& seen) {
    seen.read("A", 1);
    seen.give("A", 2);
    seen.give("B", 3);
  });
  CHECK(project.verdict("A") == UsageVerdict::ok);
  CHECK(project.verdict("B") == UsageVerdict::ok);
}

TEST_CASE("names of a platform's store, and of the machine")
{
  Project project(
      [](Sightings& seen) {
        seen.store("TOKEN", 1);
        seen.store("BOTH", 1);
        seen.read("PATH", 2);
        seen.read("ACME_REGION", 2);
      },
      {"BOTH"});
  CHECK(project.verdict("TOKEN") == UsageVerdict::ci_store);
  CHECK(project.verdict("BOTH") == UsageVerdict::ok);
  CHECK(project.verdict("PATH") == UsageVerdict::ambient);
  CHECK(project.verdict("ACME_REGION") == UsageVerdict::undeclared);
  project.options.ambient = {"ACME_*"};
  CHECK(project.verdict("ACME_REGION") == UsageVerdict::ambient);
}

TEST_CASE("a name that is put together at run time keeps what begins so from being unused")
{
  const Project project([](Sightings& seen) { seen.read_any("FEATURE_", 1); }, {"FEATURE_A", "OTHER"});
  CHECK(project.verdict("FEATURE_A") == UsageVerdict::ok);
  CHECK(project.verdict("OTHER") == UsageVerdict::unused);
}

TEST_CASE("names that no environment can have are passed over")
{
  Sightings sightings("app");
  sightings.read("", 1);
  sightings.read("A=B", 1);
  sightings.read("A B", 1);
  sightings.read("\xff", 1);
  sightings.read(std::string(300, 'A'), 1);
  CHECK(sightings.take().sightings.empty());
}

TEST_CASE("names that platforms, terminals and runners give are the machine's")
{
  for (const std::string_view name :
       {"MAINPID", "ProgramData", "DOCKER_METADATA_OUTPUT_JSON", "BUILDPLATFORM", "KUBERNETES_PORT", "VTE_VERSION",
        "TMUX_PANE", "https_proxy", "RENDER", "SOURCE_DATE_EPOCH", "BUNDLE_GEMFILE", "NODE_TEST_CONTEXT",
        "WEB_CONCURRENCY", "NEXT_PUBLIC_VERCEL_GIT_COMMIT_SHA", "ECS_CONTAINER_METADATA_URI_V4"}) {
    CHECK_MESSAGE(is_ambient(name), name);
  }
  for (const std::string_view name :
       {"KUBERNETES_NAMESPACE", "NEXT_PUBLIC_URL", "RENDERER", "PROGRAM", "Programdata"}) {
    CHECK_MESSAGE(!is_ambient(name), name);
  }
}

TEST_CASE("what a project has of a platform's API is given by no platform")
{
  for (const std::string_view name :
       {"GITHUB_SHA", "GITHUB_TOKEN", "CI_JOB_TOKEN", "BUILD_BUILDID", "BUILD_SOURCEBRANCH", "VERCEL_PROJECT_ID"}) {
    CHECK_MESSAGE(is_ambient(name), name);
  }
  for (const std::string_view name : {"GITHUB_CLIENT_SECRET", "GITHUB_CLIENT_ID", "GITLAB_CLIENT_SECRET",
                                      "VERCEL_ACCESS_TOKEN", "RENDER_API_KEY", "BUILD_GEO"}) {
    CHECK_MESSAGE(!is_ambient(name), name);
  }
}

TEST_CASE("what is said several times of one place is one sighting")
{
  Sightings sightings("app");
  for (int i = 0; i < 3; ++i) {
    sightings.read("A", 1);
    sightings.give("A", 1, "x");
    sightings.read("A", 2);
    sightings.load({".env", "compose", 1, "env_file", Load::To::own});
  }
  const Seen seen = sightings.take();
  CHECK(seen.sightings.size() == 3);
  CHECK(seen.loads.size() == 1);
}
