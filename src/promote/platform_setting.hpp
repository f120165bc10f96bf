// SPDX-License-Identifier: Apache-2.0
//
// Who is told of a promotion beside the ledger. Nobody is unless the run has what it takes to ask: the ledger alone
// decides, and nothing here can change how a promotion ends.
#pragma once

#include "base/enum_names.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"

#include <string>
#include <vector>

namespace sluice::promote {

/// Where deployments are recorded.
enum class PlatformChoice {
  automatic,  ///< by the CI that runs us, if it gave us a token
  none,
  github,
  gitlab,
};

/// Whose freeze periods count beside the windows of the pipeline.
enum class Freeze { none, gitlab };

enum class Audience {
  technical,
  business,  ///< whether it is there, without how
};

/// What a webhook takes.
enum class WebhookForm {
  slack,  ///< JSON with `text`, as Slack, Mattermost, Rocket.Chat and Discord's "/slack" do
  plain,  ///< the text itself
};

/// When somebody is told.
enum class Moment {
  waiting,  ///< in advance: it was asked for, and something has to happen first
  begun,
  step,   ///< a step has ended
  asked,  ///< a person must decide
  ended,
};

struct Notification
{
  std::string webhook = "$SLUICE_SLACK_WEBHOOK";  ///< `$NAME`: its address is a secret
  Audience audience = Audience::technical;
  WebhookForm form = WebhookForm::slack;
  std::vector<std::string> on{"waiting", "begun", "asked", "ended"};  ///< names of moments
  std::string channel;                                                ///< of webhooks that may choose it; may be empty
  std::string origin;

  [[nodiscard]] bool wants(Moment moment) const;
  /// "SLUICE_SLACK_WEBHOOK".
  [[nodiscard]] std::string_view variable() const;
};

void describe(Notification& notification, config::OptionTable& table);

/// Refuses webhooks that are no `$NAME` and moments that there are not.
void check_notifications(const std::vector<Notification>& notifications, config::OptionChecks& checks);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::PlatformChoice>
{
  static constexpr std::array<std::string_view, 4> names{"auto", "none", "github", "gitlab"};
};

template<> struct EnumNames<promote::Freeze>
{
  static constexpr std::array<std::string_view, 2> names{"none", "gitlab"};
};

template<> struct EnumNames<promote::Audience>
{
  static constexpr std::array<std::string_view, 2> names{"technical", "business"};
};

template<> struct EnumNames<promote::WebhookForm>
{
  static constexpr std::array<std::string_view, 2> names{"slack", "plain"};
};

template<> struct EnumNames<promote::Moment>
{
  static constexpr std::array<std::string_view, 5> names{"waiting", "begun", "step", "asked", "ended"};
};

}  // namespace sluice
