"""Reads documents as JSON lines; proposes speaker and claim in headlines such as "المدير: الميناء جاهز"."""

import json
import sys


def propose(document):
    """What is suggested for a document: source, claim and their relation, or nothing."""
    start, end = document["title_span"] or (0, 0)
    title = document["text"][start:end]
    speaker, colon, said = title.partition(":")
    if not colon or not said.strip() or len(speaker.split()) > 4:
        return {"spans": [], "relations": []}
    reason = {"reason": "headline with a colon", "score": 0.8}
    source = {"start": start, "end": start + len(speaker), "label": "source", "key": "s", **reason}
    claim = {"start": start + len(speaker) + 1, "end": end, "label": "claim", "key": "c", **reason}
    claim["attributes"] = {"quote": "direct"}
    return {"spans": [source, claim], "relations": [{"label": "attributed_to", "head": "c", "tail": "s"}]}


for line in sys.stdin:
    request = json.loads(line)
    answer = {"id": request["id"], "version": "1.0", **propose(request)}
    print(json.dumps(answer), flush=True)
