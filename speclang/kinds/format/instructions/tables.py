"""Tables as text: IFBench's three `custom:csv_…`, with the names of columns and the number of rows as the spec has them."""

from ..builders import table
from ..constraint import Try

_QUOTED = '"ID"\t"City"\n"1"\t"Oslo"'

INSTRUCTIONS = (
    table(
        "csv_table",
        "comma-separated values",
        'csv_table "ID" | "City" = 7',
        Try('csv_table "ID" | "City" = 1', "ID,City\n1,Oslo", True, "one row"),
        Try('csv_table "ID" | "City" = 1', "ID,City\n1,Oslo\n2,Rome", False, "two rows"),
        Try('csv_table "ID" | "City" = 1', "ID,Town\n1,Oslo", False, "another column"),
        Try('csv_table "ID" | "City" = 1', "ID,City\n1", False, "a value is missing"),
    ),
    table(
        "csv_special",
        "comma-separated values, with a special character in one quoted value,",
        'csv_special "ID" | "City" = 14',
        Try(
            'csv_special "ID" | "City" = 1', 'ID,City\n1,"Oslo & Rome"', True, "a special character in quotation marks"
        ),
        Try('csv_special "ID" | "City" = 1', "ID,City\n1,Oslo & Rome", False, "no quotation marks"),
        Try('csv_special "ID" | "City" = 1', 'ID,City\n1,"Oslo"', False, "no special character"),
    ),
    table(
        "csv_quoted",
        "tab-separated values, each in double quotation marks,",
        'csv_quoted "ID" | "City" = 3',
        Try('csv_quoted "ID" | "City" = 1', _QUOTED, True, "all in quotation marks"),
        Try('csv_quoted "ID" | "City" = 1', _QUOTED.replace('"1"', "1"), False, "one is not"),
        Try('csv_quoted "ID" | "City" = 1', _QUOTED.replace("\t", ","), False, "commas"),
    ),
)
