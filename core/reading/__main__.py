"""``python -m core.reading``: one ``{"text", "question"}`` a line in, one reading a line out."""

from __future__ import annotations

import json
import sys

from core.reading.reader import read

for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(read(asked["text"], asked.get("question")).to_json(), ensure_ascii=False))
