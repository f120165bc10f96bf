// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "config/decode.hpp"
#include "support/every_option.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;
using namespace std::chrono_literals;

namespace {

struct Decoded
{
  test::EveryOption values;
  OptionTable table;
  std::vector<std::string> problems;

  explicit Decoded(std::string_view text)
  {
    describe(values, table);
    const auto root = parse_yaml(text, "f.yml");
    REQUIRE_MESSAGE(root, root.error().message);
    decode_mapping(table, *root, "f.yml", {}, problems);
  }
};

std::string
problems_of(std::string_view text)
{
  return join(Decoded(text).problems, "\n");
}

std::string
record_problems(std::string_view text)
{
  test::Stage stage;
  OptionTable table;
  describe(stage, table);
  std::vector<std::string> problems;
  decode_record(table, parse_yaml(text, "f.yml").value(), "f.yml", problems);
  return join(problems, "\n");
}

using Texts = std::vector<std::string>;

std::string
lines(const Texts& each)
{
  return join(each, "\n");
}

constexpr std::string_view stages = "record-map:\n"
                                    "  staging:\n"
                                    "    phase: runtime\n"
                                    "    files: [a.env, b.env]\n"
                                    "    labels: {team: infra}\n"
                                    "    soak:\n"
                                    "      time: 1h30m\n"
                                    "    owners:\n"
                                    "      - name: ann\n"
                                    "      - {name: bob, mails: b@example.org}\n"
                                    "  production:\n"
                                    "    phase: build\n";

}  // namespace

TEST_CASE("records in records in records")
{
  const Decoded decoded(stages);
  CHECK(decoded.problems.empty());
  REQUIRE(decoded.values.record_map.size() == 2);
  const test::Stage& staging = decoded.values.record_map.at("staging");
  CHECK(staging.phase == test::Phase::runtime);
  CHECK(staging.files == Texts{"a.env", "b.env"});
  CHECK(staging.labels.at("team") == "infra");
  CHECK(staging.soak.time == 90min);
  CHECK(staging.soak.ratio == doctest::Approx(0.5));
  REQUIRE(staging.owners.size() == 2);
  CHECK(staging.owners[1].mails == Texts{"b@example.org"});
  CHECK(staging.origin == "f.yml:2:3");
  CHECK(staging.owners[0].origin == "f.yml:9:9");
  CHECK(decoded.values.record_map.at("production").origin == "f.yml:11:3");
}

TEST_CASE("values inside records know their places")
{
  const Decoded decoded(stages);
  const Option& option = *decoded.table.find("record-map");
  CHECK(option.origin.place == "f.yml:1:1");
  const Written& staging = option.inside.at("staging");
  CHECK(staging.inside.at("phase").place == "f.yml:3:12");
  CHECK(staging.inside.at("files").place == "f.yml:4:5");
  CHECK(staging.inside.at("files").inside.at("1").place == "f.yml:4:20");
  CHECK(staging.inside.at("labels").inside.at("team").place == "f.yml:5:20");
  CHECK(staging.inside.at("soak").inside.at("time").place == "f.yml:7:13");
  CHECK(staging.inside.at("owners").inside.at("1").inside.at("mails").place == "f.yml:10:28");
}

TEST_CASE("a nested defect is told with the place of the very value")
{
  CHECK(problems_of("record-map:\n"
                    "  staging:\n"
                    "    phase: runtme\n"
                    "    fils: [a]\n"
                    "    soak: {time: soon, ratio: [1]}\n"
                    "    owners:\n"
                    "      - {nam: x}\n"
                    "      - text\n"
                    "    labels: [a]\n"
                    "  production: 5\n")
        == lines({"f.yml:3:12: \"phase\" must be one of build, runtime, not \"runtme\" (did you mean runtime?)",
                  "f.yml:4:5: \"fils\" is not an option (did you mean files?)",
                  "f.yml:5:18: \"time\" must be a duration from 1s to 1d, such as 90s, 15m or 1h30m, not \"soon\"",
                  "f.yml:5:31: \"ratio\" must be a single value, not a list",
                  "f.yml:7:10: \"nam\" is not an option (did you mean name?)",
                  "f.yml:7:9: this entry needs \"name\": Who.", "f.yml:8:9: must be a mapping, not a single value",
                  "f.yml:9:13: \"labels\" must be a mapping, not a list",
                  "f.yml:10:15: must be a mapping, not a single value"}));
}

