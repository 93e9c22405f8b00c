"""Measures the reader in headless Chromium as a phone or laptop on a slow network with a slow processor would run it.

Network 1.6 Mbit/s with 150 ms, processor four times slower. Prints for each device: when the first page's picture was
painted, bytes and script bytes until then, the answer to a key (Event Timing: from the key to the next paint, rounded
by the browser to 8 ms), the gaps between the frames that were shown while turning (from the compositor's own trace),
tasks that kept the page from answering for over 50 ms, while turning and at all, and the heap after many turns.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measures.chromium import chromium
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from masthead.edition.build import build

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
DEVICES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
WATCH = """
localStorage.setItem('masthead-guide', 'seen');
window.seen = {picture: 0, shift: 0, keys: [], turns: [], long: []};
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (entry.element?.tagName === 'IMG' && !seen.picture) seen.picture = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (entry.name === 'keydown') seen.keys.push(entry.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) seen.long.push([entry.startTime, entry.duration]);
}).observe({type: 'longtask', buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
let turning = false;
new MutationObserver(() => {
  const now = document.querySelector('.is-turning') !== null;
  if (now === turning) return;
  turning = now;
  performance.mark(now ? 'turn-begins' : 'turn-ends');
  if (now) seen.turns.push([performance.now(), Infinity]);
  else seen.turns.at(-1)[1] = performance.now();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ['class']});
"""
# What the turns left behind: durations of keys, and tasks over 50 ms, those during a turn apart from all.
RESULTS = """() => ({
  keys: seen.keys,
  tasks: seen.long.map(([, duration]) => duration),
  turning: seen.long
    .filter(([start, duration]) => seen.turns.some(([begin, end]) => start < end && start + duration > begin))
    .map(([, duration]) => duration),
})"""


def slow_down(session: CDPSession, *, network: bool) -> None:
    """Apply the slow profile."""
    session.send("Network.enable")
    if network:
        limits = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
        session.send("Network.emulateNetworkConditions", limits)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def first_page(page: Page, address: str) -> dict[str, float]:
    """When the picture was painted, and what had come by then."""
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.seen?.picture > 0", timeout=30_000)
    return page.evaluate(
        """() => {
          const before = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .filter(entry => entry.responseEnd && entry.responseEnd <= seen.picture);
          const sum = rows => rows.reduce((total, entry) => total + (entry.transferSize || 0), 0);
          const scripts = performance.getEntriesByType('resource').filter(entry => /\\.js$/.test(entry.name));
          const early = before.filter(entry => /\\.js$/.test(entry.name));
          return {first_page_ms: seen.picture, bytes_before: sum(before),
                  script_bytes_before: sum(early), script_bytes_all: sum(scripts)};
        }"""
    )


def turns(page: Page, count: int) -> dict[str, list[float]]:
    """Turn forth and back with time to fetch neighbours; durations in milliseconds."""
    page.evaluate("() => Object.assign(seen, {keys: [], turns: [], long: []})")
    for index in range(count):
        page.keyboard.press("ArrowRight" if index % 20 < 10 else "ArrowLeft")
        page.wait_for_timeout(350)
        page.wait_for_function("() => !document.querySelector('.is-turning')")
        page.wait_for_timeout(350)
    return page.evaluate(RESULTS)


def frame_gaps(browser: Browser, page: Page, count: int) -> list[float]:
    """
    Gaps between frames shown while turning, milliseconds.

    Taken where frames are drawn, not from a script's own loop of frames: such a loop sees only what scripts see, and
    makes the page produce a frame every time.
    """
    session = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    categories = {"includedCategories": ["viz", "blink.user_timing"], "excludedCategories": ["*"]}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": categories})
    turns(page, count)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    session.detach()
    drawn = sorted((e["ts"] + e.get("dur", 0)) / 1000 for e in events if e["name"] == "Display::DrawAndSwap")
    begins = sorted(e["ts"] / 1000 for e in events if e["name"] == "turn-begins")
    ends = sorted(e["ts"] / 1000 for e in events if e["name"] == "turn-ends")
    gaps = []
    for begin in begins:
        end = next((moment for moment in ends if moment > begin), begin)
        frames = [moment for moment in drawn if begin <= moment <= end]
        gaps += [later - earlier for earlier, later in itertools.pairwise(frames)]
    return gaps


def heap_mb(session: CDPSession) -> float:
    """Used heap after collecting garbage."""
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def measure(browser: Browser, address: str, device: dict[str, Any], turn_count: int, runs: int) -> dict[str, Any]:
    """All figures of one device."""
    firsts = []
    for _ in range(runs):
        context = browser.new_context(**device)
        page = context.new_page()
        page.add_init_script(WATCH)
        slow_down(context.new_cdp_session(page), network=True)
        firsts.append(first_page(page, address))
        context.close()
    first = sorted(firsts, key=lambda row: row["first_page_ms"])[len(firsts) // 2] if firsts else {}
    context = browser.new_context(**device)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}page/6")
    page.wait_for_selector("masthead-reader[data-ready]")
    page.wait_for_timeout(2500)
    session = context.new_cdp_session(page)
    slow_down(session, network=False)
    slow = turns(page, 20)
    keys = slow["keys"]
    gaps = frame_gaps(browser, page, 20)
    heap_before = heap_mb(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    turns(page, turn_count)
    row = {
        **{name: round(value) for name, value in first.items()},
        "key_to_frame_median_ms": round(statistics.median(keys), 1) if keys else "under 16",
        "key_to_frame_worst_ms": round(max(keys), 1) if keys else "under 16",
        "frame_gap_median_ms": round(statistics.median(gaps), 1) if gaps else None,
        "frame_gap_worst_ms": round(max(gaps), 1) if gaps else None,
        "frame_gaps_over_50_ms": f"{sum(gap > 50 for gap in gaps)} of {len(gaps)}",
        "tasks_over_50_ms_turning": len(slow["turning"]),
        "tasks_over_50_ms": len(slow["tasks"]),
        "longest_task_ms": round(max(slow["tasks"], default=0)),
        "heap_after_40_turns_mb": round(heap_before, 1),
        f"heap_after_{40 + turn_count}_turns_mb": round(heap_mb(session), 1),
    }
    context.close()
    return row


def edition_of(source: Path, folder: Path) -> Path:
    """The edition to read: the folder itself, or one made of a PDF."""
    if source.is_dir():
        return source
    build(source, folder)
    return folder


@contextmanager
def serving(command: list[str]) -> Iterator[str]:
    """The address of what is served; it ends with the block, however that ends."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+/", server.stdout.readline())
            assert address is not None, "nothing is served"
            yield address[0]
        finally:
            server.terminate()


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="a PDF, or an edition folder")
    parser.add_argument("--turns", type=int, default=100, help="how many more for the heap, at full speed")
    parser.add_argument("--runs", type=int, default=3, help="how often the first page is opened; the median counts")
    parser.add_argument("--device", choices=list(DEVICES))
    parser.add_argument(
        "--program", type=Path, default=ROOT / "bin/masthead", help="what serves: another to compare with"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = edition_of(options.source, Path(name) / "edition")
        command = [str(options.program), "serve", str(folder), "--port", "0"]
        with sync_playwright() as playwright, serving(command) as address:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            for device in [options.device] if options.device else DEVICES:
                row = measure(browser, address, DEVICES[device], options.turns, options.runs)
                if options.json:
                    print(json.dumps({"device": device, **row}), flush=True)
                else:
                    print(device, *(f"{key:>28}  {value}" for key, value in row.items()), sep="\n", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
