"""Annotate: findings as comments in a copy of the officer's own workbook. Start with `workbook_copy`."""

from thidua_cli.present.annotate.workbook_copy import (
    AnnotatedCopy,
    annotate,
    annotated_name,
    annotated_names,
    can_annotate,
)

__all__ = ["AnnotatedCopy", "annotate", "annotated_name", "annotated_names", "can_annotate"]
