"""Rows about how tools are used: which before another, how often, with whose consent.

In: what a form found. Out: the fields of a `tool_use`, as text of a spec.
"""

from .pattern import Pattern

CALLS: tuple[Pattern, ...] = (
    Pattern(
        name="a tool at most once",
        forms=("<CALL> <FIRST> (?:at most|no more than|only) once<SESSION>",),
        kind="tool_use",
        fields=lambda found: f"tools {found['first']}; once",
        denied=False,
        good=(("Call `issue_refund` at most once.", "tools issue_refund; once"),),
        bad=("Call the tool at most once.", "Call issue_refund at most once per day."),
    ),
    Pattern(
        name="a tool not more than once",
        forms=("<CALL> <FIRST> more than once<SESSION>",),
        kind="tool_use",
        fields=lambda found: f"tools {found['first']}; once",
        denied=True,
        good=(
            ("Never call issue_refund more than once.", "tools issue_refund; once"),
            ("Never call `issue_refund` more than once in a conversation.", "tools issue_refund; once"),
        ),
        bad=("Call issue_refund more than once.",),
    ),
    Pattern(
        name="a tool before another",
        forms=("<CALL> <FIRST> before (?:<CALL> )?<SECOND>",),
        kind="tool_use",
        fields=lambda found: f"tools {found['second']}; after {found['first']}",
        denied=False,
        good=(("Always call `lookup_order` before calling `issue_refund`.", "tools issue_refund; after lookup_order"),),
        bad=("Call lookup_order before you answer.", "Use caution before issue_refund."),
    ),
    Pattern(
        name="a tool not before another",
        forms=("<CALL> <FIRST> (?:before|without first|without) (?:<CALL> )?<SECOND>(?: first)?",),
        kind="tool_use",
        fields=lambda found: f"tools {found['first']}; after {found['second']}",
        denied=True,
        good=(
            ("Never call issue_refund before lookup_order.", "tools issue_refund; after lookup_order"),
            ("Do not call issue_refund without first calling lookup_order.", "tools issue_refund; after lookup_order"),
        ),
        bad=("Call issue_refund without calling lookup_order.", "Never call issue_refund without a reason."),
    ),
    Pattern(
        name="consent before a tool",
        forms=(
            "(?:ask|get|obtain|request)(?: for)?(?: the)?(?: <USER>(?:'s)?)?(?: for)? <CONSENT> before (?:<CALL> )?<FIRST>",
            (
                "<CALL> <FIRST> only (?:after|when|if|once) (?:the )?<USER>s? (?:has |have )?(?:explicitly )?(?:agreed|"
                "confirmed|approved|consented|agrees|"
                "confirms|approves|consents)(?: to (?:it|this|that|what you are going to do|what you will do|the action))?"
            ),
            "<CALL> <FIRST> only (?:with|after) (?:the )?(?:<USER>'s )?<CONSENT>",
        ),
        kind="tool_use",
        fields=lambda found: f"tools {found['first']}; confirm",
        denied=False,
        good=(
            ("Always ask the user for confirmation before calling `issue_refund`.", "tools issue_refund; confirm"),
            (
                "Call `issue_refund` only after the customer has agreed to what you are going to do.",
                "tools issue_refund; confirm",
            ),
        ),
        bad=("Ask for confirmation before you delete files.", "Ask the user before calling issue_refund."),
    ),
    Pattern(
        name="no tool without consent",
        forms=("<CALL> <FIRST> without (?:asking for |getting )?(?:the )?(?:<USER>'s )?<CONSENT>",),
        kind="tool_use",
        fields=lambda found: f"tools {found['first']}; confirm",
        denied=True,
        good=(("Never call issue_refund without the customer's explicit consent.", "tools issue_refund; confirm"),),
        bad=("Call issue_refund without asking for confirmation.",),
    ),
)
