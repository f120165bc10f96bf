// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/update_state.hpp"

#include "base/json.hpp"
#include "base/json_text.hpp"
#include "base/path.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view file_name = "update.json";

std::vector<std::string>
texts_of(const Json& json)
{
  std::vector<std::string> texts;
  for (const Json& item : json.items()) {
    texts.push_back(text_of(item));
  }
  return texts;
}

}  // namespace

std::map<std::string, UpdateState>
read_update_states(const std::filesystem::path& directory)
{
  std::map<std::string, UpdateState> states;
  const auto text = read_file(directory / file_name);
  const auto json = text ? Json::parse(*text) : Result<Json>(Json());
  if (json) {
    for (const auto& [ecosystem, state] : (*json)["ecosystems"].members()) {
      states[ecosystem] = {text_of(state["server"]), text_of(state["etag"]), text_of(state["modified"]),
                           texts_of(state["latest"]), texts_of(state["own"])};
    }
  }
  return states;
}

Result<>
write_update_states(const std::filesystem::path& directory, const std::map<std::string, UpdateState>& states)
{
  Json all = Json::object();
  for (const auto& [ecosystem, state] : states) {
    all.at(ecosystem) = Json{{"server", state.server},
                             {"etag", state.etag},
                             {"modified", state.modified},
                             {"latest", Json::array_of(state.latest)},
                             {"own", Json::array_of(state.own)}};
  }
  return write_file(directory / file_name, Json{{"ecosystems", std::move(all)}}.dump(2) + "\n");
}

}  // namespace sluice::deps
