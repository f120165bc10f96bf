// SPDX-License-Identifier: Apache-2.0
//
// A struct with an option of every kind and records three deep: what unit tests and the fuzz target decode into.
#pragma once

#include "config/option_table.hpp"

#include <array>

namespace sluice::test {

enum class Phase { build, runtime };

struct Owner
{
  std::string name, origin;
  std::vector<std::string> mails;
};

struct Soak
{
  std::chrono::milliseconds time{std::chrono::minutes(5)};
  double ratio = 0.5;
};

struct Stage
{
  Phase phase = Phase::build;
  std::vector<std::string> files;
  std::map<std::string, std::string> labels;
  Soak soak;
  std::vector<Owner> owners;
  std::string origin;
};

struct EveryOption
{
  bool toggle = false;
  std::string text = "plain", date, one_of = "auto";
  Phase choice = Phase::build;
  std::int64_t number = 3;
  double real = 1.5;
  std::chrono::milliseconds duration{std::chrono::seconds(90)};
  std::vector<std::string> list, paths;
  std::map<std::string, Phase> choice_map;
  std::map<std::string, std::string> text_map, path_map{{"built", "in"}};
  Soak record;
  std::vector<Owner> records;
  std::map<std::string, Stage> record_map;
};

}  // namespace sluice::test

template<> struct sluice::EnumNames<sluice::test::Phase>
{
  static constexpr std::array<std::string_view, 2> names{"build", "runtime"};
};

namespace sluice::test {

inline void
describe(Owner& owner, config::OptionTable& table)
{
  table.text(owner.name, {.key = "name", .value = "NAME", .help = "Who."});
  table.required();
  table.list(owner.mails, {.key = "mails", .value = "MAIL", .help = "Where to write."});
}

inline void
describe(Soak& soak, config::OptionTable& table)
{
  table.duration(soak.time, std::chrono::seconds(1), std::chrono::days(1),
                 {.key = "time", .value = "TIME", .help = "How long."});
  table.real(soak.ratio, 0, 1, {.key = "ratio", .value = "SHARE", .help = "How many."});
}

inline void
describe(Stage& stage, config::OptionTable& table)
{
  table.choice(stage.phase, {.key = "phase", .value = "PHASE", .help = "When it is read."});
  table.required();
  table.list(stage.files, {.key = "files", .value = "PATH", .help = "Where it is."});
  table.text_map(stage.labels, {.key = "labels", .value = "NAME=TEXT", .help = "What it is called."});
  table.record(stage.soak, {.key = "soak", .value = "ENTRY", .help = "How it is watched."});
  table.records(stage.owners, {.key = "owners", .value = "ENTRY", .help = "Who may."});
}

inline void
describe(EveryOption& options, config::OptionTable& table)
{
  using config::Holds;
  static constexpr std::array<std::string_view, 2> names{"red", "blue"};
  table.toggle(options.toggle, {.key = "toggle", .help = "Whether."});
  table.text(options.text, {.key = "text", .value = "TEXT", .help = "What."});
  table.date(options.date, {.key = "date", .value = "YYYY-MM-DD", .help = "When."});
  table.one_of(options.one_of, names, {.key = "one-of", .value = "NAME", .help = "Which."});
  table.choice(options.choice, {.key = "choice", .value = "PHASE", .help = "Which phase."});
  table.number(options.number, 0, 9, {.key = "number", .value = "N", .help = "How many."});
  table.real(options.real, 0, 8, {.key = "real", .value = "X", .help = "How much."});
  table.duration(options.duration, std::chrono::milliseconds(0), std::chrono::days(30),
                 {.key = "duration", .value = "TIME", .help = "How long."});
  table.list(options.list, {.key = "list", .value = "ITEM", .help = "Which ones."});
  table.list(options.paths, {.key = "paths", .value = "PATH", .help = "Where.", .holds = Holds::paths});
  table.choice_map(options.choice_map, {.key = "choice-map", .value = "NAME=PHASE", .help = "Which are when."});
  table.text_map(options.text_map, {.key = "text-map", .value = "NAME=TEXT", .help = "Which are what."});
  table.text_map(options.path_map,
                 {.key = "path-map", .value = "NAME=PATH", .help = "Which are where.", .holds = Holds::paths});
  table.record(options.record, {.key = "record", .value = "ENTRY", .help = "One."});
  table.records(options.records, {.key = "records", .value = "ENTRY", .help = "Some."});
  table.record_map(options.record_map, {.key = "record-map", .value = "ENTRY", .help = "Some with names."});
}

}  // namespace sluice::test
