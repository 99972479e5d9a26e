"""tables.py FOLDER NAME …: reads FOLDER/NAME.{parquet,csv} by PyArrow and prints what is in them as JSON.

For each name: the columns' names and types; the Parquet file's row groups and codec; and the values by
either reader, as text: numbers by the bits of a double, so that NaN, infinities and −0 are told apart.
"""

import json
import math
import pathlib
import struct
import sys

import pyarrow.csv
import pyarrow.parquet


def text(value):
    if not isinstance(value, float):
        return value if value is None else str(value)
    return "nan" if math.isnan(value) else struct.pack(">d", value).hex()


def values(table):
    return [[text(value) for value in column.to_pylist()] for column in table.columns]


folder, answer = pathlib.Path(sys.argv[1]), {}
for name in sys.argv[2:]:
    file = pyarrow.parquet.ParquetFile(folder / f"{name}.parquet")
    table = file.read()
    table.validate(full=True)
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    csv = pyarrow.csv.read_csv(
        folder / f"{name}.csv", parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=table.schema, strings_can_be_null=True, null_values=[""],
            # Where there is but one column, missing values are quoted.
            quoted_strings_can_be_null=len(table.schema) == 1))
    answer[name] = {
        "names": table.column_names, "types": [str(field.type) for field in table.schema],
        "groups": [group.num_rows for group in groups],
        "codecs": sorted({group.column(i).compression for group in groups for i in range(group.num_columns)}),
        "parquet": values(table), "csvNames": csv.column_names, "csv": values(csv)}
json.dump(answer, sys.stdout)
