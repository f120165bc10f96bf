// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_any_text(std::string_view value, std::initializer_list<std::string_view> texts)
{
  return std::find(texts.begin(), texts.end(), std::string_view(to_lower(value))) != texts.end();
}

bool
switches_off(std::string_view name, std::string_view value)
{
  const bool is_no = is_any_text(value, {"0", "false", "no", "off", "n"});
  const bool is_yes = is_any_text(value, {"1", "true", "yes", "on", "y"});
  const std::string lower = to_lower(name);
  if (lower == "node_tls_reject_unauthorized") {
    return value == "0";
  }
  if (lower == "pythonhttpsverify" || lower == "npm_config_strict_ssl" || lower == "yarn_enable_strict_ssl") {
    return is_no;
  }
  if (lower == "git_ssl_no_verify" || lower == "conda_ssl_no_verify" || lower == "curl_insecure"
      || lower == "vault_skip_verify" || lower == "bundle_ssl_verify_none") {
    return is_yes;
  }
  const bool is_of_tls = has_word(name, {"ssl", "tls", "https", "cert", "certificate"});
  const bool is_verify =
      has_word(name, {"verify", "reject", "validate", "strict"}) && !has_word(name, {"skip", "no", "disable"});
  const bool is_skip = has_word(name, {"insecure"})
                       || (has_word(name, {"skip", "no", "disable"}) && has_word(name, {"verify", "validation"}));
  return is_of_tls && ((is_verify && is_no) || (is_skip && is_yes));
}

std::string
message_of(std::string_view title)
{
  return fmt::format("{} switches off the check of certificates: whoever sits between can read and change everything",
                     title);
}

void
check_file(const DotenvFile& file, Reporter& reporter)
{
  for (const Entry& entry : file.reading().entries) {
    if (entry.value && switches_off(entry.key, *entry.value)) {
      const bool is_near = file.stage == Stage::local || file.stage == Stage::test;
      reporter.report(
          file, entry,
          {.message = message_of(printable(entry.key)),
           .help = "Trust the authority that issued the certificate instead",
           .severity = is_deployed(file.stage) ? Severity::high : (is_near ? Severity::low : Severity::medium)});
    }
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    check_file(file, reporter);
  }
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      if (sighting.kind == SightingKind::given && sighting.literal && switches_off(sighting.name, *sighting.literal)) {
        reporter.report(seen.path, sighting.line,
                        {.message = message_of(printable(sighting.name)),
                         .help = "Trust the authority that issued the certificate instead",
                         .subject = fmt::format("env:any/{}", sighting.name),
                         .key = sighting.name,
                         .severity = Severity::medium});
      }
    }
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue",
    "https://cwe.mitre.org/data/definitions/295.html"};
constexpr std::array<std::string_view, 1> tags{"transport"};

}  // namespace

extern const Rule rule_tls_checks_off{
    .meta = {.id = "tls-checks-off",
             .title = "Certificates are not checked",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds variables that make programs trust whoever answers: `NODE_TLS_REJECT_UNAUTHORIZED=0`,
`PYTHONHTTPSVERIFY=0`, `GIT_SSL_NO_VERIFY`, `NPM_CONFIG_STRICT_SSL=false`, `GOINSECURE=*`, `…VERIFY_SSL=false`, in
dotenv files, and in workflows, images and scripts.)",
                     .why = R"(Whoever sits between reads and changes everything, passwords first.)",
                     .instead = R"(Give the program the certificate of the authority instead: `NODE_EXTRA_CA_CERTS`,
`SSL_CERT_FILE`, `GIT_SSL_CAINFO`.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
