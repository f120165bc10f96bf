// SPDX-License-Identifier: Apache-2.0
#include "secrets/starter.hpp"

namespace sluice::secrets {

std::string
starter(const gate::FileTree& /*tree*/)
{
  return R"(secrets:
  # auto examines the range of the CI event, and the whole history elsewhere.
  scope: auto

# Findings that are accepted, each with a reason and a last day.
# allow:
#   - rule: generic-quoted-credential
#     path: tests/**
#     reason: made-up passwords of the test suite
#     expires: 2027-06-30
)";
}

}  // namespace sluice::secrets
