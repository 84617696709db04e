"""The names of OpenTelemetry's semantic conventions for generative AI that are read and written, and those of our own beside them.

The conventions are in development (https://opentelemetry.io/docs/specs/semconv/gen-ai/); these are the names since 1.37, in which messages
are attributes and no longer events. Decision 0760 says what is done with others.
"""

OPERATION = "gen_ai.operation.name"
CHAT, AGENT, EXECUTE = "chat", "invoke_agent", "execute_tool"
INFERENCE = (CHAT, "generate_content", "text_completion")
"""The operations in which a model says something."""

PROVIDER = "gen_ai.provider.name"
AGENT_NAME = "gen_ai.agent.name"
CONVERSATION = "gen_ai.conversation.id"
REQUEST_MODEL, RESPONSE_MODEL = "gen_ai.request.model", "gen_ai.response.model"
FINISH = "gen_ai.response.finish_reasons"
SYSTEM, INPUT, OUTPUT = "gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.output.messages"
TOOL, TOOL_TYPE, CALL = "gen_ai.tool.name", "gen_ai.tool.type", "gen_ai.tool.call.id"
ARGUMENTS, RESULT = "gen_ai.tool.call.arguments", "gen_ai.tool.call.result"
INPUT_TOKENS, OUTPUT_TOKENS = "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"
ERROR = "error.type"
SERVICE = "service.name"

FEATURE, CASE, SAMPLE, RUN = "specc.feature", "specc.case", "specc.sample", "specc.run"
LAYER, STEP, CLOCK, STUB = "specc.layer", "specc.step", "specc.clock", "specc.stub"
DELIVER = "deliver_result"
"""The operation of a harness that shows the model what a tool has returned; no convention names it."""

RETURNED_HASH, SHOWN_HASH = "specc.result.hash", "specc.shown.hash"
RETURNED_BYTES, SHOWN_BYTES = "specc.result.bytes", "specc.shown.bytes"
SECONDS, STOPPED = "specc.tool.seconds", "specc.stopped"
LOGICAL = "logical"
"""The clock of spans whose times say the order and nothing else."""
