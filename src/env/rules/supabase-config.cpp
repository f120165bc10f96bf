// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/data.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace sluice::env {

namespace {

/// Whether a part is for the local stack, or of a live project.
enum class Part { local, remote };

struct Fault
{
  std::string path;  ///< "auth.email.enable_confirmations"
  std::uint32_t line = 0;
  std::string what;
  std::string help;
};

constexpr std::int64_t least_password = 8;
constexpr std::int64_t most_expiry = 86'400;
constexpr std::int64_t most_rate = 1'000;  // an hour, where the defaults are 2 to 150

bool
is_local_url(std::string_view url)
{
  const std::vector<std::string_view> hosts = hosts_of(url, Bare::no);
  return !hosts.empty() && host_kind(hosts.front()) == HostKind::loopback;
}

std::int64_t
number_at(const Value& value, std::int64_t otherwise)
{
  return number_of<std::int64_t>(value.scalar()).value_or(otherwise);
}

void
check_sign_in(const Value& auth, std::vector<Fault>& faults)
{
  const Value email = auth["email"];
  if (const Value confirm = email["enable_confirmations"]; confirm && !confirm.is_true()) {
    faults.push_back({"auth.email.enable_confirmations", confirm.line(),
                      "lets people sign up with an address that is not theirs", "Set `enable_confirmations = true`"});
  }
  if (const Value length = auth["minimum_password_length"];
      length && number_at(length, least_password) < least_password) {
    faults.push_back({"auth.minimum_password_length", length.line(), "takes passwords of fewer than 8 characters",
                      "Set `minimum_password_length = 8` or more"});
  }
  if (const Value anonymous = auth["enable_anonymous_sign_ins"]; anonymous.is_true()) {
    faults.push_back({"auth.enable_anonymous_sign_ins", anonymous.line(),
                      "makes a user of everybody who asks, in the role of those who signed in",
                      "Set `enable_anonymous_sign_ins = false`, unless every policy knows of them"});
  }
  if (const Value expiry = auth["jwt_expiry"]; expiry && number_at(expiry, 0) > most_expiry) {
    faults.push_back(
        {"auth.jwt_expiry", expiry.line(), "lets a stolen token live for more than a day", "Set `jwt_expiry = 3600`"});
  }
}

void
check_rates(const Value& auth, std::vector<Fault>& faults)
{
  for (const Value limit : auth["rate_limit"]) {
    if (number_at(limit, 0) > most_rate) {
      faults.push_back({fmt::format("auth.rate_limit.{}", limit.key()), limit.line(),
                        "is so high that nothing is limited", "Set what the largest honest use needs"});
    }
  }
}

void
check_urls(const Value& auth, Part kind, std::vector<Fault>& faults)
{
  const bool is_remote = kind == Part::remote;
  if (const Value site = auth["site_url"]; is_remote && is_local_url(site.text())) {
    faults.push_back({"auth.site_url", site.line(), "sends whoever follows a link of a mail to their own machine",
                      "Set the address of the site"});
  }
  for (const Value url : auth["additional_redirect_urls"]) {
    const std::string_view text = url.text();
    const std::size_t host = text.find("://");
    const std::string_view authority =
        host == std::string_view::npos ? text : text.substr(host + 3, text.find('/', host + 3) - host - 3);
    const bool is_any =
        authority == "*" || authority == "**" || authority.starts_with("*.*") || authority.starts_with("**.");
    if (is_any || (is_remote && is_local_url(text))) {
      faults.push_back(
          {"auth.additional_redirect_urls", url.line(),
           is_any ? "lets tokens be sent to any host" : "lets tokens be sent to a program on the visitor's machine",
           "List the pages that may get them"});
    }
  }
}

void
check_buckets(const Value& storage, std::vector<Fault>& faults)
{
  for (const Value bucket : storage["buckets"]) {
    const std::string path = fmt::format("storage.buckets.{}", bucket.key());
    if (bucket["public"].is_true()) {
      faults.push_back({path + ".public", bucket["public"].line(),
                        "lets everybody read every file whose name they have",
                        "Set `public = false`, unless that is what the bucket is for"});
    }
    if (bucket.is_table() && !bucket["file_size_limit"] && !storage["file_size_limit"]) {
      faults.push_back({path + ".file_size_limit", bucket.line(), "takes files of any size", "Set `file_size_limit`"});
    }
    if (bucket.is_table() && bucket["allowed_mime_types"].size() == 0) {
      faults.push_back({path + ".allowed_mime_types", bucket.line(), "takes files of any kind, pages with scripts too",
                        "Set `allowed_mime_types`"});
    }
  }
}

void
check_part(const std::string& path, const Value& part, Part kind, Reporter& reporter)
{
  const bool is_remote = kind == Part::remote;
  std::vector<Fault> faults;
  const Value auth = part["auth"];
  const bool has_auth = auth && !(auth["enabled"] && !auth["enabled"].is_true());
  if (has_auth) {
    check_sign_in(auth, faults);
    check_rates(auth, faults);
    check_urls(auth, kind, faults);
  }
  check_buckets(part["storage"], faults);
  for (const Fault& fault : faults) {
    const std::string name = is_remote ? fmt::format("remotes.{}.{}", part.key(), fault.path) : fault.path;
    reporter.report(path, fault.line,
                    {.message = fmt::format("{} {}", printable(name), fault.what),
                     .help = fault.help,
                     .subject = fmt::format("env:supabase/{}", name),
                     .key = name,
                     .severity = is_remote ? Severity::medium : Severity::low,
                     .aspect = fmt::format("{}", fault.line)});
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const std::string& path : survey.paths) {
    if (path != "supabase/config.toml" && !path.ends_with("/supabase/config.toml")) {
      continue;
    }
    const std::string text = survey.tree->read(path).value_or("");
    const auto data = read_toml_data(text);
    if (!data) {
      continue;  // who reads it for the variables that it names says that it cannot
    }
    const Value root = data->root();
    check_part(path, root, Part::local, reporter);
    for (const Value remote : root["remotes"]) {
      check_part(path, remote, Part::remote, reporter);
    }
  }
}

constexpr std::array<std::string_view, 3> references{
    "https://supabase.com/docs/guides/deployment/going-into-prod",
    "https://supabase.com/docs/guides/local-development/cli/config",
    "https://supabase.com/docs/guides/deployment/branching/configuration"};
constexpr std::array<std::string_view, 2> tags{"supabase", "configuration"};

}  // namespace

extern const Rule rule_supabase_config{
    .meta = {.id = "supabase-config",
             .title = "Settings of Supabase are not those of a live project",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Reads `supabase/config.toml`: sign-up without confirmation of the address, short passwords,
anonymous sign-in, tokens that live for more than a day, limits that let mails and sign-ins be tried without end,
buckets that everybody reads or that take files of any size and kind, a site or redirect URL that is of one machine or
of any host. A part `[remotes.NAME]` is of a live project; the rest is for the local stack too, and told as low.)",
                     .why = R"(`supabase config push` makes these the settings of the project.)",
                     .instead = R"(Set what the guide for going live names, under `[remotes.NAME]` where the local stack
is to keep its own.)",
                     .references = references},
             .severity = Severity::medium,
             .confidence = Confidence::medium,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
