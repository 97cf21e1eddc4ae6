"""axe-core, which checks a page against WCAG: from a wheel on PyPI, fetched once into .build and compared with its hash.

OBOX_AXE   the file axe.min.js, when it is on this machine already, optional
"""

import hashlib
import os
import subprocess
import sys
import unittest
import zipfile
from pathlib import Path

NAME, VERSION = "axe-playwright-python", "0.1.8"
HASH = "fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8"
FOLDER = Path(__file__).resolve().parents[2] / ".build" / "axe"
WHEEL = FOLDER / f"{NAME.replace('-', '_')}-{VERSION}-py3-none-any.whl"

# Levels A and AA of WCAG 2.1; of dark and light, only the colours differ.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """
const [only, done] = arguments
axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false }).then(
  found => done(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(one => one.target.join(' ')).join(', ')}`)),
  error => done([String(error)]))
"""


def source():
    """The script's text. Skips the test when it is neither here nor can be fetched."""
    if path := os.environ.get("OBOX_AXE"):
        return Path(path).read_text()
    if not WHEEL.exists():
        fetch()
    if hashlib.sha256(WHEEL.read_bytes()).hexdigest() != HASH:
        WHEEL.unlink()
        raise RuntimeError(f"{WHEEL.name} has another hash than expected")
    with zipfile.ZipFile(WHEEL) as wheel:
        return wheel.read(f"{NAME.replace('-', '_')}/axe.min.js").decode()


def fetch():
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(FOLDER), f"{NAME}=={VERSION}"]
    fetched = subprocess.run(command, capture_output=True, text=True)
    if fetched.returncode != 0:
        raise unittest.SkipTest(f"axe-core cannot be fetched: {fetched.stderr.strip()[-200:]}")


def violations(driver, *, colours_only=False):
    """What the page violates, with the elements; the script must be in the page."""
    only = {"type": "rule", "values": ["color-contrast"]} if colours_only else {"type": "tag", "values": RULES}
    return driver.execute_async_script(RUN, only)
