// SPDX-License-Identifier: Apache-2.0
#include "webhook_payloads.hpp"

#include "base/text.hpp"

namespace sluice::test {

namespace {

constexpr std::string_view repository = R"({
  "id": 1296269, "node_id": "MDEwOlJlcG9zaXRvcnkxMjk2MjY5", "name": "Hello-World", "full_name": "octocat/Hello-World",
  "private": false, "owner": {"login": "octocat", "id": 1, "type": "User", "site_admin": false},
  "html_url": "https://github.example/octocat/Hello-World", "fork": false, "size": 108, "stargazers_count": 80,
  "topics": ["octocat", "atom", "electron", "api"], "license": null, "forks": 9, "open_issues": 2,
  "default_branch": "main", "pushed_at": 1700000000, "created_at": "2011-01-26T19:01:12Z", "permissions": {"admin": false}
})";

constexpr std::string_view sender = R"({"login": "octocat", "id": 1, "avatar_url": "", "type": "User"})";

constexpr std::string_view pull_request = R"({
  "action": "synchronize",
  "number": 12,
  "before": "1111111111111111111111111111111111111111",
  "after": "@HEAD@",
  "pull_request": {
    "url": "https://api.github.example/repos/octocat/Hello-World/pulls/12", "id": 1, "node_id": "MDExOlB1bGxSZXF1ZXN0MQ==",
    "number": 12, "state": "open", "locked": false,
    "title": "Amazing \"feature\" \ud83d\ude80", "body": "Please pull\r\n::error::these \u0000 in",
    "user": {"login": "octocat", "id": 1, "type": "User", "site_admin": false},
    "assignees": [{"login": "octocat", "id": 1}, {"login": "hubot", "id": 2}],
    "labels": [{"id": 208045946, "name": "bug", "default": true, "head": {"sha": "not-an-id"}}],
    "head": {
      "label": "octocat:new-topic", "ref": "new-topic", "sha": "@HEAD@",
      "user": {"login": "octocat"}, "repo": @REPOSITORY@
    },
    "base": {
      "label": "octocat:main", "ref": "main", "sha": "@BASE@",
      "user": {"login": "octocat"}, "repo": @REPOSITORY@
    },
    "merge_commit_sha": "e5bd3914e2e596debea16f433f57875b5b90bcd6", "draft": false, "merged": false, "mergeable": null,
    "comments": 10, "commits": 3, "additions": 100, "deletions": 3, "changed_files": 5, "rebaseable": 1.5e3,
    "_links": {"self": {"href": "https://api.github.example/repos/octocat/Hello-World/pulls/12"}}
  },
  "repository": @REPOSITORY@,
  "organization": {"login": "github", "id": 1},
  "sender": @SENDER@
})";

constexpr std::string_view merge_group = R"({
  "action": "checks_requested",
  "merge_group": {
    "head_sha": "@HEAD@",
    "head_ref": "refs/heads/gh-readonly-queue/main/pr-12-@BASE@",
    "base_sha": "@BASE@",
    "base_ref": "refs/heads/main",
    "head_commit": {"id": "@HEAD@", "message": "Merge pull request #12", "author": {"name": "Ada"}}
  },
  "repository": @REPOSITORY@,
  "sender": @SENDER@
})";

constexpr std::string_view push = R"({
  "ref": "@REF@",
  "before": "@BEFORE@",
  "after": "@AFTER@",
  "repository": @REPOSITORY@,
  "pusher": {"name": "octocat", "email": "octocat@example.org"},
  "sender": @SENDER@,
  "created": @CREATED@, "deleted": @DELETED@, "forced": @FORCED@,
  "base_ref": null,
  "compare": "https://github.example/octocat/Hello-World/compare/a...b",
  "commits": [{
    "id": "2222222222222222222222222222222222222222", "tree_id": "x", "distinct": true, "message": "One of many",
    "author": {"name": "Ada", "email": "ada@example.org"}, "added": ["a.txt"], "removed": [], "modified": [],
    "before": "not-an-id", "created": true
  }],
  "head_commit": null
})";

std::string
filled(std::string_view shape)
{
  return replace_all(replace_all(shape, "@REPOSITORY@", repository), "@SENDER@", sender);
}

std::string_view
spelled(bool flag)
{
  return flag ? "true" : "false";
}

}  // namespace

std::string
pull_request_payload(std::string_view head, std::string_view base)
{
  return replace_all(replace_all(filled(pull_request), "@HEAD@", head), "@BASE@", base);
}

std::string
merge_group_payload(std::string_view head, std::string_view base)
{
  return replace_all(replace_all(filled(merge_group), "@HEAD@", head), "@BASE@", base);
}

std::string
push_payload(const PushPayload& fields)
{
  std::string text = replace_all(filled(push), "@REF@", fields.ref);
  text = replace_all(replace_all(text, "@BEFORE@", fields.before), "@AFTER@", fields.after);
  text = replace_all(text, "@CREATED@", spelled(fields.created));
  text = replace_all(text, "@DELETED@", spelled(fields.deleted));
  return replace_all(text, "@FORCED@", spelled(fields.forced));
}

std::string
schedule_payload()
{
  return R"({"schedule": "30 5 * * 1,3", "workflow": ".github/workflows/nightly.yml", "ref": "refs/heads/main"})";
}

}  // namespace sluice::test
