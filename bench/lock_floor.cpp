// SPDX-License-Identifier: Apache-2.0

// The floor of judging a lockfile: reads it as the fastest reader of its kind does, takes a name and a version for each
// package, and looks the name up in the mapped index. No graph, no scope, no versions compared. What a gate takes
// beyond this, and beyond starting a process, is its own.
//
//   lock_floor LOCKFILE INDEX      prints "CPU-milliseconds peak-KiB", the median of 31 rounds
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <simdjson.h>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace sluice;

double
cpu_milliseconds()
{
  struct rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// Names of package-lock.json, version 2 or 3.
std::vector<std::string_view>
npm_names(simdjson::padded_string& text, simdjson::ondemand::parser& parser)
{
  std::vector<std::string_view> names;
  simdjson::ondemand::document document = parser.iterate(text);
  for (auto field : document["packages"].get_object()) {
    const std::string_view key = field.unescaped_key();
    std::string_view version;
    constexpr std::string_view directory = "node_modules/";
    const std::size_t at = key.rfind(directory);
    if (at != std::string_view::npos && field.value()["version"].get_string().get(version) == simdjson::SUCCESS) {
      names.push_back(key.substr(at + directory.size()));
    }
  }
  return names;
}

/// Names of pnpm-lock.yaml, version 9: keys of `packages:`, two blanks in front.
std::vector<std::string_view>
pnpm_names(std::string_view text)
{
  std::vector<std::string_view> names;
  bool is_packages = false;
  for (std::string_view line : lines_of(text)) {
    if (!line.empty() && line.front() != ' ') {
      is_packages = line == "packages:";
    } else if (is_packages && line.size() > 3 && line[2] != ' ' && line.back() == ':') {
      line = line.substr(line[2] == '\'' ? 3 : 2);
      names.push_back(line.substr(0, line.rfind('@')));
    }
  }
  return names;
}

}  // namespace

int
main(int argc, char** argv)
{
  if (argc != 3) {
    fmt::print(stderr, "usage: lock_floor LOCKFILE INDEX\n");
    return 2;
  }
  const bool is_json = std::string_view(argv[1]).ends_with(".json");
  std::vector<double> rounds;
  std::size_t packages = 0;
  std::size_t known = 0;
  for (int round = 0; round < 31; ++round) {
    const double start = cpu_milliseconds();
    const auto text = read_file(argv[1]);
    const auto index = deps::Index::open(argv[2]);
    if (!text || !index) {
      fmt::print(stderr, "{}\n", text ? index.error().message : text.error().message);
      return 2;
    }
    simdjson::ondemand::parser parser;
    simdjson::padded_string padded(is_json ? *text : std::string());
    const auto names = is_json ? npm_names(padded, parser) : pnpm_names(*text);
    packages = names.size();
    known = static_cast<std::size_t>(std::count_if(
        names.begin(), names.end(), [&index](std::string_view name) { return !index->find("npm", name).empty(); }));
    rounds.push_back(cpu_milliseconds() - start);
  }
  std::nth_element(rounds.begin(), rounds.begin() + 15, rounds.end());
  struct rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(stderr, "{} packages, {} of them with advisories\n", packages, known);
  fmt::print("{:.3f} {}\n", rounds[15], usage.ru_maxrss);
  return 0;
}
