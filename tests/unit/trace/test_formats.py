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
import xmlschema
from reqif import PATH_TO_REQIF_ROOT
from reqif.parser import ReqIFParser

from speclang.source.hashing import digest
from speclang.trace.drawing import FORMATS, drawn
from speclang.trace.elements import Trace
from speclang.trace.formats.csv import table
from speclang.trace.formats.mermaid import escaped
from tests.strategies.git import SPEC
from tests.unit.trace.graphs import HOSTILE, hostile, of_project


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


def identifier(id: str) -> str:
    return f"_{digest(id)}"


def test_another_reader_reads_the_reqif_back(trace: Trace) -> None:
    read = ReqIFParser.parse_from_string(drawn(trace, "reqif")).core_content.req_if_content
    types = {one.identifier: one.long_name for one in read.spec_types}
    held = {one.identifier: one for one in read.spec_objects}
    told = held[identifier("requirement:f/R-8")].attributes
    texts = {value.definition_ref.rpartition("-")[2]: value.value for value in told}
    assert texts["ReqIF.Text"] == HOSTILE[8]
    assert (texts["ReqIF.Name"], texts["ReqIF.ForeignID"]) == ("requirement:f/R-8", "R-8")
    assert {(one.source, types[one.relation_type_ref], one.target) for one in read.spec_relations} == {
        (identifier(edge.source), edge.kind, identifier(edge.target)) for edge in trace.edges
    }
    tops = [top for one in read.specifications for top in one.children]
    shown = [place.spec_object for top in tops for place in (top, *(top.children or ()))]
    assert sorted(shown) == sorted(held) == sorted(identifier(node.id) for node in trace.nodes)


def test_the_reqif_is_valid_by_the_published_schema(
    trace: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = of_project(tmp_path, desk=SPEC)
    monkeypatch.chdir(PATH_TO_REQIF_ROOT)  # the schema names those that it includes from there
    schema = xmlschema.XMLSchema(str(Path(PATH_TO_REQIF_ROOT) / "reqif/reqif_schema/reqif.xsd"), allow="local")
    for one in (trace, trace.only(frozenset()), project):
        assert [error.reason for error in schema.iter_errors(drawn(one, "reqif"))] == []
    broken = drawn(project, "reqif").replace(' LAST-CHANGE="2000-01-01T00:00:00Z"', "", 1)
    assert list(schema.iter_errors(broken))


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
