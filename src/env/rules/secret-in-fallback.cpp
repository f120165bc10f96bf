// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "credentials/stand_in.hpp"
#include "env/stage.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::size_t least_length = 6;

/// "/dev/null", "./certs/key.pem", "~/.config/key", "C:\\key.pem": where a secret is kept, and none.
bool
is_path(std::string_view literal)
{
  const bool begins_so =
      literal.starts_with("./") || literal.starts_with("../") || literal.starts_with("~/")
      || (literal.size() > 2 && is_letter(literal[0]) && literal[1] == ':' && is_any_of(literal[2], "\\/"));
  // Base64 may begin with a slash.
  constexpr std::array<std::string_view, 12> roots{"/dev/",  "/etc/",  "/run/", "/var/", "/usr/",     "/opt/",
                                                   "/home/", "/root/", "/tmp/", "/app/", "/secrets/", "/mnt/"};
  return begins_so || std::any_of(roots.begin(), roots.end(), [literal](std::string_view root) {
           return literal.starts_with(root);
         });
}

/// Not a word that stands for nothing: "none", "test", a URL of one's own machine.
bool
may_be_secret(std::string_view literal)
{
  const std::string lower = to_lower(literal);
  constexpr std::array<std::string_view, 8> nothing{"undefined", "secret", "none", "null",
                                                    "false",     "true",   "test", "dummy"};
  const auto url = url_of(literal);
  const bool leads_somewhere = is_path(literal) || (url && url->password.empty());
  return literal.size() >= least_length && !leads_somewhere && !credentials::is_stand_in(literal)
         && std::find(nothing.begin(), nothing.end(), lower) == nothing.end()
         && literal.find(' ') == std::string_view::npos;
}

/// Tests never meet a real secret, and what starts a developer's machine seldom does.
std::optional<Severity>
severity_of(std::string_view path, bool is_placeholder)
{
  const Stage stage = stage_of_path(path);
  if (stage == Stage::test) {
    return Severity::low;
  }
  return stage == Stage::local || is_placeholder ? std::optional(Severity::medium) : std::nullopt;
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      const bool is_fallback = sighting.kind == SightingKind::read && sighting.unset == Unset::defaulted;
      if (!is_fallback || !sighting.literal || !is_secret(survey, sighting.name) || !may_be_secret(*sighting.literal)) {
        continue;
      }
      const bool is_stand_in = is_placeholder(sighting.name, *sighting.literal);
      reporter.report(seen.path, sighting.line,
                      {.message = fmt::format(
                           "Where {} is not set, the program goes on with a {} that everybody who reads the code "
                           "knows",
                           printable(sighting.name), is_stand_in ? "text in the place of a value, one" : "value"),
                       .help = fmt::format("Let the program stop where {} is not set", printable(sighting.name)),
                       .subject = fmt::format("env:any/{}", sighting.name),
                       .key = sighting.name,
                       .severity = severity_of(seen.path, is_stand_in)});
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://cwe.mitre.org/data/definitions/798.html"};
constexpr std::array<std::string_view, 1> tags{"secret"};

}  // namespace

extern const Rule rule_secret_in_fallback{
    .meta =
        {.id = "secret-in-fallback",
         .title = "Code has a secret in the place of one that is not set",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds reads of secrets (by their name) that fall back to a text in the code: `process.env.JWT_SECRET ?? "…"`,
`os.getenv("SECRET_KEY", "…")`, `${DB_PASSWORD:-…}`. A path, or an address without a password, is none. In tests the
severity is low; in files of development, and where the text only stands for a value (`changeme`), medium.)",
              .why =
                  R"(An environment in which somebody forgot the secret runs with one that is public, and nothing tells.)",
              .instead = R"(Stop with a message where the secret is not set.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
