"""The ledger of withdrawals: what was taken back, as ids alone, in a file outside the database and its backups.

`lines` is the file (no Django), `noting` what actions write, `replaying` what a restoration does again.
"""
