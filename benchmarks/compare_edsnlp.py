"""Our speed beside an edsnlp pipeline over the same articles.

    .venv/bin/python benchmarks/compare_edsnlp.py [--venv FOLDER] [--rounds 7]

edsnlp is installed into an environment of its own (a temporary one, or FOLDER, which is kept). Its pipeline: normalizer,
sentences, its drugs, quantities, negation. It gets the text and stops at mentions; we start from the bytes and go on to
claims. Target: faster.
"""

from __future__ import annotations

from other_tools import compare

WORKER = """
import json, statistics, sys, time
from importlib.metadata import version
given = json.load(open(sys.argv[1]))
import edsnlp, edsnlp.pipes as eds
nlp = edsnlp.blank("eds")
for part in (eds.normalizer(), eds.sentences(), eds.drugs(), eds.quantities(), eds.negation()):
    nlp.add_pipe(part)
docs = [nlp(text) for text in given["texts"]]
seconds = []
for _ in range(given["rounds"]):
    start = time.process_time()
    for text in given["texts"]:
        nlp(text)
    seconds.append(time.process_time() - start)
drugs, quantities = sum(len(d.ents) for d in docs), sum(len(d.spans["quantities"]) for d in docs)
result = {"seconds": statistics.median(seconds), "version": version("edsnlp"), "found": f"{drugs} drugs, {quantities} quantities"}
print(json.dumps(result))
"""

if __name__ == "__main__":
    compare("edsnlp", ["edsnlp"], WORKER, 1)
