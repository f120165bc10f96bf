// SPDX-License-Identifier: Apache-2.0
#include "output/escape.hpp"
#include "output/gitlab_security.hpp"
#include "output/renderers.hpp"

namespace sluice::output {

namespace {

/// A secret is in a commit; zeros stand for one that is not known.
Json
location_of(const Finding& finding, const RunContext& context)
{
  const std::string& commit = finding.where.commit.empty() ? context.head : finding.where.commit;
  Json location = security_location(finding);
  location.at("commit") = {{"sha", commit.empty() ? std::string(40, '0') : plain(commit)}};
  return location;
}

}  // namespace

std::string
render_secret_detection(Reports reports, const RenderOptions& /*options*/)
{
  return render_security_report(reports,
                                {ScanType::secret_detection, "secret_detection", "secret detection", location_of});
}

}  // namespace sluice::output
