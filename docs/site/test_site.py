"""The built site in a real browser: no errors, no other host, no dead link, and no serious fault that axe finds.

`make test-site` builds the pages and runs this. It needs Chromium and its driver, which Debian packages.
"""

import functools
import json
import re
import shutil
import threading
import urllib.parse
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
AXE = ROOT / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if "_static" not in path.parts)
OF_EACH_KIND = ["index.html", "lessons/index.html", "lessons/07_vae/lesson.html", "lessons/07_vae/exercises.html"]
OF_EACH_KIND += ["library/models.html", "ledger/07.html", "docs/grading.html", "benchmarks/RESULTS.html", "search.html"]
WIDTHS = {"phone": 390, "laptop": 1300}
QUIET = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *arguments: None})


class Links(HTMLParser):
    """The links of a page, and the names that links can point at."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.anchors |= {found[key] for key in ("id", "name") if found.get(key)}
        self.links |= {found[key] for key in ("href", "src") if found.get(key)}


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QUIET, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def width(browser, pixels):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": pixels < 600},
    )


@pytest.mark.parametrize("page", PAGES)
def test_page_links_lead_somewhere(page):
    for link in Links((SITE / page).read_text("utf-8")).links:
        url = urllib.parse.urlsplit(link)
        if url.scheme or url.netloc:
            continue
        target = (SITE / page).parent / urllib.parse.unquote(url.path) if url.path else SITE / page
        assert target.exists(), f"{page} links to {link}, which is not there"
        if url.fragment and target.suffix == ".html":
            assert urllib.parse.unquote(url.fragment) in Links(target.read_text("utf-8")).anchors, f"{page}: {link}"


@pytest.mark.parametrize("page", PAGES)
def test_page_loads_without_errors_or_other_hosts(browser, address, page):
    for log in ("browser", "performance"):  # what an earlier page left there
        browser.get_log(log)
    browser.get(address + page)
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert sent
    assert [url for url in sent if not url.startswith((address, "data:", "blob:", "chrome:"))] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", OF_EACH_KIND)
def test_page_has_no_serious_fault_of_accessibility(browser, address, page, theme):
    width(browser, WIDTHS["laptop"])
    browser.get(address + page)
    browser.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    faults = [
        f"{fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("critical", "serious")
        for node in fault["nodes"]
    ]
    assert faults == []


@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("page", OF_EACH_KIND)
def test_page_fits_the_screen(browser, address, page, device):
    width(browser, WIDTHS[device])
    browser.get(address + page)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= WIDTHS[device]


def test_code_fits_a_laptop(browser, address):
    width(browser, WIDTHS["laptop"])
    browser.get(address + "lessons/07_vae/lesson.html")
    cut = browser.execute_script(
        "return [...document.querySelectorAll('.cell_input pre')].filter(e => e.scrollWidth > e.clientWidth + 1)"
        ".map(e => e.textContent)"
    )
    assert cut == []


def test_no_solution_is_reachable():
    texts = [path.read_text("utf-8", "ignore") for path in SITE.rglob("*") if path.suffix in (".html", ".ipynb", ".js")]
    assert not [text for text in texts if re.search(r"BEGIN SOLUTION", text)]


def test_figures_have_alternative_texts():
    for page in PAGES:
        for tag in re.findall(r"<img [^>]*>", (SITE / page).read_text("utf-8")):
            alt = re.search(r'alt="([^"]*)"', tag)
            assert alt, f"{page}: {tag[:200]}"
            assert re.fullmatch(r".+(?<!\.png)", alt[1]), f"{page}: {tag[:200]}"
