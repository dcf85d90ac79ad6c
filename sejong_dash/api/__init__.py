"""Answers programs and links with the files of exhibits, sets and receipts: `/export/…`, described in docs/api.md."""
