"""Experiment 2a on the first rows of its dataset alone.

    python first_rows.py DIRECTORY --rows 1000 --shared ../shared"""

import argparse
import pathlib

import numpy

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("directory", type=pathlib.Path)
parser.add_argument("--rows", type=int, required=True)
parser.add_argument("--shared", type=pathlib.Path, required=True)
arguments = parser.parse_args()

arguments.directory.mkdir(parents=True, exist_ok=True)
with numpy.load(arguments.shared / "goldens/brackets/columns.npz") as file:
    columns = {name: file[name][: arguments.rows] for name in file.files}
numpy.savez(arguments.directory / "columns.npz", **columns)

text = (pathlib.Path(__file__).resolve().parents[2] / "Tests/Goldens/brackets/2a.yaml").read_text()
text = text.replace("../../../../shared/goldens/brackets/columns.npz", "columns.npz")
text = text.replace("../../../../shared", str(arguments.shared.resolve()))
(arguments.directory / "2a.yaml").write_text(text)
