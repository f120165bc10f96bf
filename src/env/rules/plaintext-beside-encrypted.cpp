// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
is_encrypted(const Entry& entry)
{
  return entry.value && (entry.value->starts_with("encrypted:") || entry.value->starts_with("ENC["));
}

void
check_file(const Survey& survey, const DotenvFile& file, Reporter& reporter)
{
  const auto& entries = file.reading().entries;
  if (std::none_of(entries.begin(), entries.end(), is_encrypted)) {
    return;
  }
  for (const Entry& entry : entries) {
    const bool is_of_tool = entry.key.starts_with("DOTENV_PUBLIC_KEY") || entry.key.starts_with("sops_");
    if (is_of_tool || is_encrypted(entry) || !entry.value || entry.value->empty() || is_reference(*entry.value)
        || !is_secret(survey, entry.key)) {
      continue;
    }
    reporter.report(
        file, entry,
        {.message = fmt::format("{} is in plain text, and the values around it are encrypted", printable(entry.key)),
         .help = fmt::format("Encrypt {} too, after making it anew", printable(entry.key))});
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    check_file(survey, file, reporter);
  }
}

constexpr std::array<std::string_view, 2> references{"https://dotenvx.com/docs/quickstart/encryption",
                                                     "https://github.com/getsops/sops"};
constexpr std::array<std::string_view, 1> tags{"secret"};

}  // namespace

extern const Rule rule_plaintext_beside_encrypted{
    .meta = {.id = "plaintext-beside-encrypted",
             .title = "A secret is in plain text in a file of encrypted ones",
             .since = "0.1.0",
             .doc = {.what = R"(Finds secrets, by their names or the schema, that are in plain text in a dotenv file of
which other values are encrypted (`encrypted:` of dotenvx, `ENC[` of SOPS).)",
                     .why = R"(The file is committed because it is encrypted, and this value goes with it.)",
                     .instead = R"(Encrypt it too: `dotenvx encrypt`, `sops encrypt --in-place`. Then make a new secret,
for this one is in the history.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
