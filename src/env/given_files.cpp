// SPDX-License-Identifier: Apache-2.0
#include "env/given_files.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

namespace sluice::env {

namespace {

Result<std::string>
read_given(const std::filesystem::path& path, std::string_view flag, std::string_view given)
{
  auto text = read_file(path);
  if (!text) {
    return fail(ErrorKind::usage, "{} {}: {}", flag, printable(given), text.error().message);
  }
  return text;
}

Result<std::vector<FingerprintSet>>
given_fingerprints(const EnvOptions& options, const std::filesystem::path& directory)
{
  std::vector<FingerprintSet> sets;
  for (const std::string& given : options.fingerprints) {
    TRY_ASSIGN(const std::string text, read_given(directory / given, "--fingerprints", given));
    auto set = parse_fingerprints(text);
    if (!set) {
      return fail(ErrorKind::input, "{}: {}", printable(given), set.error().message);
    }
    if (!sets.empty() && sets.front().key != set->key) {
      return fail(ErrorKind::input, "{} and {} were made with different keys, so nothing can be compared",
                  printable(sets.front().path), printable(given));
    }
    set->path = given;
    sets.push_back(*std::move(set));
  }
  return sets;
}

}  // namespace

Result<GivenFiles>
given_files(const EnvOptions& options, const std::filesystem::path& directory)
{
  GivenFiles files;
  for (const std::string& given : options.stores) {
    const std::size_t equals = given.find('=');
    GivenStore store{given.substr(0, equals), given.substr(equals + 1), {}};
    TRY_ASSIGN(store.text, read_given(directory / store.path, "--store", given));
    files.stores.push_back(std::move(store));
  }
  TRY_ASSIGN(files.fingerprints, given_fingerprints(options, directory));
  return files;
}

}  // namespace sluice::env
