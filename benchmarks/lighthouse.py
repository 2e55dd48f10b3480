"""Lighthouse's four scores and the layout shift of every public page, in production settings.

PORTAL_DATA=.data/bench LIGHTHOUSE=… python -m devtools.running with python -m benchmarks.lighthouse

LIGHTHOUSE is the program of npm's `lighthouse@12.8.2`, installed outside the project; Chromium must be there. Mobile,
with Lighthouse's own slow 4G; the median of three rounds, in which pages take turns. Articles have one template: the
first takes part in each round, the others in the first only.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections import defaultdict

from benchmarks.pages import environment, granian, serving
from benchmarks.results import machine, table, write
from devtools.running import free_port

# Besides those of the sitemap, which are judged in Danish. Results of a search stay out of search engines on purpose.
MORE = ["/sv/", "/sv/talks/book/", "/en/", "/en/neighbours/join/"]
SEARCH = "/da/advice/search/?q=laas"
KINDS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
ROUNDS = int(os.environ.get("ROUNDS", "3"))
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def judged(address: str, report: str) -> dict[str, float]:
    """Return the scores of a page, with its layout shift and the bytes on the wire."""
    command = [os.environ["LIGHTHOUSE"], address, "--quiet", "--output=json", f"--output-path={report}"]
    env = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    subprocess.run([*command, f"--chrome-flags={FLAGS}"], env=env, check=True, stdout=subprocess.DEVNULL)
    with open(report, encoding="utf-8") as file:
        found = json.load(file)
    if "runtimeError" in found:
        raise RuntimeError(f"{address}: {found['runtimeError']}")
    failed = {name: audit["errorMessage"] for name, audit in found["audits"].items() if audit.get("errorMessage")}
    if failed:
        raise RuntimeError(f"{address}: {failed}")
    for kind in KINDS:
        for part in found["categories"][kind]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(address, kind, part["id"], audit.get("displayValue", ""), flush=True)
    scores = {kind: round(found["categories"][kind]["score"] * 100) for kind in KINDS}
    return {
        **scores,
        "shift": found["audits"]["cumulative-layout-shift"]["numericValue"],
        "bytes": found["audits"]["total-byte-weight"]["numericValue"],
    }


def public_pages(port: int) -> tuple[list[str], list[str]]:
    """Return the pages to judge, and the articles besides the first."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/sitemap.xml", headers={"Host": "randers.localhost"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        sitemap = answer.read().decode()
    paths = re.findall(r"<loc>https?://[^/]+(/da/[^<]*)</loc>", sitemap)
    articles = [path for path in paths if re.fullmatch(r"/da/advice/[^/]+/", path)]
    return [*(path for path in paths if path not in articles[1:]), SEARCH, *MORE], articles[1:]


def measured(port: int, folder: str) -> dict[str, dict[str, float]]:
    """Return the medians of each page."""
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    pages, articles = public_pages(port)
    for turn in range(ROUNDS):
        for path in pages if turn else [*pages, *articles]:
            found[path].append(judged(f"http://randers.localhost:{port}{path}", f"{folder}/report.json"))
            print(path, found[path][-1], flush=True)
    return {
        path: {kind: statistics.median(one[kind] for one in rounds) for kind in rounds[0]}
        for path, rounds in found.items()
    }


def limits(path: str) -> dict[str, int]:
    """Return the least score of each kind."""
    return {kind: least for kind, least in KINDS.items() if path != SEARCH or kind != "seo"}


def main() -> int:
    """Run from the command line; return 1 if a page is below its limits."""
    with tempfile.TemporaryDirectory() as folder:
        env, manage = environment(folder), [sys.executable, "manage.py"]
        development = {**env, "PORTAL_ENV": "development"}
        for command in (["migrate", "-v0"], ["seed_demo"]):
            subprocess.run([*manage, *command], env=development, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], env=env, check=True)
        port = free_port()
        with serving([*granian(port)[:-1], "benchmarks.behind_https:application"], port, env):
            found = measured(port, folder)
    rows = [
        [path, *(f"{page[kind]:.0f}" for kind in KINDS), f"{page['shift']:.3f}", f"{page['bytes'] / 1024:.0f}"]
        for path, page in found.items()
    ]
    words = f"`python -m benchmarks.lighthouse`, 12.8.2, mobile, median of {ROUNDS}, articles after the first once. "
    words += f"{machine()}; production settings. What a search finds stays out of search engines, hence its last score."
    head = ["page", *KINDS, "layout shift", "KiB"]
    write("lighthouse", "\n".join(["## Lighthouse", "", words, "", table(head, rows)]))
    low = [path for path, page in found.items() if any(page[kind] < least for kind, least in limits(path).items())]
    print(f"Below the limits: {low}" if low else "All within the limits.")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
