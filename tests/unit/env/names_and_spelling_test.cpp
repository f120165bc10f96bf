// SPDX-License-Identifier: Apache-2.0
#include "config/variables.hpp"
#include "env/dotenv_file.hpp"
#include "env/names.hpp"
#include "env/spelling.hpp"
#include "env/stage.hpp"
#include "env/usage.hpp"
#include "gate/step_variables.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::env;

TEST_CASE("names that somebody may have meant for each other")
{
  CHECK(is_near("DATABASE_URL", "DATABSE_URL"));
  CHECK(is_near("DATABASE_URL", "DATABASEURL"));
  CHECK(is_near("DATABASE_URL", "database_url"));
  CHECK(is_near("REDIS_HOST", "REIDS_HOST"));
  CHECK_FALSE(is_near("DATABASE_URL", "DATABASE_URL"));
  CHECK_FALSE(is_near("SHARD_1", "SHARD_2"));
  CHECK_FALSE(is_near("HOST_A1", "HOST_A"));
  CHECK_FALSE(is_near("ALLOWED_HOST", "ALLOWED_HOSTS"));
  CHECK_FALSE(is_near("PORT", "SORT"));
}

TEST_CASE("which files are dotenv files, and of which environment")
{
  for (const char* path :
       {".env", "a/.env.production", "deploy/production.env", ".dev.vars", ".secrets", ".env.local"}) {
    CAPTURE(path);
    CHECK(is_dotenv_path(path));
  }
  for (const char* path : {".env.example", ".env.schema", ".env.production.sample", ".envrc", "env.ts", ".env.d.ts",
                           "a.envx", "environment", ".env.example.md"}) {
    CAPTURE(path);
    CHECK_FALSE(is_dotenv_path(path));
  }
  CHECK(environment_of(".env").empty());
  CHECK(environment_of("a/.env.production") == "production");
  CHECK(environment_of("deploy/production.env") == "production");
  CHECK(environment_of("web/secrets.env").empty());
  CHECK(environment_of(".env.local") == "local");
  CHECK(environment_of(".env.production.local") == "production.local");
  CHECK(environment_of(".env.customer-a") == "customer-a");
}

TEST_CASE("what an environment is for is told from its name")
{
  CHECK(stage_of("production") == Stage::production);
  CHECK(stage_of("eu-prod") == Stage::production);
  CHECK(stage_of("STAGING") == Stage::staging);
  CHECK(stage_of("pre-prod") == Stage::staging);
  CHECK(stage_of("production.local") == Stage::local);
  CHECK(stage_of("development") == Stage::local);
  CHECK(stage_of("products") == Stage::unknown);
  CHECK(stage_of("") == Stage::unknown);
  CHECK(is_deployed(Stage::staging));
  CHECK_FALSE(is_deployed(Stage::preview));
}

TEST_CASE("what is given from outside")
{
  CHECK(is_ambient("PATH"));
  CHECK(is_ambient("GITHUB_SHA"));
  CHECK(is_ambient("npm_package_version"));
  for (const gate::StepVariable& told : gate::step_variables) {
    CHECK(is_ambient(config::variable_name(told.name, {"SLUICE_", config::VariableStyle::Hyphen::underscore})));
  }
  CHECK_FALSE(is_ambient("SLUICE_DATABASE"));
  CHECK_FALSE(is_ambient("DATABASE_URL"));
  CHECK_FALSE(is_ambient("PORT"));
}

TEST_CASE("what is about a secret is none")
{
  for (const char* name : {"DB_PASSWORD", "dbPassword", "JWT_SECRET", "STRIPE_API_KEY", "PASSWORD_RESET_SECRET",
                           "SINGLE_USE_TOKEN", "NEXT_PUBLIC_MAPBOX_TOKEN"}) {
    CAPTURE(name);
    CHECK(is_secret_name(name));
  }
  for (const char* name :
       {"PASSWORD_MIN_LENGTH", "PASSWORD_RESET_URL", "SECRET_IDS", "TOKEN_LIFETIME", "PASSWORD_LOGIN_ENABLED",
        "MAX_PASSWORD_ATTEMPTS", "DISABLE_EMAIL_PASSWORD_SIGNUP", "APP_REQUIRE_PASSWORD", "CACHE_KEY"}) {
    CAPTURE(name);
    CHECK_FALSE(is_secret_name(name));
  }
  CHECK(is_never_public_name("NEXT_PUBLIC_DB_PASSWORD"));
  CHECK(is_never_public_name("VITE_SUPABASE_SERVICE_ROLE"));
  CHECK_FALSE(is_never_public_name("NEXT_PUBLIC_MAPBOX_TOKEN"));
  CHECK_FALSE(is_never_public_name("VITE_SERVICE_ROLE_NAME"));
  CHECK_FALSE(is_never_public_name("NEXT_PUBLIC_DISABLE_EMAIL_PASSWORD_SIGNUP"));
}
