"""Our speed beside a medspaCy pipeline over the same articles.

    .venv/bin/python benchmarks/compare_medspacy.py [--venv FOLDER] [--rounds 7]

medspaCy pins an older spaCy and NumPy, so it is installed into an environment of its own (a temporary one, or FOLDER, which
is kept). Its pipeline: sentences, one target rule for each drug name that occurs in these articles (far fewer
than the whole vocabulary that we look for), context (negation and the like), sectionizer. It gets the text, we start from the bytes
and go on to claims. Target: 8 x its documents a second.
"""

from __future__ import annotations

from other_tools import compare

WORKER = """
import json, os, statistics, sys, time
from importlib.metadata import version
given = json.load(open(sys.argv[1]))
out = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # its sentence splitter prints every token
import medspacy
from medspacy.ner import TargetRule
parts = ["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context", "medspacy_sectionizer"]
nlp = medspacy.load(medspacy_enable=parts)
nlp.get_pipe("medspacy_target_matcher").add([TargetRule(name, "DRUG") for name in given["drugs"]])
docs = [nlp(text) for text in given["texts"]]
seconds = []
for _ in range(given["rounds"]):
    start = time.process_time()
    for text in given["texts"]:
        nlp(text)
    seconds.append(time.process_time() - start)
sys.stdout.flush()
found = sum(len(doc.ents) for doc in docs)
result = {"seconds": statistics.median(seconds), "version": version("medspacy"), "found": f"{found} drugs, with context"}
os.write(out, (json.dumps(result) + chr(10)).encode())
"""

if __name__ == "__main__":
    compare("medspaCy", ["medspacy"], WORKER, 8)
