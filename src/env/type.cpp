// SPDX-License-Identifier: Apache-2.0
#include "env/type.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// How references to secrets begin: 1Password, Vault and vals, SOPS, dotenvx, Doppler, the stores of AWS, Google and
/// Azure, Bitwarden, Infisical.
constexpr std::array<std::string_view, 17> reference_beginnings{
    "op://",    "vault:",    "vault://",  "ref+",     "encrypted:", "doppler://", "infisical://", "bws://",    "bw://",
    "awssm://", "aws-sm://", "awsssm://", "gcpsm://", "gcp-sm://",  "azkv://",    "keyvault://",  "secretref:"};

std::map<std::string, const Type*, std::less<>>
by_name()
{
  std::map<std::string, const Type*, std::less<>> all;
  for (const Type* type : types()) {
    for (const std::string_view name : type->names) {
      all.emplace(to_lower(name), type);
    }
  }
  for (const Type* type : types()) {
    all.insert_or_assign(std::string(type->id), type);
  }
  return all;
}

}  // namespace

const Type*
find_type(std::string_view name)
{
  static const auto all = by_name();
  const auto found = all.find(to_lower(name));
  return found == all.end() ? nullptr : found->second;
}

bool
is_reference(std::string_view value)
{
  if (value.starts_with("ENC[") && value.ends_with(']')) {
    return true;
  }
  return std::any_of(reference_beginnings.begin(), reference_beginnings.end(), [value](std::string_view beginning) {
    return value.size() > beginning.size() && value.starts_with(beginning);
  });
}

}  // namespace sluice::env
