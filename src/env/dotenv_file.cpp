// SPDX-License-Identifier: Apache-2.0
#include "env/dotenv_file.hpp"

#include "base/encoding.hpp"
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "base/utf8.hpp"
#include "env/key_lines.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// What follows `.env` and says that a file holds no values of an environment.
constexpr std::array<std::string_view, 15> no_values{"example", "sample",   "template", "tmpl", "tpl",
                                                     "dist",    "defaults", "schema",   "md",   "d.ts",
                                                     "ts",      "js",       "mjs",      "cjs",  "py"};

constexpr std::array<std::string_view, 6> of_every_environment{"vault", "keys", "enc", "bak", "backup", "me"};

/// Names that are dotenv files whatever their environment: of wrangler and of act.
constexpr std::array<std::string_view, 3> whole_names{".dev.vars", ".secrets", ".vars"};

/// The words between the dots of ".env.production.local" or "production.env", without "env".
std::vector<std::string_view>
words_of(std::string_view name)
{
  std::vector<std::string_view> words = split(name, '.');
  std::erase_if(words, [](std::string_view word) { return word.empty() || word == "env" || word == "vars"; });
  return words;
}

void
add_fault(DotenvFile& file, EncodingFault fault)
{
  file.faults.push_back(fault);
}

bool
is_utf16(std::string_view text)
{
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
}

void
note_faults(std::string_view text, DotenvFile& file)
{
  if (text.starts_with("\xef\xbb\xbf")) {
    add_fault(file, EncodingFault::byte_order_mark);
  }
  if (is_utf16(text)) {
    add_fault(file, EncodingFault::utf16);
    return;
  }
  if (!is_utf8(text)) {
    add_fault(file, EncodingFault::not_utf8);
  }
  if (text.find('\0') != std::string_view::npos) {
    add_fault(file, EncodingFault::nul);
  }
  if (text.find('\r') != std::string_view::npos) {
    add_fault(file, EncodingFault::carriage_returns);
  }
}

}  // namespace

const Reading&
DotenvFile::reading() const
{
  const auto taken =
      std::find_if(readings.begin(), readings.end(), [](const Reading& reading) { return !reading.refusal; });
  return taken == readings.end() ? readings.front() : *taken;
}

std::uint32_t
DotenvFile::line_of(const Entry& entry) const
{
  return source.position(entry.key_at.begin).line;
}

Location
DotenvFile::location_of(const Entry& entry) const
{
  return source.location(entry.key_at);
}

bool
is_dotenv_path(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  if (is_one_of(name, whole_names) || name == ".env" || name.starts_with(".dev.vars.")) {
    return true;
  }
  const bool is_named = name.starts_with(".env.") || (name.ends_with(".env") && name != ".env");
  if (!is_named) {
    return false;
  }
  const std::vector<std::string_view> words = words_of(name);
  return std::none_of(words.begin(), words.end(), [](std::string_view word) { return is_one_of(word, no_values); });
}

std::string
environment_of(std::string_view path)
{
  std::string environment;
  for (const std::string_view word : words_of(file_name_of(path))) {
    const bool is_told = stage_of(word) != Stage::unknown;
    // ".env.local" is one machine's; ".env.production.local" one machine's of production.
    if (!is_told && !file_name_of(path).starts_with(".env.")) {
      continue;
    }
    const bool names_one = !is_one_of(word, of_every_environment) && !is_one_of(word, no_values);
    if (names_one && (is_told || environment.empty())) {
      environment.append(environment.empty() ? "" : ".").append(word);
    }
  }
  return environment == "secrets" ? "" : environment;
}

DotenvFile
read_dotenv_file(std::string path, std::string text, std::vector<Reader> readers)
{
  std::string environment = environment_of(path);
  DotenvFile file{.source = gate::SourceText(std::move(path), std::move(text)),
                  .environment = std::move(environment),
                  .stage = {},
                  .faults = {},
                  .readers = std::move(readers),
                  .readings = {}};
  file.stage = stage_of(file.environment);
  note_faults(file.source.text(), file);
  static const Environment nothing;
  const std::vector<Span> pem = pem_bodies(file.source.text());
  for (const Reader& reader : file.readers) {
    file.readings.push_back(reader.dialect->read(file.source.text(), nothing));
    keep_variables(file.source.text(), pem, file.readings.back());
  }
  return file;
}

}  // namespace sluice::env
