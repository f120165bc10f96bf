# SPDX-License-Identifier: Apache-2.0
"""What is told of promotions afterwards: records, open items, traces, numbers, and looks at what is live."""
import hashlib
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import BIN, clean_environment, run, run_git
from promote_case import Promote

HOSTILE = "</pre></code>\n# owned | <img src=x onerror=alert(1)> ![x](http://evil.example) @everyone `"


class Records(Promote):
    def record(self, world, *arguments, **more):
        return json.loads(self.assertStatus(world.sluice("record", "--format", "json", *arguments, **more), 0).out)

    def items(self, world, environment="staging", **more):
        return [item["item"] for item in world.status(environment, **more).get("open", [])]

    def rolled_back(self, **more):
        world = self.world()
        world.first = world.pipeline(staging=world.stage(runbook="docs/runbook.md", contacts=["https://chat.example/ops", "ada"],
                                                         url="https://shop.example", **more))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        world.bad = world.commit()
        world.say("bad", world.bad)
        self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        return world

    def test_a_record_tells_who_what_when_why_and_what_each_step_came_to(self):
        world = self.world()
        first = world.pipeline(staging=world.stage(hooks=("backup", "migrate", "deploy", "rollback", "probe")))
        world.sluice("attest QA", "--environment", "staging")
        self.assertStatus(world.sluice("run", "--environment", "staging", "--reason", "the autumn release"), 0)
        record = self.record(world, "--environment", "staging")
        self.assertEqual((record["outcome"], record["commit"], record["actor"], record["reason"], record["previous"]),
                         ("confirmed", first, "ada", "the autumn release", None))
        self.assertEqual([(step["name"], step["outcome"], step["actor"]) for step in record["steps"]],
                         [(name, "done", "ada") for name in ("backup", "migrate", "deploy", "verify")])
        self.assertEqual([(word["kind"], word["says"]["item"]) for word in record["words"]], [("attested", "QA")])
        self.assertEqual((record["open"], record["debrief_due"]), ([], None))
        self.assertEqual(self.record(world, "--promotion", record["id"][:8])["id"], record["id"])
        markdown = self.assertStatus(world.sluice("record", "--environment", "staging"), 0).out
        for text in ("# Promotion of", "the autumn release", "## Steps", "attested"):
            self.assertIn(text, markdown)

    def test_what_went_wrong_stays_open_until_somebody_notes_what_it_was(self):
        world = self.rolled_back()
        record = self.record(world, "--environment", "staging")
        self.assertEqual([item["item"] for item in record["open"]], ["root cause", "debrief"])
        self.assertEqual((record["runbook"], record["contacts"]), ("docs/runbook.md", ["https://chat.example/ops", "ada"]))
        self.assertEqual(self.items(world), ["root cause", "debrief"])
        text = world.sluice("status").out
        self.assertIn('note "root cause" --environment staging --promotion', text)
        world.unsay("bad")
        world.commit()
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        self.assertEqual(self.items(world), ["root cause", "debrief"])

    def test_notes_close_items_and_tell_incidents(self):
        world = self.rolled_back()
        record = self.record(world, "--environment", "staging")
        about = ["--promotion", record["id"][:10]]

        def note(item, *arguments, status=0):
            return self.assertStatus(world.sluice("note", item, *arguments), status)
        note("checkout was down", *about, "--reason", "for four minutes")
        note("root cause", *about, "--reason", "the pool was too small")
        self.assertEqual(self.items(world), ["debrief"])
        note("root cause", *about, status=2)
        note("review", *about, "--reason", "x", status=2)
        note("root cause", "--promotion", "0000000", "--reason", "x", status=2)
        note("root cause", "--reason", "x", status=2)
        note("Debrief", "--environment", "staging", "--reason", "done on Monday")
        self.assertEqual(self.items(world), [])
        notes = self.record(world, "--environment", "staging")["notes"]
        self.assertEqual([(each["item"], each["text"]) for each in notes],
                         [("checkout was down", "for four minutes"), ("root cause", "the pool was too small"), ("Debrief", "done on Monday")])
        self.assertStatus(world.sluice("history", "--verify"), 0)

    def test_an_incident_of_a_good_release_calls_for_a_debrief_in_seven_days(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.sluice("run", "--environment", "staging", now="2026-11-24T10:00:00Z")
        self.assertEqual(self.items(world), [])
        self.assertStatus(world.sluice("note incident", "--environment", "staging", "--reason", "slow", now="2026-11-25T10:00:00Z"), 0)
        item = world.status("staging")["open"][0]
        self.assertEqual((item["item"], item["due"][:16]), ("debrief", "2026-12-01T10:00"))

    def test_the_last_answers_are_kept_before_the_way_back_begins(self):
        world = self.rolled_back()
        record = self.record(world, "--environment", "staging")
        self.assertEqual([(answer["probe"], answer["health"]) for answer in record["answers"]], [("probe", "unhealthy")])
        self.assertEqual(record["answers"][0]["version"], world.bad)
        self.assertIn('"errors": 900', record["answers"][0]["answer"])
        kinds = world.kinds()
        self.assertLess(kinds.index("step-ended verify", 5), kinds.index("step-begun rollback"))

    def test_no_text_of_others_becomes_markdown(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        world.say("fail-deploy")
        world.sluice("run", "--environment", "staging", "--reason", HOSTILE, USER=HOSTILE)
        world.sluice("note incident", "--environment", "staging", "--reason", HOSTILE, USER=HOSTILE)
        markdown = self.assertStatus(world.sluice("record", "--environment", "staging"), 0).out
        # Plain words of ours stand between backticks; what is hostile never does.
        outside = re.sub(r"<(/?code|/?pre|wbr)>|<https://[^>]*>|`[\w\-.:;,()%/'\" ]*`", "", markdown)
        for text in ("<img", "![", "@everyone", "](http", "`", "<"):
            self.assertNotIn(text, outside)
        self.assertNotIn("\n# owned", markdown)
        self.assertEqual(markdown.count("<pre>"), markdown.count("</pre>"))
        self.assertEqual(markdown.count("<code>"), markdown.count("</code>"))
        self.assertIn("onerror", markdown)

    def test_a_trace_has_a_span_for_each_step(self):
        world = self.rolled_back()
        told = json.loads(self.assertStatus(world.sluice("record", "--environment", "staging", "--format", "otlp"), 0).out)
        again = json.loads(world.sluice("record", "--environment", "staging", "--format", "otlp").out)
        self.assertEqual(told, again)
        spans = told["resourceSpans"][0]["scopeSpans"][0]["spans"]
        self.assertEqual([span["name"] for span in spans], ["promotion staging", "deploy", "verify", "rollback", "verify-rollback"])
        for span in spans:
            self.assertRegex(span["traceId"], "^[0-9a-f]{32}$")
            self.assertRegex(span["spanId"], "^[0-9a-f]{16}$")
            self.assertLessEqual(int(span["startTimeUnixNano"]), int(span["endTimeUnixNano"]))
        self.assertEqual([span["status"]["code"] for span in spans], [2, 1, 2, 1, 1])
        self.assertEqual({span.get("parentSpanId") for span in spans[1:]}, {spans[0]["spanId"]})

    def test_records_that_nobody_can_mean_are_told(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("record", "--environment", "staging"), 2)
        self.assertStatus(world.sluice("record"), 2)
        world.sluice("run", "--environment", "staging")
        world.sluice("run", "--environment", "staging", "--again")
        self.assertStatus(world.sluice("record", "--promotion", "zz"), 2)

    def test_the_four_numbers_are_of_what_was_deployed(self):
        world = self.rolled_back()
        told = json.loads(self.assertStatus(world.sluice("history", "--dora", "--format", "json"), 0).out)
        month = told["environments"]["staging"][0]
        self.assertEqual((month["days"], month["deployments"], month["change_failure_rate"]["failures"]), (30, 2, 1))
        self.assertEqual(month["lead_time_for_changes"]["count"], 1)
        self.assertEqual(month["time_to_restore"]["count"], 1)
        self.assertIn("change failure rate    50.0 %, 1 of 2", world.sluice("history", "--dora").out)
        later = world.sluice("history", "--dora", "--environment", "staging", now="2032-01-01T00:00:00Z")
        self.assertIn("change failure rate    none", later.out)

    def test_a_ruleset_is_printed_without_a_repository(self):
        place = self.world().path
        told = json.loads(self.assertStatus(run([BIN / "sluice-promote", "ruleset"], place, clean_environment(place)), 0).out)
        self.assertEqual({rule["type"] for rule in told["rules"]}, {"deletion", "non_fast_forward"})
        told = json.loads(run([BIN / "sluice-promote", "ruleset", "--format", "gitlab"], place, clean_environment(place)).out)
        self.assertEqual((told["name"], told["allow_force_push"]), ("sluice/ledger", False))


class Looks(Promote):
    def live(self, **more):
        world = self.world()
        world.commit_live = world.pipeline(staging=world.stage(), production=world.stage(needs=["staging"]))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        return world

    def look(self, world, status):
        outcome = self.assertStatus(world.sluice("status", "--probe", "--format", "json"), status)
        return json.loads(outcome.out)["environments"]["staging"]

    def test_what_is_seen_is_noted_when_it_is_news(self):
        world = self.live()
        before = len(world.entries())
        self.assertEqual(self.look(world, 0)["look"]["conclusion"], "healthy")
        self.assertEqual(len(world.entries()), before)
        world.say("bad", world.commit_live)
        told = self.look(world, 1)
        self.assertEqual((told["look"]["conclusion"], told["healthy"], told["state"]), ("unhealthy", False, "confirmed"))
        self.look(world, 1)
        self.assertEqual([entry["outcome"] for entry in world.entries()[before:]], ["unhealthy"])
        world.unsay("bad")
        self.look(world, 0)
        self.assertEqual([entry["outcome"] for entry in world.entries()[before:]], ["unhealthy", "healthy"])
        self.assertStatus(world.sluice("history", "--verify"), 0)
        looks = json.loads(world.sluice("record", "--environment", "staging", "--format", "json").out)["looks"]
        self.assertEqual([look["says"]["outcome"] for look in looks], ["unhealthy", "healthy"])

    def test_what_could_not_be_seen_changes_nothing(self):
        world = self.live()
        before = len(world.entries())
        world.say("cut-off")
        told = self.look(world, 3)
        self.assertEqual((told["look"]["conclusion"], told["healthy"]), ("cannot-observe", True))
        self.assertEqual(len(world.entries()), before)

    def test_an_environment_with_nothing_live_or_a_promotion_under_way_is_not_looked_at(self):
        world = self.world()
        world.pipeline(staging=world.stage())
        self.assertNotIn("look", self.look(world, 0))
        world.sluice("run", "--environment", "staging")
        world.commit()
        world.sluice("run", "--environment", "staging", kill=3)
        self.assertIn("under way", self.look(world, 3)["look"]["why"])


class Slower(Promote):
    def serve(self, world):
        """A service that answers at once, and after a deployment of what is called slow in half a second."""
        class Service(BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(0.5 if world.live("staging") == world.slow else 0.001)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass
        server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/"

    def test_a_release_that_is_slower_than_the_one_before_is_rolled_back_without_a_setting(self):
        world = self.world()
        world.slow = None
        verify = {"url": self.serve(world), "count": 3, "interval": 0, "consecutive": 3}
        good = world.pipeline(staging=world.stage(hooks=("deploy", "rollback"), verify=verify))
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        begun = [entry for entry in world.entries() if entry["kind"] == "begun"][0]
        self.assertEqual(len(begun["observed"]), 3)
        world.slow = world.commit()
        outcome = self.assertStatus(world.sluice("run", "--environment", "staging"), 1)
        self.assertIn("latency grew by more than 50 %", outcome.out)
        self.assertState(world, "staging", "rolled_back", good)

    def test_what_cannot_be_seen_before_is_looked_at_once(self):
        world = self.world()
        verify = {"url": "http://$NOT_SET/", "count": 1, "interval": 0}
        world.pipeline(staging=world.stage(hooks=("deploy", "rollback"), verify=verify))
        world.sluice("run", "--environment", "staging")
        begun = [entry for entry in world.entries() if entry["kind"] == "begun"][0]
        self.assertEqual([look["health"] for look in begun["observed"]], ["cannot-observe"])


class Files(Promote):
    def test_the_entries_of_a_ledger_without_a_remote_are_packed_when_they_are_many_files(self):
        world = self.world(origin=False)
        world.pipeline(staging=world.stage())
        self.assertStatus(world.sluice("run", "--environment", "staging"), 0)
        place = world.repository.path / ".git/sluice/ledger.git"
        self.assertIn("in-pack: 0", run_git(place, "count-objects", "-v"))
        # By the objects in one of 256 directories git concludes how many there are.
        made, number = 0, 0
        while made < 40:
            number += 1
            text = f"{number}".encode()
            if hashlib.sha1(b"blob %d\0" % len(text) + text).hexdigest().startswith("17"):
                (place / "text").write_bytes(text)
                run_git(place, "hash-object", "-w", str(place / "text"))
                made += 1
        self.assertStatus(world.sluice("run", "--environment", "staging", "--again"), 0)
        self.assertNotIn("in-pack: 0", run_git(place, "count-objects", "-v"))
        self.assertStatus(world.sluice("run", "--environment", "staging", "--again"), 0)
        self.assertStatus(world.sluice("history", "--verify"), 0)
