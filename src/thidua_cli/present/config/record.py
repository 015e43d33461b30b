"""What a result records of the file of an office."""

from __future__ import annotations

from thidua_cli.results import SettingsUsed


def config_field(config: SettingsUsed | None) -> dict[str, object]:
    """Return the field "config" of a document: file, SHA-256, options that it set; no field where it set none."""
    if config is None:
        return {}
    return {"config": {"file": config.file, "sha256": config.sha256, "options": list(config.options)}}
