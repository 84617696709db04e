"""The graph as ReqIF 1.2 (OMG formal/2016-07-01), which requirement management tools exchange: DOORS, Polarion, Jama and others.

Every node is a spec object of a type named after its kind, every edge a spec relation of a type named after its kind; each feature is a
specification, in which what renders, grades and covers a requirement stands below it.
Invariant: the same graph gives the same bytes. A moment of the last change is asked for and not known, so all say the same one;
identifiers are made of the nodes' IDs, so that an import finds again what it has imported before.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ...source.hashing import digest
from ..elements import EDGES, NODES, Edge, Node, Trace
from ..xml import clean

_MOMENT = "2000-01-01T00:00:00Z"
"""When everything was changed last."""

_LONGEST = 1_000_000
_STRING = "_datatype-string"
_SPECIFICATION = "_specification"

_ATTRIBUTES = ("ReqIF.ForeignID", "ReqIF.Name", "ReqIF.Text", "place", "marks")
"""What is told of a node, by the names that tools know where there is one."""

_BELOW = ("renders", "grades", "covers")
"""Kinds of edges whose source stands below a requirement."""


def text(trace: Trace) -> str:
    """An XML document."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd">',
        *_header(),
        " <CORE-CONTENT>",
        "  <REQ-IF-CONTENT>",
        "   <DATATYPES>",
        f'    <DATATYPE-DEFINITION-STRING {_identity(_STRING, "text")} MAX-LENGTH="{_LONGEST}"/>',
        "   </DATATYPES>",
        "   <SPEC-TYPES>",
        *(line for kind in NODES for line in _object_type(kind)),
        *(f"    <SPEC-RELATION-TYPE {_identity(f'_relation-{kind}', kind, about)}/>" for kind, about in EDGES.items()),
        f"    <SPECIFICATION-TYPE {_identity(_SPECIFICATION, 'feature')}/>",
        "   </SPEC-TYPES>",
        *_some("SPEC-OBJECTS", [line for node in trace.nodes for line in _object(node)]),
        *_some("SPEC-RELATIONS", [line for edge in trace.edges for line in _relation(edge)]),
        *_some("SPECIFICATIONS", list(_specifications(trace))),
        "  </REQ-IF-CONTENT>",
        " </CORE-CONTENT>",
        "</REQ-IF>",
        "",
    ]
    return "\n".join(lines)


def _header() -> Sequence[str]:
    return (
        " <THE-HEADER>",
        '  <REQ-IF-HEADER IDENTIFIER="_header">',
        f"   <CREATION-TIME>{_MOMENT}</CREATION-TIME>",
        "   <REQ-IF-TOOL-ID>specc</REQ-IF-TOOL-ID>",
        "   <REQ-IF-VERSION>1.0</REQ-IF-VERSION>",
        "   <SOURCE-TOOL-ID>specc</SOURCE-TOOL-ID>",
        "   <TITLE>specc trace</TITLE>",
        "  </REQ-IF-HEADER>",
        " </THE-HEADER>",
    )


def _object_type(kind: str) -> Iterator[str]:
    yield f"    <SPEC-OBJECT-TYPE {_identity(f'_object-{kind}', kind, NODES[kind])}>"
    yield "     <SPEC-ATTRIBUTES>"
    for name in _ATTRIBUTES:
        yield (
            f"      <ATTRIBUTE-DEFINITION-STRING {_identity(_attribute(kind, name), name)}>"
            f"<TYPE><DATATYPE-DEFINITION-STRING-REF>{_STRING}</DATATYPE-DEFINITION-STRING-REF></TYPE></ATTRIBUTE-DEFINITION-STRING>"
        )
    yield "     </SPEC-ATTRIBUTES>"
    yield "    </SPEC-OBJECT-TYPE>"


def _object(node: Node) -> Iterator[str]:
    yield f"    <SPEC-OBJECT {_identity(_id(node.id), node.name)}>"
    yield "     <VALUES>"
    values = (node.name, node.id, node.text, node.place, " ".join(node.marks))
    for name, value in zip(_ATTRIBUTES, values, strict=True):
        if value:
            yield (
                f"      <ATTRIBUTE-VALUE-STRING THE-VALUE={_quoted(value)}><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>"
                f"{escape(_attribute(node.kind, name))}</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>"
            )
    yield "     </VALUES>"
    yield f"     <TYPE><SPEC-OBJECT-TYPE-REF>_object-{node.kind}</SPEC-OBJECT-TYPE-REF></TYPE>"
    yield "    </SPEC-OBJECT>"


def _relation(edge: Edge) -> Iterator[str]:
    yield f"    <SPEC-RELATION {_identity(_id(edge.source, edge.kind, edge.target), edge.kind)}>"
    yield f"     <TARGET>{_object_ref(edge.target)}</TARGET>"
    yield f"     <SOURCE>{_object_ref(edge.source)}</SOURCE>"
    yield f"     <TYPE><SPEC-RELATION-TYPE-REF>_relation-{edge.kind}</SPEC-RELATION-TYPE-REF></TYPE>"
    yield "    </SPEC-RELATION>"


def _specifications(trace: Trace) -> Iterator[str]:
    """One for each feature, and one for what is of none."""
    below: dict[str, list[str]] = {}
    placed: set[str] = set()
    for edge in trace.edges:
        if edge.kind in _BELOW and edge.target.startswith("requirement:") and edge.source not in placed:
            below.setdefault(edge.target, []).append(edge.source)
            placed.add(edge.source)
    for feature in dict.fromkeys(node.feature for node in trace.nodes):
        own = [node for node in trace.nodes if node.feature == feature and node.id not in placed]
        yield f"    <SPECIFICATION {_identity(_id('specification', feature), feature or 'project')}>"
        yield f"     <TYPE><SPECIFICATION-TYPE-REF>{_SPECIFICATION}</SPECIFICATION-TYPE-REF></TYPE>"
        yield "     <CHILDREN>"
        for node in own:
            yield from _hierarchy(node.id, below.get(node.id, ()))
        yield "     </CHILDREN>"
        yield "    </SPECIFICATION>"


def _hierarchy(id: str, below: Iterable[str]) -> Iterator[str]:
    yield f"      <SPEC-HIERARCHY {_identity(_id('place', id), '')}>"
    yield f"       <OBJECT>{_object_ref(id)}</OBJECT>"
    children = [line for one in below for line in _hierarchy(one, ())]
    if children:
        yield "       <CHILDREN>"
        yield from children
        yield "       </CHILDREN>"
    yield "      </SPEC-HIERARCHY>"


def _some(name: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"   <{name}>"
        yield from lines
        yield f"   </{name}>"


def _object_ref(id: str) -> str:
    return f"<SPEC-OBJECT-REF>{_id(id)}</SPEC-OBJECT-REF>"


def _identity(id: str, name: str, about: str = "") -> str:
    """The attributes that everything has."""
    said = f"IDENTIFIER={_quoted(id)} LAST-CHANGE={_quoted(_MOMENT)}"
    said += f" LONG-NAME={_quoted(name)}" if name else ""
    return said + (f" DESC={_quoted(about)}" if about else "")


def _attribute(kind: str, name: str) -> str:
    return f"_object-{kind}-{name}"


def _id(*parts: str) -> str:
    """An identifier of XML for what is called so in the graph."""
    return f"_{digest(chr(0).join(parts))}"


def _quoted(text: str) -> str:
    return quoteattr(clean(text))
