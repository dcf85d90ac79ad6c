"""Hold the form of a prefecture's code, as JIS X 0401 has it: 01 to 47."""

PATTERN = r"0[1-9]|[1-3][0-9]|4[0-7]"
