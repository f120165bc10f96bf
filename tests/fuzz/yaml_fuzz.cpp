// SPDX-License-Identifier: Apache-2.0
//
// A configuration file of a pull request.
#include "config/common_options.hpp"
#include "config/decode.hpp"
#include "config/yaml_document.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::config;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto root = parse_yaml(text, "f.yml");
  if (root && root->kind == YamlKind::mapping) {
    CommonOptions options;
    OptionTable table;
    describe(options, table);
    std::vector<std::string> problems;
    decode_mapping(table, *root, "f.yml", {}, problems);
  }
  return 0;
}
