// SPDX-License-Identifier: Apache-2.0
#include "output/gitlab_security.hpp"
#include "output/renderers.hpp"

namespace sluice::output {

namespace {

Json
location_of(const Finding& finding, const RunContext& /*context*/)
{
  return security_location(finding);
}

}  // namespace

std::string
render_sast(Reports reports, const RenderOptions& /*options*/)
{
  return render_security_report(reports, {ScanType::sast, "sast", "static analysis", location_of});
}

}  // namespace sluice::output
