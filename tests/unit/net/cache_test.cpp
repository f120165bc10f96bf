// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "net/cache.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace std::chrono_literals;
using sluice::ErrorKind;
using sluice::TemporaryDirectory;
using sluice::net::Cache;

namespace {

const Cache::Time noon = std::chrono::system_clock::from_time_t(1'700'000'000);

struct Store
{
  TemporaryDirectory directory = TemporaryDirectory::create("sluice-test").value();
  Cache cache = Cache::open(directory.path() / "a" / "cache").value();

  [[nodiscard]] std::vector<std::filesystem::path>
  files() const
  {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path() / "a" / "cache")) {
      found.push_back(entry.path());
    }
    return found;
  }
};

}  // namespace

TEST_CASE("what was put is got, until it is too old")
{
  Store store;
  CHECK_FALSE(store.cache.get("key", 1h, noon));
  REQUIRE(store.cache.put("key", std::string_view("a\0b\n", 4), noon));
  CHECK(store.cache.get("key", 1h, noon) == std::string("a\0b\n", 4));
  CHECK(store.cache.get("key", 1h, noon + 1h).has_value());
  CHECK_FALSE(store.cache.get("key", 1h, noon + 1h + 1s));
  CHECK_FALSE(store.cache.get("other", 1h, noon));
  REQUIRE(store.cache.put("key", "new", noon + 2h));
  CHECK(store.cache.get("key", 1h, noon + 2h) == "new");
  CHECK(store.files().size() == 1);
}

TEST_CASE("an entry from the future is not believed")
{
  Store store;
  REQUIRE(store.cache.put("key", "x", noon + 1h));
  CHECK_FALSE(store.cache.get("key", 24h, noon));
}

TEST_CASE("a hostile key stays in the directory")
{
  Store store;
  const std::vector<std::string> keys{"../../escape",         "/etc/passwd",       "",
                                      std::string("a\0b", 3), std::string("a", 1), std::string(100'000, 'k')};
  for (const std::string& key : keys) {
    REQUIRE(store.cache.put(key, "value of " + key, noon));
  }
  for (const std::string& key : keys) {
    CHECK(store.cache.get(key, 1h, noon) == "value of " + key);
  }
  CHECK(store.files().size() == keys.size());
  CHECK_FALSE(std::filesystem::exists(store.directory.path() / "escape"));
}

TEST_CASE("a damaged entry is a miss, and so is one under another key's name")
{
  Store store;
  REQUIRE(store.cache.put("key", "some bytes", noon));
  const auto file = store.files().front();
  const std::string whole = sluice::read_file(file).value();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    REQUIRE(sluice::write_file(file, whole.substr(0, length)));
    CHECK_FALSE(store.cache.get("key", 1h, noon));
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    REQUIRE(sluice::write_file(file, changed));
    CHECK_FALSE(store.cache.get("key", 1h, noon));
  }
  REQUIRE(store.cache.put("other", "x", noon));
  for (const auto& other : store.files()) {
    REQUIRE(sluice::write_file(other, whole));
  }
  CHECK(store.cache.get("key", 1h, noon) == "some bytes");
  CHECK_FALSE(store.cache.get("other", 1h, noon));
}

TEST_CASE("the oldest entries go when the bound is reached, and nothing else of the directory does")
{
  Store store;
  const auto directory = store.directory.path() / "a" / "cache";
  Cache small = Cache::open(directory, 3000).value();
  REQUIRE(sluice::write_file(directory / "notes.txt", std::string(5000, 'n')));
  for (int i = 0; i < 4; ++i) {
    REQUIRE(small.put(std::to_string(i), std::string(800, 'x'), noon));
    std::this_thread::sleep_for(20ms);
  }
  CHECK_FALSE(small.get("0", 1h, noon));
  CHECK(small.get("1", 1h, noon).has_value());
  CHECK(small.get("3", 1h, noon).has_value());
  CHECK(std::filesystem::exists(directory / "notes.txt"));
  REQUIRE(small.put("huge", std::string(4000, 'x'), noon));
  CHECK_FALSE(small.get("huge", 1h, noon));
  CHECK(small.get("3", 1h, noon).has_value());
}

TEST_CASE("two caches on one directory see whole entries only")
{
  Store store;
  Cache other = Cache::open(store.directory.path() / "a" / "cache").value();
  const std::string one(100'000, '1');
  const std::string two(100'000, '2');
  std::thread writer([&] {
    for (int i = 0; i < 50; ++i) {
      static_cast<void>(other.put("key", i % 2 == 0 ? one : two, noon));
    }
  });
  for (int i = 0; i < 50; ++i) {
    const auto got = store.cache.get("key", 1h, noon);
    CHECK((!got || *got == one || *got == two));
  }
  writer.join();
  CHECK(store.files().size() == 1);
}

TEST_CASE("a file where the directory should be is an error that names it")
{
  const TemporaryDirectory directory = TemporaryDirectory::create("sluice-test").value();
  REQUIRE(sluice::write_file(directory.path() / "file", "x"));
  const auto cache = Cache::open(directory.path() / "file");
  REQUIRE_FALSE(cache);
  CHECK(cache.error().kind == ErrorKind::environment);
  CHECK(cache.error().message.starts_with((directory.path() / "file").string()));
}