TEST_CASE("wrong kinds are told for every kind")
{
  CHECK(problems_of("list: {a: b}\n"
                    "text: [a]\n"
                    "duration: {a: b}\n"
                    "choice-map: [a]\n"
                    "text-map: {a: [b], c: ~}\n"
                    "record: [a]\n"
                    "records: {a: b}\n"
                    "record-map: [a]\n")
        == lines({"f.yml:1:7: \"list\" must be a list, not a mapping",
                  "f.yml:2:7: \"text\" must be a single value, not a list",
                  "f.yml:3:11: \"duration\" must be a single value, not a mapping",
                  "f.yml:4:13: \"choice-map\" must be a mapping, not a list",
                  "f.yml:5:15: \"text-map\" must be a mapping of single values, not a list",
                  "f.yml:5:23: \"text-map\" must be a mapping of single values, not nothing",
                  "f.yml:6:9: \"record\" must be a mapping, not a list",
                  "f.yml:7:10: \"records\" must be a list, not a mapping",
                  "f.yml:8:13: \"record-map\" must be a mapping, not a list"}));
}

TEST_CASE("what a record must have is missed, unless it is there and wrong")
{
  CHECK(problems_of("record-map:\n  staging: {files: [a]}\n  production:\n")
        == lines({"f.yml:2:12: this entry needs \"phase\": When it is read.",
                  "f.yml:3:3: this entry needs \"phase\": When it is read."}));
  CHECK(problems_of("records: [{name: ''}, {name: [x]}]\n")
        == lines({"f.yml:1:11: this entry needs \"name\": Who.",
                  "f.yml:1:30: \"name\" must be a single value, not a list"}));
}

TEST_CASE("a record at the top of a file is held to the same")
{
  CHECK(record_problems("phase: build\n").empty());
  CHECK(record_problems("files: [a]\n") == lines({"f.yml:1:1: this entry needs \"phase\": When it is read."}));
  CHECK(record_problems("") == lines({"f.yml:1:1: this entry needs \"phase\": When it is read."}));
  CHECK(record_problems("- a\n") == lines({"f.yml:1:1: must be a mapping, not a list"}));
  CHECK(record_problems("phase: build\nfile: [a]\n")
        == lines({"f.yml:2:1: \"file\" is not an option (did you mean files?)"}));
}

TEST_CASE("null empties a list, a map and a record")
{
  Decoded decoded("list: [a]\nchoice-map: {a: build}\ntext-map: {a: b}\nrecords: [{name: x}]\n"
                  "record: {ratio: 1}\nrecord-map: {a: {phase: build}}\n");
  CHECK(decoded.problems.empty());
  const auto nulls =
      parse_yaml("list:\nchoice-map: ~\ntext-map: null\npath-map:\nrecords:\nrecord:\nrecord-map:\n", "f.yml").value();
  decode_mapping(decoded.table, nulls, "f.yml", {}, decoded.problems);
  CHECK(decoded.problems.empty());
  CHECK(decoded.values.list.empty());
  CHECK(decoded.values.choice_map.empty());
  CHECK(decoded.values.text_map.empty());
  CHECK(decoded.values.path_map.empty());
  CHECK(decoded.values.records.empty());
  CHECK(decoded.values.record.ratio == doctest::Approx(0.5));
  CHECK(decoded.values.record_map.empty());
}

TEST_CASE("a later file replaces records whole")
{
  Decoded decoded(stages);
  decode_mapping(decoded.table, parse_yaml("record-map: {staging: {phase: build}}", "g.yml").value(), "g.yml", {},
                 decoded.problems);
  REQUIRE(decoded.values.record_map.size() == 1);
  CHECK(decoded.values.record_map.at("staging").files.empty());
  CHECK(decoded.table.find("record-map")->inside.at("staging").inside.count("files") == 0);
}

TEST_CASE("names of records are bounded, since every path into one repeats them")
{
  const std::string name(128, 'n');
  CHECK(problems_of("record-map: {" + name + ": {phase: build}}").empty());
  CHECK(problems_of("record-map: {" + name + "n: {phase: build}, '': {phase: build}}")
        == lines({"f.yml:1:14: a name under \"record-map\" must have 1 to 128 bytes",
                  "f.yml:1:161: a name under \"record-map\" must have 1 to 128 bytes"}));
}

TEST_CASE("messages show no more than the beginning of what was written")
{
  const std::string much(1000, 'x');
  for (const std::string& text : {"number: " + much, much + ": 1", "records: [{" + much + ": 1}]",
                                  "choice-map: {a: " + much + "}", "record: {time: " + much + "}"}) {
    const Decoded decoded(text);
    REQUIRE_FALSE(decoded.problems.empty());
    CHECK(decoded.problems[0].find(std::string(77, 'x') + "…\"") != std::string::npos);
    CHECK(decoded.problems[0].size() < 250);
  }
}
