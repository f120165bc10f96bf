// SPDX-License-Identifier: Apache-2.0
#include "output/sink.hpp"

#include <doctest/doctest.h>

using namespace sluice::output;

TEST_CASE("a log line of ours holds no command, wherever it is put")
{
  CHECK(inert("plain: text") == "plain: text");
  CHECK(inert("  ::add-mask::e").find("::") == std::string::npos);
  CHECK(inert("x ##[error]y").find("##[") == std::string::npos);
  CHECK(inert("a\n::error::b").find('\n') == std::string::npos);
}

TEST_CASE("an error annotation is one command on one line")
{
  CHECK(error_annotation("a: b, c", "x\ny") == "::error title=a%3A b%2C c::x%0Ay\n");
}
