// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/osv_api.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "deps/advisories/server.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t most_id_bytes = 128;
constexpr std::size_t most_token_bytes = 4'096;
/// OSV's largest records are of some megabytes.
constexpr std::uint64_t most_answer_bytes = std::uint64_t{32} << 20U;

Failure
no_answer(std::string_view why)
{
  return fail(ErrorKind::unavailable, "its answer is none that OSV's API gives: {}", why);
}

Json
query_of(const PackageName& name, const std::string& page)
{
  Json query{{"package", {{"ecosystem", name.ecosystem}, {"name", name.name}}}};
  if (!page.empty()) {
    query.at("page_token") = page;
  }
  return query;
}

Result<NameAnswer>
read_name_answer(const Json& result)
{
  if (!result.is_object()) {
    return no_answer("a result is no object");
  }
  NameAnswer answer;
  const Json* records = result.find("vulns");
  if (records != nullptr && !records->is_array()) {
    return no_answer("vulns is no list");
  }
  for (const Json& record : result["vulns"].items()) {
    const std::string* id = record["id"].text();
    if (id == nullptr || !is_record_id(*id)) {
      return no_answer("an id is no advisory's");
    }
    answer.ids.push_back(*id);
  }
  if (const Json* token = result.find("next_page_token")) {
    if (token->text() == nullptr || token->text()->size() > most_token_bytes) {
      return no_answer("next_page_token is no token");
    }
    answer.next_page = *token->text();
  }
  return answer;
}

}  // namespace

bool
is_record_id(std::string_view text)
{
  const auto is_plain = [](char each) { return is_letter(each) || is_digit(each); };
  return !text.empty() && text.size() <= most_id_bytes && is_plain(text.front())
         && std::all_of(text.begin(), text.end(),
                        [&](char each) { return is_plain(each) || is_any_of(each, "-._:+"); });
}

Result<std::vector<NameAnswer>>
read_batch_answer(std::string_view json, std::size_t asked)
{
  const auto parsed = Json::parse(json);
  if (!parsed) {
    return no_answer(printable(parsed.error().message));
  }
  const Json& results = (*parsed)["results"];
  if (!results.is_array() || results.size() != asked) {
    return no_answer(fmt::format("it has not one result for each of {}", counted(asked, "question", "questions")));
  }
  std::vector<NameAnswer> answers;
  answers.reserve(asked);
  for (const Json& result : results.items()) {
    TRY_ASSIGN(NameAnswer answer, read_name_answer(result));
    answers.push_back(std::move(answer));
  }
  return answers;
}

OsvApi::OsvApi(net::HttpClient& http, std::string_view address, ApiBounds bounds)
    : http_(http),
      address_(address.substr(0, address.find_last_not_of('/') + 1)),
      bounds_(bounds)
{}

Result<IdsByName>
OsvApi::ids_of(std::span<const PackageName> names)
{
  names_ += names.size();
  if (names_ > bounds_.names) {
    return fail(ErrorKind::unavailable, "more than {} would have to be asked for",
                counted(bounds_.names, "name", "names"));
  }
  IdsByName ids;
  std::vector<Question> open;
  for (const PackageName& name : names) {
    ids[name];
    open.push_back({&name, {}});
  }
  for (std::size_t page = 0; !open.empty(); ++page) {
    if (page == bounds_.pages) {
      return fail(ErrorKind::unavailable, "{}: its answer about {} does not end after {}", address_,
                  printable(open.front().name->name), counted(bounds_.pages, "page", "pages"));
    }
    std::vector<Question> next;
    for (std::span<const Question> rest = open; !rest.empty();) {
      const std::size_t batch = std::min(rest.size(), bounds_.names_at_once);
      TRY_ASSIGN(const std::vector<Question> more, ask(rest.first(batch), ids));
      next.insert(next.end(), more.begin(), more.end());
      rest = rest.subspan(batch);
    }
    open = std::move(next);
  }
  return ids;
}

Result<std::vector<OsvApi::Question>>
OsvApi::ask(std::span<const Question> questions, IdsByName& ids)
{
  net::HttpRequest request = request_to(address_ + "/v1/querybatch", most_answer_bytes);
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}};
  request.effect = net::HttpRequest::Effect::none;
  request.body = Json{
      {"queries", Json::array_of(questions, [](const Question& each) {
         return query_of(*each.name, each.page);
       })}}.dump();
  const std::string url = request.url;
  TRY_ASSIGN(const net::HttpResponse response, send(std::move(request)));
  if (response.status != 200) {
    const bool is_about_the_question = response.status >= 400 && response.status < 500;
    return fail(is_about_the_question ? ErrorKind::input : ErrorKind::unavailable, "{}: the server answered {}", url,
                response.status);
  }
  const auto answers = read_batch_answer(response.body, questions.size());
  if (!answers) {
    return fail(ErrorKind::unavailable, "{}: {}", url, answers.error().message);
  }
  std::vector<Question> more;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const NameAnswer& answer = (*answers)[i];
    ids[*questions[i].name].insert(answer.ids.begin(), answer.ids.end());
    ids_ += answer.ids.size();
    if (!answer.next_page.empty()) {
      more.push_back({questions[i].name, answer.next_page});
    }
  }
  if (ids_ > bounds_.ids) {
    return fail(ErrorKind::unavailable, "{}: it names more than {}", url,
                counted(bounds_.ids, "advisory", "advisories"));
  }
  return more;
}

Result<std::optional<std::string>>
OsvApi::record(const std::string& id)
{
  const std::string url = fmt::format("{}/v1/vulns/{}", address_, id);
  TRY_ASSIGN(net::HttpResponse response, send(request_to(url, most_answer_bytes)));
  if (response.status == 404) {
    return std::nullopt;
  }
  if (response.status != 200) {
    return fail(ErrorKind::unavailable, "{}: the server answered {}", url, response.status);
  }
  return std::move(response.body);
}

Result<net::HttpResponse>
OsvApi::send(net::HttpRequest request)
{
  // What is asked for is told to this host and to no other that it names.
  TRY_ASSIGN(const net::Url url, net::Url::parse(request.url));
  request.allowed_hosts = {fmt::format("{}:{}", url.host, url.port)};
  TRY_ASSIGN(net::HttpResponse response, http_.send(request));
  bytes_ += response.body.size();
  if (bytes_ > bounds_.bytes) {
    return fail(ErrorKind::unavailable, "{}: its answers are more than {}", address_, human_bytes(bounds_.bytes));
  }
  return response;
}

}  // namespace sluice::deps
