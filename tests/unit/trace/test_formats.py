"""Every form of the graph is read by a reader of somebody else's, whatever a spec's titles say."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import networkx
import pydot
import pytest

from speclang.trace.drawing import FORMATS, drawn
from speclang.trace.elements import Trace
from speclang.trace.formats.csv import table
from speclang.trace.formats.mermaid import escaped
from tests.unit.trace.graphs import HOSTILE, hostile


@pytest.fixture(scope="module")
def trace() -> Trace:
    return hostile()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_text(form: str, trace: Trace) -> None:
    assert drawn(trace, form) == drawn(hostile(), form)
    assert drawn(trace.only(frozenset()), form)


def test_json_holds_every_node_and_edge_as_they_are(trace: Trace) -> None:
    data = json.loads(drawn(trace, "json"))
    assert [node["id"] for node in data["nodes"]] == [node.id for node in trace.nodes]
    assert [node.get("text", "") for node in data["nodes"]] == [node.text for node in trace.nodes]
    assert data["edges"][0] == {"source": "case:f/R-0/nominal", "kind": "covers", "target": "requirement:f/R-0"}


def test_networkx_reads_the_graphml_back(trace: Trace) -> None:
    text = drawn(trace, "graphml")
    read = networkx.parse_graphml(text)
    assert set(read.nodes) == {node.id for node in trace.nodes}
    assert {(source, target, data["kind"]) for source, target, data in read.edges(data=True)} == {
        (edge.source, edge.target, edge.kind) for edge in trace.edges
    }
    assert read.nodes["requirement:f/R-8"]["text"] == HOSTILE[8]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the library that pydot parses with
def test_pydot_reads_the_dot(trace: Trace) -> None:
    read = (pydot.graph_from_dot_data(drawn(trace, "dot")) or [])[0]
    assert len(read.get_edges()) == len(trace.edges)
    names = {str(node.get_name()).strip('"') for node in read.get_nodes()} - {"node", "edge", "graph", "\\n"}
    assert names == {node.id for node in trace.nodes}


DOT = shutil.which("dot")


@pytest.mark.skipif(DOT is None, reason="Graphviz is not installed")
def test_graphviz_draws_the_dot(trace: Trace, tmp_path: Path) -> None:
    text = drawn(trace, "dot").encode("utf-8", "replace")
    done = subprocess.run([str(DOT), "-Tplain"], input=text, capture_output=True, check=True, cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert sum(line.startswith("node ") for line in lines) == len(trace.nodes)
    assert sum(line.startswith("edge ") for line in lines) == len(trace.edges)


def test_no_cell_of_the_table_is_a_formula(trace: Trace) -> None:
    rows = list(csv.reader(io.StringIO(drawn(trace, "csv"))))
    assert {len(row) for row in rows} == {11}
    assert [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []
    assert len(rows) == 1 + len(trace.edges) + 2, "two nodes have no edge"
    assert next(row for row in rows if row[0] == "feature:f")[5:] == [""] * 6


def test_a_cell_that_is_no_formula_stays_as_it_is() -> None:
    cells = ["plain", 'say "so"', "a,b", "a\nb", "1-2", "a = b", ""]
    (row,) = csv.reader(io.StringIO(table([cells])))
    assert row == cells


def test_a_label_of_mermaid_holds_nothing_that_ends_or_starts_anything(trace: Trace) -> None:
    lines = drawn(trace, "mermaid").splitlines()
    assert lines[0] == "flowchart LR"
    assert len(lines) == 1 + len(trace.nodes) + len(trace.edges)
    for line in lines[1 : 1 + len(trace.nodes)]:
        _, _, rest = line.partition('"')
        label, quote, end = rest.rpartition('"')
        assert quote
        assert len(end) <= 2
        assert not set(label) & set('"<>[]{}|`*_%\\&$@!?+^~\n\r\t'), label


def test_what_is_escaped_for_mermaid_is_what_it_was() -> None:
    assert escaped('"a" <b>') == "#34;a#34; #60;b#62;"
    assert escaped("#quot;") == "#35;quot#59;"
