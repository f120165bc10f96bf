# SPDX-License-Identifier: Apache-2.0
"""The HTML page in the browser that people open it with: what the change under test says stays text."""
import html.parser

from harness import Case, needs, run

# What a payload would have to become to do harm. The page has none of them.
ELEMENTS = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input", "button", "b", "i", "video"}
PATHS = ("<img src=x onerror=alert(1)>.env", "\"><script>document.title='pwned'<!--.env", "a&lt;b&gt;<b>.env")


class Page(html.parser.HTMLParser):
    """Elements and attributes of the document that the browser built."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data):
        self.text += data


@needs("chromium")
class Html(Case):
    def page(self):
        repository = self.planted()
        # No slash may stand in a name, so these hold none.
        files = {path: f"TOKEN={self.planted_token}\n</code><script>document.title='pwned'</script>\n" for path in PATHS}
        repository.commit("<script>document.title='pwned'</script>", files)
        page = self.directory / "sluice.html"
        self.assertStatus(repository.run("sluice-secrets", f"--format=html={page}"), 1)
        return page

    def dom(self, page):
        """The document as the browser has it after loading."""
        outcome = run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                       f"--user-data-dir={self.directory / 'profile'}", "--dump-dom", page.as_uri()], self.directory)
        self.assertStatus(outcome, 0)
        return Page(outcome.out)

    def test_no_payload_becomes_an_element(self):
        page = self.page()
        self.assertNoSecret(page.read_text())
        dom = self.dom(page)
        self.assertEqual(ELEMENTS & set(dom.tags), set())
        self.assertEqual([name for name in dom.attributes if name.startswith("on") or name == "style"], [])
        self.assertIn("Fail", dom.text)
        self.assertNotIn("pwned", dom.text.split("Gates")[0])
        for path in PATHS:
            self.assertIn(path, dom.text)
        self.assertIn("When each secret came", dom.text)

    def test_the_browser_would_have_built_them(self):
        page = self.directory / "odd.html"
        page.write_text("<!doctype html><title>a</title><p><img src=x><b>c</b><script>document.title='pwned'</script>")
        dom = self.dom(page)
        self.assertLessEqual({"img", "b", "script"}, set(dom.tags))
        self.assertIn("pwned", dom.text)
