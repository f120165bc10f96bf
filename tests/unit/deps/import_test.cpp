// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/import.hpp"
#include "deps/advisories/manifest.hpp"
#include "deps/advisories/update_state.hpp"
#include "unit/deps/advisory_maker.hpp"

using namespace sluice;
using namespace sluice::deps;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view every_version = R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}])";

Record
about(std::string_view id, std::string_view ecosystem = "npm")
{
  return test::record_of(test::advisory(id, ecosystem, "shop", every_version));
}

struct Place
{
  TemporaryDirectory directory = TemporaryDirectory::create().value();
  ImportOrder order{.directory = directory.path(), .source = "test"};

  [[nodiscard]] std::vector<std::string>
  ids(std::string_view ecosystem = "npm") const
  {
    const Index index = Index::open(index_file(directory.path(), ecosystem)).value();
    return test::ids_of(index, index.find(ecosystem, "shop"));
  }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an import adds, and replaces what has the same id")
{
  Place place;
  REQUIRE(import_records({about("A-1"), about("A-2")}, place.order));
  REQUIRE(import_records({about("A-2"), about("A-3")}, place.order));
  CHECK(place.ids() == Ids{"A-1", "A-2", "A-3"});
}

TEST_CASE("an import of one ecosystem leaves the others alone")
{
  Place place;
  place.order.only = "npm";
  Record both = about("A-1");
  both.affected.push_back(about("A-1", "Maven").affected.front());
  REQUIRE(import_records({both, about("A-2", "Maven")}, place.order));
  CHECK(place.ids() == Ids{"A-1"});
  CHECK_FALSE(fs::exists(index_file(place.directory.path(), "Maven")));
  // A record that speaks of it no more is not kept as it was.
  REQUIRE(import_records({about("A-1", "Maven"), about("A-3")}, place.order));
  CHECK(place.ids() == Ids{"A-3"});
}

TEST_CASE("what is not kept goes, and too few are refused with nothing changed")
{
  Place place;
  REQUIRE(import_records({about("A-1"), about("A-2")}, place.order));
  place.order.only = "npm";
  place.order.at_least = 1;
  const std::string before = read_file(index_file(place.directory.path(), "npm")).value();
  CHECK(import_records({about("A-3", "Maven")}, place.order).error().kind == ErrorKind::input);
  CHECK(read_file(index_file(place.directory.path(), "npm")).value() == before);
  place.order.keeps = [](const std::string& id) { return id == "A-2"; };
  REQUIRE(import_records({about("A-3")}, place.order));
  CHECK(place.ids() == Ids{"A-2", "A-3"});
}

TEST_CASE("what is imported beside a server's records is noted as not its own")
{
  Place place;
  REQUIRE(import_records({about("A-1")}, place.order));
  CHECK_FALSE(fs::exists(place.directory.path() / "update.json"));
  const UpdateState state{"https://a.example", "\"1\"", "2026-09-01T00:00:00Z", {"A-1"}, {}};
  REQUIRE(write_update_states(place.directory.path(), {{"npm", state}}));
  REQUIRE(import_records({about("B-2"), about("B-1"), about("C-1", "Go")}, place.order));
  REQUIRE(import_records({about("B-1")}, place.order));
  auto states = read_update_states(place.directory.path());
  CHECK(states.size() == 1);
  CHECK(states["npm"].own == Ids{"B-1", "B-2"});
  CHECK(states["npm"].server == "https://a.example");
  CHECK(states["npm"].latest == Ids{"A-1"});
  CHECK(states["npm"].etag == "\"1\"");
}

TEST_CASE("of a damaged index nothing is kept, which is told, and how much it had is not forgotten")
{
  for (const bool is_cut : {false, true}) {
    CAPTURE(is_cut);
    Place place;
    REQUIRE(import_records({about("A-1"), about("A-2"), about("A-3")}, place.order));
    const fs::path file = index_file(place.directory.path(), "npm");
    std::string bytes = read_file(file).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
    REQUIRE(write_file(file, is_cut ? bytes.substr(0, bytes.size() - 8) : bytes));
    const auto count = import_records({about("A-4")}, place.order);
    REQUIRE(count);
    CHECK(count->lost == Ids{"npm"});
    CHECK(place.ids() == Ids{"A-4"});
    CHECK(Index::open(file).value().previous_records() == 3);
    CHECK(import_records({about("A-5")}, place.order).value().lost.empty());
  }
}

TEST_CASE("a database that was changed is not what its manifest says")
{
  Place place;
  REQUIRE(import_records({about("A-1")}, place.order));
  REQUIRE(write_file(place.directory.path() / manifest_file, "{}"));
  REQUIRE(write_file(place.directory.path() / signature_file, "x"));
  REQUIRE(import_records({about("A-2")}, place.order));
  CHECK_FALSE(fs::exists(place.directory.path() / manifest_file));
  CHECK_FALSE(fs::exists(place.directory.path() / signature_file));
}

TEST_CASE("a state that cannot be read knows nothing")
{
  Place place;
  CHECK(read_update_states(place.directory.path()).empty());
  for (const char* text : {"", "{", "[]", R"({"ecosystems":[]})", R"({"ecosystems":{"npm":5}})"}) {
    REQUIRE(write_file(place.directory.path() / "update.json", text));
    const auto states = read_update_states(place.directory.path());
    CHECK((states.empty() || states.at("npm").modified.empty()));
  }
}
