// SPDX-License-Identifier: Apache-2.0
#include "base/uuid.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("A UUID has its version and variant")
{
  CHECK(uuid_of("00112233445566778899aabbccddeeff00") == "00112233-4455-5677-8899-aabbccddeeff");
  CHECK(uuid_of("ffffffffffffffffffffffffffffffff")[19] == 'a');
  CHECK(uuid_of("") == "00000000-0000-5000-8000-000000000000");
}
