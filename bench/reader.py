"""Measures the reader in headless Chromium as a phone or laptop on a slow network with a slow processor would run it.

Network 1.6 Mbit/s with 150 ms, processor four times slower. Prints for each device: when the first page's picture was
painted, bytes and script bytes until then, the answer to a key (Event Timing: from the key to the next paint, rounded
by the browser to 8 ms), the longest gap between frames while turning, and the heap after 20 and after 120 turns.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

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
window.seen = {picture: 0, keys: [], gaps: []};
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (entry.element?.tagName === 'IMG' && !seen.picture) seen.picture = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (entry.name === 'keydown') seen.keys.push(entry.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
let last = 0;
const frame = now => {
  if (last && document.querySelector('.is-turning')) seen.gaps.push(now - last);
  last = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
"""


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


def turns(page: Page, session: CDPSession, count: int) -> tuple[list[float], list[float]]:
    """Turn forth and back with time to fetch neighbours; durations of keys and gaps between frames, milliseconds."""
    page.evaluate("() => { seen.keys = []; seen.gaps = []; }")
    for index in range(count):
        page.keyboard.press("ArrowRight" if index % 20 < 10 else "ArrowLeft")
        page.wait_for_timeout(350)
        page.wait_for_function("() => !document.querySelector('.is-turning')")
        page.wait_for_timeout(350)
    return page.evaluate("() => seen.keys"), page.evaluate("() => seen.gaps")


def heap_mb(session: CDPSession) -> float:
    """Used heap after collecting garbage."""
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def measure(browser: Any, address: str, device: dict[str, Any], turn_count: int, runs: int) -> dict[str, Any]:
    """All figures of one device."""
    firsts = []
    for _ in range(runs):
        context = browser.new_context(**device)
        page = context.new_page()
        page.add_init_script(WATCH)
        slow_down(context.new_cdp_session(page), network=True)
        firsts.append(first_page(page, address))
        context.close()
    first = sorted(firsts, key=lambda row: row["first_page_ms"])[len(firsts) // 2]
    context = browser.new_context(**device)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}page/6")
    page.wait_for_selector("masthead-reader[data-ready]")
    page.wait_for_timeout(2500)
    session = context.new_cdp_session(page)
    slow_down(session, network=False)
    keys, gaps = turns(page, session, 20)
    heap_before = heap_mb(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    turns(page, session, turn_count)
    row = {
        **{name: round(value) for name, value in first.items()},
        "key_to_frame_median_ms": round(statistics.median(keys), 1) if keys else "under 16",
        "key_to_frame_worst_ms": round(max(keys), 1) if keys else "under 16",
        "frame_gap_median_ms": round(statistics.median(gaps), 1) if gaps else None,
        "frame_gap_worst_ms": round(max(gaps), 1) if gaps else None,
        "gaps_over_50_ms": sum(gap > 50 for gap in gaps),
        "heap_after_20_turns_mb": round(heap_before, 1),
        f"heap_after_{20 + turn_count}_turns_mb": round(heap_mb(session), 1),
    }
    context.close()
    return row


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--device", choices=list(DEVICES))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "edition"
        build(options.pdf, folder)
        command = [str(ROOT / "bin/masthead"), "serve", str(folder), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
            assert server.stdout is not None
            address = re.search(r"http://\S+/", server.stdout.readline())
            assert address is not None
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for device in [options.device] if options.device else DEVICES:
                row = measure(browser, address[0], DEVICES[device], options.turns, options.runs)
                if options.json:
                    print(json.dumps({"device": device, **row}))
                else:
                    print(device, *(f"{key:>28}  {value}" for key, value in row.items()), sep="\n")
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
