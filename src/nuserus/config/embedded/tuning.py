"""Settings of the embedded PostgreSQL: a few people, little memory, and nothing lost on a power cut."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    # reading through worker processes would cost three more processes for a data set that fits in memory
    "io_method": "sync",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "max_parallel_workers": "2",
    "autovacuum": "on",
    "autovacuum_max_workers": "2",
    "autovacuum_worker_slots": "4",
    # pg_basebackup needs two senders and this level
    "wal_level": "replica",
    "max_wal_senders": "4",
    "max_logical_replication_workers": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %u@%d ",
    # statements may hold what people wrote, and log files are read by others than them
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
}


def arguments(options: Mapping[str, str], *, socket: Path, rules: Path, accounts: Path) -> list[str]:
    """Words of the command line of `postgres`; `options` win over the settings above, never over access."""
    quoted = str(socket).replace('"', '""')
    access = {
        "unix_socket_directories": f'"{quoted}"',
        "hba_file": str(rules),
        "ident_file": str(accounts),
        "listen_addresses": "",
    }
    settings = {**SETTINGS, **options, **access}
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
