"""The monthly report of the district to its People's Committee: what it tells, as a paper and as a workbook."""
