"""The ledger (台账) as a workbook and as plain tables."""
